/** What the normalisers of runtime events share: names, images, and the frame of a cloud_defend document (kubernetes §4.1). */
import type { JsonValue } from '../../data/document.ts';
import { type Fields, present } from '../fields.ts';
import { ECS_VERSION } from './audit-fields.ts';

/** The last segment of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `docker.io/library/busybox:1.36@sha256:…` as name and tag. */
export function imageOf(reference: string): Fields {
  const at = reference.indexOf('@');
  const plain = at === -1 ? reference : reference.slice(0, at);
  const colon = plain.lastIndexOf(':');
  if (colon <= plain.lastIndexOf('/')) return { name: plain };
  return { name: plain.slice(0, colon), tag: [plain.slice(colon + 1)] };
}

/** `containerd://551e…` without the engine. */
export const containerId = (id: string): string => id.replace(/^[a-z-]+:\/\//, '');

export function fileOf(path: string): Fields {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return present({ path, name, extension: dot > 0 ? name.slice(dot + 1) : undefined });
}

/** The strings that are neither absent nor null nor empty. */
export const textsOf = (values: readonly (JsonValue | undefined)[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

export interface RuntimeAction {
  readonly category: 'process' | 'file';
  readonly type: 'start' | 'end' | 'creation' | 'change' | 'deletion';
  readonly action:
    'fork' | 'exec' | 'end' | 'creation' | 'modification' | 'deletion' | 'rename' | 'link' | 'open';
}

/** The fields that say which kind of event it is. `id` is the source's own name for the event. */
export function frameOf(kind: RuntimeAction, id?: string): Fields {
  const dataset = `cloud_defend.${kind.category}`;
  return {
    data_stream: { type: 'logs', dataset, namespace: 'default' },
    ecs: ECS_VERSION,
    event: present({
      kind: 'event',
      module: 'cloud_defend',
      dataset,
      category: [kind.category],
      type: [kind.type],
      action: kind.action,
      id,
    }),
  };
}
