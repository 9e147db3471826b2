/**
 * An event as an example beside an alert about many: with the fields that such an alert shows, and without the bodies of
 * requests and whatever else makes events large. A test holds the alerts of both against each other.
 */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { EventEnvelope, Origin } from '../../model/event.ts';

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
  if (event.judged !== undefined || !('kibana.alert.uuid' in event.document)) {
    const example = event.judged === undefined ? shortened(event) : new LaterExample(event);
    last = { event, example };
    return example;
  }
  const example = ofAlerts.get(event) ?? shortened(event);
  ofAlerts.set(event, example);
  return example;
}

/** Of an event without a document, which is made when somebody asks for it: most examples are never shown. */
class LaterExample implements EventEnvelope {
  readonly shortened = true;
  readonly #event: EventEnvelope;

  constructor(event: EventEnvelope) {
    this.#event = event;
  }

  get key(): string {
    return this.#event.key;
  }

  get requestKey(): string | undefined {
    return this.#event.requestKey;
  }

  get time(): number | undefined {
    return this.#event.time;
  }

  get origin(): Origin {
    return this.#event.origin;
  }

  get document(): JsonObject {
    return shownOf(this.#event.document);
  }

  toJSON(): EventEnvelope {
    return shortened(this.#event);
  }
}

function shortened({ key, requestKey, time, document, origin }: EventEnvelope): EventEnvelope {
  const example = { key, time, document: shownOf(document), origin, shortened: true } as const;
  return requestKey === undefined ? example : { ...example, requestKey };
}

function shownOf(document: JsonObject): JsonObject {
  const shown: Copy = { ...document };
  for (const name in document) if (!SHOWN.has(rootOf(name))) shown[name] = undefined;
  for (const [name, below] of BELOW) hide(shown, name, below);
  return shown;
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
