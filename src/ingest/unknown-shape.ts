/** Says of a record that has no known shape what it is instead, as far as that shows. */
import type { JsonObject } from '../data/document.ts';
import type { MessageCode } from '../base/messages/index.ts';
import { textAt } from './fields.ts';
import type { ShapeChoice } from './types.ts';

const SHOWN_FIELDS = 6;

export function unknownShape(
  record: JsonObject,
  choice: ShapeChoice,
): { readonly code: MessageCode; readonly message: string } {
  if (choice !== 'auto')
    return { code: 'INP011', message: `the record is no ${NAMES[choice]}: ${lookOf(record)}` };
  return { code: 'INP010', message: `the record has no known shape: ${lookOf(record)}` };
}

const NAMES: Readonly<Record<Exclude<ShapeChoice, 'auto'>, string>> = {
  audit: 'Kubernetes audit event',
  ecs: 'ECS document',
  gke: 'Google Cloud log entry',
  tetragon: 'Tetragon event',
  falco: 'Falco alert',
};

function lookOf(record: JsonObject): string {
  const [kind, version] = [textAt(record, 'kind'), textAt(record, 'apiVersion')];
  if (kind !== undefined && version !== undefined)
    return `it is a Kubernetes object (${short(version)} ${short(kind)})`;
  const keys = Object.keys(record);
  if (keys.length === 0) return 'it is empty';
  const shown = keys.slice(0, SHOWN_FIELDS).map(short).join(', ');
  return `its fields are ${shown}${keys.length > SHOWN_FIELDS ? `, and ${keys.length - SHOWN_FIELDS} more` : ''}`;
}

const short = (text: string): string => JSON.stringify(text.slice(0, 40)).slice(1, -1);
