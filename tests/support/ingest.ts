/** Reads bytes as if they lay in a file, for the tests of the way in. */
import { type JsonObject, objectsAt } from '../../src/data/document.ts';
import { Repeats } from '../../src/ingest/normalise/repeats.ts';
import { FileContent } from '../../src/ingest/read-file.ts';
import type { Batch, IngestOptions, ReadingOptions } from '../../src/ingest/types.ts';
import type { Arrival } from '../../src/model/event.ts';
import { isIdle } from '../../src/model/event.ts';
import type { Interest } from '../../src/model/interest.ts';

export const AUTO: IngestOptions = { shape: 'auto', keepRequestReceived: false };

export interface ReadOptions extends Partial<IngestOptions> {
  readonly interest?: Interest;
  readonly file?: string;
  readonly repeats?: Repeats;
  /** Used as they are, instead of the others: who reads with the same ones again uses the same scanner. */
  readonly ready?: ReadingOptions;
  /** Where the bytes are cut into pieces. */
  readonly cuts?: readonly number[];
}

/** Everything that comes out of a file with these bytes, in one batch, each event on its own. */
export function readBytes(bytes: string | Uint8Array, options: ReadOptions = {}): Batch {
  const { file = 'audit.log', repeats = new Repeats(), cuts = [], ready, ...ingest } = options;
  const content = new FileContent<Arrival>(file, ready ?? { ...AUTO, ...ingest }, repeats);
  const whole = Buffer.from(bytes as Uint8Array);
  const edges = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].sort((a, b) => a - b);
  const batches: Batch[] = [];
  // As a source may, this one uses its memory again.
  const memory = Buffer.alloc(whole.length);
  for (let index = 1; index < edges.length; index++) {
    const length = whole.copy(memory, 0, edges[index - 1], edges[index]);
    content.push(memory.subarray(0, length));
    batches.push(eachAlone(content.collector.take(file, whole.length, whole.length)));
    memory.fill(0);
  }
  content.end();
  batches.push(eachAlone(content.collector.take(file, whole.length, whole.length)));
  return together(batches);
}

/** Events that were idle together come one by one, and need nothing any more of what they were read from. */
export function eachAlone(batch: Batch<Arrival>): Batch {
  const events = batch.events.flatMap((arrival) =>
    isIdle(arrival) ? Array.from({ length: arrival.count }, (_, at) => arrival.eventAt(at)) : arrival,
  );
  for (const event of events) event.settle?.();
  return { ...batch, events };
}

function together(batches: readonly Batch[]): Batch {
  return batches.reduce((sum, batch) => ({
    ...batch,
    events: [...sum.events, ...batch.events],
    refusals: [...sum.refusals, ...batch.refusals],
    records: sum.records + batch.records,
    skipped: added(sum.skipped, batch.skipped),
    repaired: added(sum.repaired, batch.repaired),
    shapes: added(sum.shapes, batch.shapes),
  }));
}

function added(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> {
  const sum = new Map(one);
  for (const [what, count] of other) sum.set(what, (sum.get(what) ?? 0) + count);
  return sum;
}

/** Records one a line. */
export const lines = (...records: readonly unknown[]): string =>
  records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('');

/** The documents that come of one record. */
export const documentsOf = (record: unknown, options: ReadOptions = {}): readonly JsonObject[] =>
  readBytes(lines(record), options).events.map(({ document }) => plain(document));

/** The object at a path of a document that must have one there. */
export function part(document: JsonObject | undefined, path: string): JsonObject {
  const [object] = objectsAt(document ?? {}, path);
  if (object === undefined) throw new Error(`there is no object at ${path}`);
  return object;
}

/** Without prototypes and undefined members, so that whole documents can be compared. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What a batch says, without the events. */
export const accountOf = ({ records, events, refusals, skipped, shapes, repaired }: Batch) => ({
  records,
  events: events.length,
  refused: refusals.map(({ code, origin }) => `${code} ${placeOf(origin)}`),
  skipped: Object.fromEntries(skipped),
  shapes: Object.fromEntries(shapes),
  repaired: Object.fromEntries(repaired),
});

export const placeOf = ({ line, offset, item }: Batch['refusals'][number]['origin']): string =>
  [line, offset === undefined ? '' : `@${offset}`, item === undefined ? '' : `#${item}`].join('');

/** An audit event; later fields replace earlier ones, `undefined` removes. */
export function auditEvent(changes: JsonObject = {}): JsonObject {
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: '0d6c1a3e-5a0b-4f0e-9a52-0f1de4b8a001',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/shop/configmaps/prices',
    verb: 'get',
    user: { username: 'jane@corp.example', groups: ['corp:ops', 'system:authenticated'] },
    sourceIPs: ['192.0.2.10'],
    userAgent: 'kubectl/v1.33.2',
    objectRef: { resource: 'configmaps', namespace: 'shop', name: 'prices', apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: 200 },
    requestReceivedTimestamp: '2026-03-02T09:05:43.000137Z',
    stageTimestamp: '2026-03-02T09:05:43.012904Z',
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
    ...changes,
  };
}
