/** Search hits of Elasticsearch, each in a line: what a shape says of documents, of those at `_source`. */
import type { Interest } from '../../../model/interest.ts';
import { ByteNode } from './byte-node.ts';
import type { ByteShape, ByteShapeMaker } from './byte-shape.ts';
import { carriedAuditBytes } from './carried-audit-bytes.ts';
import { ecsBytes } from './ecs-bytes.ts';
import type { Layout } from './layout.ts';

/** What a hit has besides, of which nothing becomes of the event. */
const BESIDES = [
  '_primary_term',
  '_routing',
  '_score',
  '_seq_no',
  '_type',
  '_version',
  'fields',
  'highlight',
  'sort',
];

/** ECS documents keep the index that they come from, which is where their rules look; their id makes their key. */
export const ecsHitBytes: ByteShapeMaker = (interest, options) => {
  const inner = options.shape === 'auto' ? ecsBytes(interest, options) : undefined;
  if (inner === undefined) return undefined;
  const [index, id] = [inner.facts, inner.facts + 1];
  inner.layout.root.isContent = true;
  return {
    ...inHits(inner, withIndex(inner.layout, interest)),
    route: [index],
    neededId: id,
    outline: (textOf) => ({ identity: ['ecs', textOf(index), textOf(id)] }),
  };
};

/** Audit events are the same wherever they come from. */
export const carriedAuditHitBytes: ByteShapeMaker = (interest, options) => {
  const inner = carriedAuditBytes(interest, options);
  return inner === undefined ? undefined : inHits(inner, inner.layout);
};

function inHits(inner: ByteShape, layout: Layout): ByteShape {
  const [index, id, source] = [inner.facts, inner.facts + 1, inner.facts + 2];
  const root = new ByteNode();
  root.strict = true;
  for (const key of BESIDES) root.child(key);
  root.child('_index').fact = index;
  root.child('_id').fact = id;
  root.children.set('_source', layout.root);
  layout.root.fact = source;
  return {
    ...inner,
    layout: { ...layout, root },
    facts: source + 1,
    fits: [...inner.fits, { fact: index, kind: 'word' }, { fact: id, kind: 'word' }],
    single: [...inner.single, source],
  };
}

/** The document has `_index`, which differs from hit to hit. */
function withIndex(layout: Layout, interest: Interest): Layout {
  const path = interest.paths.indexOf('_index');
  if (path === -1) return layout;
  const said = [interest.anything(path), interest.presence(path)].filter((one) => one !== undefined);
  return {
    ...layout,
    constantly: [...layout.constantly, ...said],
    constant: [...layout.constant, path],
    slots: layout.slots.with(path, {
      values: undefined,
      constants: [],
      fallback: undefined,
      presence: 'always',
    }),
  };
}
