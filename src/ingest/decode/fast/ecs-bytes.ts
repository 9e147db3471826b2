/** Documents in ECS form that no shape and no envelope could claim. */
import { ecsShape } from '../../normalise/ecs.ts';
import type { ByteNode } from './byte-node.ts';
import type { ByteShapeMaker } from './byte-shape.ts';
import type { Sources } from './layout.ts';
import { layoutOf } from './layout.ts';

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
export const KNOWN_SETS: ReadonlySet<string> = new Set([
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
  'email',
  'error',
  'event',
  'file',
  'group',
  'host',
  'http',
  'input',
  'kubernetes',
  'labels',
  'log',
  'message',
  'network',
  'observer',
  'orchestrator',
  'organization',
  'package',
  'process',
  'registry',
  'related',
  'rule',
  'server',
  'service',
  'span',
  'source',
  'tags',
  'threat',
  'tls',
  'trace',
  'transaction',
  'url',
  'user',
  'user_agent',
  'volume',
  'vulnerability',
]);

/** Of single sources. What envelopes know of them, they look for only in documents that no pipeline made. */
const SETS_OF_SOURCES = [
  'Effective_process',
  'Endpoint',
  'Events',
  'Responses',
  'Target',
  'auditd',
  'aws',
  'cloud_defend',
  'crowdstrike',
  'fim',
  'github',
  'google_workspace',
  'm365_defender',
  'o365',
  'okta',
  'osquery',
  'powershell',
  'sentinel_one',
  'sysmon',
  'system',
  'winlog',
];
const SETS: ReadonlySet<string> = new Set([...KNOWN_SETS, ...SETS_OF_SOURCES]);

export const ecsBytes: ByteShapeMaker = (interest, options) => {
  if (!['auto', 'ecs'].includes(options.shape)) return undefined;
  return {
    name: ecsShape.name,
    layout: layoutOf(interest, sourcesOf, mark),
    facts: FIRST_HOLDER + HOLDERS.length,
    fits: [
      { fact: TIME, kind: 'text' },
      { fact: PROCESSED, kind: 'there' },
    ],
    clear: [...ROUTE.keys(), ID],
    single: HOLDERS.map((_, holder) => FIRST_HOLDER + holder),
    time: TIME,
    route: [...ROUTE.keys()],
    neededId: ID,
    emptyCounts: true,
    keyedByContent: ecsShape.keyedByContent,
    outline: (textOf) => ({ identity: ['ecs', undefined, textOf(ID)] }),
  };
};

function sourcesOf(path: string): Sources {
  const [set = ''] = path.split('.');
  const at = SETS.has(set) ? [{ from: path, exact: true }] : [];
  return { at, below: [], constants: [], hasConstantBelow: false };
}

function mark(root: ByteNode): void {
  root.strict = true;
  for (const set of SETS) root.child(set);
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
