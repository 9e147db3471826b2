/** Documents in ECS form that no shape and no envelope could claim. */
import { AUDIT_PATH } from '../../normalise/audit-fields.ts';
import { ecsShape } from '../../normalise/ecs.ts';
import { BODY_PATHS } from '../../normalise/redact.ts';
import type { ByteNode } from './byte-node.ts';
import type { ByteShapeMaker } from './byte-shape.ts';
import type { Sources } from './layout.ts';
import { layoutOf } from './layout.ts';
import { isOwnSet, markSigns } from './signs.ts';

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
  const at = isOwnSet(set) ? [{ from: path, exact: true }] : [];
  return { at, below: [], constants: [], hasConstantBelow: false };
}

function mark(root: ByteNode): void {
  markSigns(root);
  root.child('@timestamp').fact = TIME;
  root.descend('event.id').fact = ID;
  ROUTE.forEach((path, fact) => (root.descend(path).fact = fact));
  for (const field of PROCESSED_FIELDS) root.descend(`event.${field}`).fact = PROCESSED;
  HOLDERS.forEach((name, holder) => {
    root.child(name).fact = FIRST_HOLDER + holder;
    root.child(name).noList = true;
  });
  root.child('message').noObject = true;
  root.descend(AUDIT_PATH).refused = true;
  // Decoding takes credentials out of bodies.
  for (const path of BODY_PATHS) root.descend(path).refused = true;
}
