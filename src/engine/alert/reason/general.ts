/** Any ECS event: its action, who, and what it names, in the order in which a person asks. */
import type { JsonObject } from '../../../data/document.ts';
import { firstText, textAt } from '../read.ts';
import { name, words } from '../wording.ts';
import { place, resourceOf, userOf } from '../place.ts';

export function generalReason(document: JsonObject): string {
  const user = userOf(document);
  const resource = resourceOf(document);
  const program = firstText(document, 'process.name', 'process.executable');
  const file = textAt(document, 'file.path');
  return words(
    user !== undefined && `${name(user)}:`,
    kind(document),
    program !== undefined && `by ${name(program)}`,
    file !== undefined && `on file ${name(file, 80)}`,
    resource !== undefined && `on ${name(resource, 80)}`,
    endpoint(document, 'source', 'from'),
    endpoint(document, 'destination', 'to'),
    place(document),
    outcome(document),
  );
}

function kind(document: JsonObject): string {
  const action = firstText(document, 'event.action', 'event.type', 'event.code');
  const data = firstText(document, 'event.category', 'event.dataset', 'data_stream.dataset', 'event.module');
  return words(data !== undefined && name(data), 'event', action !== undefined && name(action));
}

function endpoint(document: JsonObject, side: 'source' | 'destination', word: string): string {
  const address = firstText(document, `${side}.domain`, `${side}.ip`, `${side}.address`);
  const port = textAt(document, `${side}.port`);
  if (address === undefined) return '';
  return `${word} ${name(address)}${port === undefined ? '' : ` port ${name(port)}`}`;
}

function outcome(document: JsonObject): string {
  const result = textAt(document, 'event.outcome');
  return result === undefined ? '' : `(${name(result)})`;
}
