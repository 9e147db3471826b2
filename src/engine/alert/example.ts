/**
 * An event as an example beside an alert about many: with the fields that such an alert shows, and without the bodies of
 * requests and whatever else makes events large. A test holds the alerts of both against each other.
 */
import type { JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { EventEnvelope } from '../../model/event.ts';

/** The first parts of the names of fields that stay: what reasons, entities and ancestors are made of. */
const SHOWN: ReadonlySet<string> = new Set([
  '@timestamp',
  '_id',
  '_index',
  'agent',
  'azure',
  'client',
  'cloud_defend',
  'container',
  'data_stream',
  'destination',
  'dns',
  'event',
  'file',
  'gcp',
  'host',
  'kibana',
  'kubernetes',
  'orchestrator',
  'process',
  'source',
  'user',
  'user_agent',
]);

/** What may be large below them, and no alert about many shows: a key, or an object with such keys. */
type Hidden = ReadonlyMap<string, Hidden | undefined>;

const hidden = (keys: readonly string[], objects: Readonly<Record<string, Hidden>> = {}): Hidden =>
  new Map([...keys.map((key): [string, undefined] => [key, undefined]), ...Object.entries(objects)]);

const BODIES = hidden(['requestObject', 'responseObject']);
const BELOW = hidden([], {
  kubernetes: hidden(['labels', 'annotations'], { audit: BODIES }),
  azure: hidden([], { platformlogs: hidden([], { properties: hidden([], { log: BODIES }) }) }),
  event: hidden(['original']),
  process: hidden(['env_vars', 'io']),
});

/** One for each event, however many rules keep it: of the last event, and of the alerts that were found meanwhile. */
let last: { readonly event: EventEnvelope; readonly example: EventEnvelope } | undefined;
const ofAlerts = new WeakMap<EventEnvelope, EventEnvelope>();

export function exampleOf(event: EventEnvelope): EventEnvelope {
  if (last?.event === event) return last.example;
  if (!('kibana.alert.uuid' in event.document)) {
    last = { event, example: shortened(event) };
    return last.example;
  }
  const example = ofAlerts.get(event) ?? shortened(event);
  ofAlerts.set(event, example);
  return example;
}

function shortened({ key, requestKey, time, document, origin }: EventEnvelope): EventEnvelope {
  const shown: Copy = { ...document };
  for (const name in document) if (!SHOWN.has(rootOf(name))) shown[name] = undefined;
  for (const [name, below] of BELOW) hide(shown, name, below);
  const example = { key, time, document: shown, origin, shortened: true } as const;
  return requestKey === undefined ? example : { ...example, requestKey };
}

function rootOf(key: string): string {
  const dot = key.indexOf('.');
  return dot === -1 ? key : key.slice(0, dot);
}

type Copy = Record<string, JsonValue | undefined>;

/** Hidden keys stay, without a value: to take them away would make the copy slow. */
function hide(copy: Copy, key: string, below: Hidden | undefined): void {
  const value = copy[key];
  if (value === undefined) return;
  if (below === undefined) copy[key] = undefined;
  else if (isObject(value)) {
    const own: Copy = { ...value };
    for (const [name, further] of below) hide(own, name, further);
    copy[key] = own;
  }
}
