/** Documents in ECS form that no shape and no envelope could claim. */
import type { Readers } from '../../../model/interest.ts';
import { ecsShape } from '../../normalise/ecs.ts';
import { timeOf } from '../../normalise/time.ts';
import type { ByteNode } from './byte-node.ts';
import type { Sources } from './layout.ts';
import { layoutOf } from './layout.ts';
import type { RecordScan } from './record-scan.ts';
import type { ByteShapeMaker } from './shape-bytes.ts';

/** Facts that decide on the index, as `engine/index-name` reads them. */
const ROUTE = [
  'data_stream.dataset',
  'data_stream.type',
  'data_stream.namespace',
  'agent.type',
  'agent.version',
] as const;
const TIME = ROUTE.length;
const ID = TIME + 1;
/** Some field shows that a pipeline made the document: no envelope then takes its texts for records. */
const PROCESSED = ID + 1;
const PROCESSED_FIELDS = ['kind', 'category', 'type', 'action', 'outcome'] as const;
/** Objects with facts in them. */
const HOLDERS = ['event', 'data_stream', 'agent'] as const;
const FIRST_HOLDER = PROCESSED + 1;

/** Sets of fields whose names say nothing to any shape or envelope, with what is said of `event` and others below. */
const KNOWN_SETS = new Set([
  '@timestamp',
  'agent',
  'client',
  'cloud',
  'container',
  'data_stream',
  'destination',
  'device',
  'dll',
  'dns',
  'ecs',
  'elastic_agent',
  'event',
  'file',
  'group',
  'host',
  'http',
  'kubernetes',
  'labels',
  'message',
  'network',
  'observer',
  'orchestrator',
  'organization',
  'package',
  'process',
  'registry',
  'related',
  'server',
  'service',
  'source',
  'tags',
  'threat',
  'tls',
  'url',
  'user',
  'user_agent',
  'vulnerability',
]);

export const ecsBytes: ByteShapeMaker = (interest, options) => {
  if (!['auto', 'ecs'].includes(options.shape)) return undefined;
  const routes = new Routes();
  return {
    name: ecsShape.name,
    layout: layoutOf(interest, sourcesOf, mark),
    facts: FIRST_HOLDER + HOLDERS.length,
    fits: (scan) => scan.isText(TIME) && !scan.isAbsent(PROCESSED),
    leftOut: () => undefined,
    outline(scan) {
      if (ROUTE.some((_, fact) => !isClear(scan, fact)) || !isClear(scan, ID)) return undefined;
      if (HOLDERS.some((_, holder) => scan.isOdd(FIRST_HOLDER + holder))) return undefined;
      const time = timeOf(scan.text(TIME));
      return time === undefined
        ? undefined
        : { time, identity: ['ecs', undefined, scan.text(ID) || undefined] };
    },
    readers: (scan, document) => routes.readers(scan, () => interest.readersOf(document())),
  };
};

const isClear = (scan: RecordScan, fact: number): boolean => scan.isText(fact) || scan.isAbsent(fact);

function sourcesOf(path: string): Sources {
  const [set = ''] = path.split('.');
  const at = KNOWN_SETS.has(set) ? [{ from: path, exact: true }] : [];
  return { at, below: [], constants: [], hasConstantBelow: false };
}

function mark(root: ByteNode): void {
  root.strict = true;
  for (const set of KNOWN_SETS) root.child(set);
  root.child('@timestamp').fact = TIME;
  root.descend('event.id').fact = ID;
  ROUTE.forEach((path, fact) => (root.descend(path).fact = fact));
  for (const field of PROCESSED_FIELDS) root.descend(`event.${field}`).fact = PROCESSED;
  HOLDERS.forEach((name, holder) => {
    root.child(name).fact = FIRST_HOLDER + holder;
    root.child(name).noList = true;
  });
  root.child('message').noObject = true;
  root.descend('kubernetes.audit').refused = true;
}

/** Indices whose readers are kept. */
const MOST_ROUTES = 512;

/** The readers of each index, by the facts that decide on it. */
class Routes {
  readonly #readers = new Map<string, Readers>();
  #last: { readonly facts: readonly (Buffer | undefined)[]; readonly readers: Readers } | undefined;

  readers(scan: RecordScan, ask: () => Readers): Readers {
    const last = this.#last;
    if (last !== undefined && ROUTE.every((_, fact) => scan.isSame(fact, last.facts[fact])))
      return last.readers;
    const texts = ROUTE.map((_, fact) => scan.text(fact));
    const key = JSON.stringify(texts);
    if (this.#readers.size >= MOST_ROUTES) this.#readers.clear();
    const readers = this.#readers.get(key) ?? ask();
    this.#readers.set(key, readers);
    const facts = texts.map((text) => (text === undefined ? undefined : Buffer.from(text)));
    this.#last = { facts, readers };
    return readers;
  }
}
