/** Audit events as the API server writes them: the normaliser's table turned around. */
import type { Scalar } from '../../../data/document.ts';
import { AUDIT_PATH, constantsOf, COPIES } from '../../normalise/audit-fields.ts';
import { auditShape, identityParts, REQUEST_RECEIVED, requestParts } from '../../normalise/audit.ts';
import { isAltered, isDropped } from '../../normalise/audit-bodies.ts';
import type { ByteNode } from './byte-node.ts';
import type { ByteShapeMaker } from './byte-shape.ts';
import type { Source, Sources } from './layout.ts';
import { layoutOf } from './layout.ts';

const FACTS = [
  'kind',
  'apiVersion',
  'stage',
  'auditID',
  'requestReceivedTimestamp',
  'stageTimestamp',
  'requestURI',
] as const;
type FactName = (typeof FACTS)[number];
const fact = (name: FactName): number => FACTS.indexOf(name);

const AUDIT_VERSION = 'audit.k8s.io/';

export const auditBytes: ByteShapeMaker = (interest, options) => {
  if (options.keepOriginal === true || !['auto', 'audit'].includes(options.shape)) return undefined;
  const constants = constantsOf(options.cluster);
  const isReceived = { fact: fact('stage'), kind: 'equal', text: 'RequestReceived' } as const;
  return {
    name: auditShape.name,
    layout: layoutOf(interest, (path) => sourcesOf(path, constants), mark),
    facts: FACTS.length,
    fits: [
      { fact: fact('kind'), kind: 'equal', text: 'Event' },
      { fact: fact('apiVersion'), kind: 'starts', text: AUDIT_VERSION },
    ],
    leftOut: options.keepRequestReceived ? undefined : { tests: [isReceived], reason: REQUEST_RECEIVED },
    clear: FACTS.map((_, number) => number),
    single: [],
    time: fact('stageTimestamp'),
    // All of them have the same index.
    route: [],
    emptyCounts: false,
    keyedByContent: auditShape.keyedByContent,
    outline(textOf) {
      const word = (name: FactName): string | undefined => textOf(fact(name));
      return { identity: identityParts(word, options.cluster), request: requestParts(word, options.cluster) };
    },
  };
};

function mark(root: ByteNode): void {
  FACTS.forEach((name, number) => (root.child(name).fact = number));
  root.child('annotations').underscored = true;
  for (const body of ['requestObject', 'responseObject'])
    root.child(body).noScalar = root.child(body).noList = true;
}

/** Everything that the document of an audit event can have at the path. */
function sourcesOf(path: string, constants: ReadonlyMap<string, Scalar>): Sources {
  const copies = COPIES.flatMap(({ to, from, ...copy }) =>
    from.map((place) => ({ to, source: { from: place, copy } })),
  );
  const own = ownField(path);
  return {
    at: [...own, ...copies.filter(({ to }) => to === path).map(({ source }) => source)],
    below: copies.filter(({ to }) => to.startsWith(`${path}.`)).map(({ source }) => source),
    constants: path === '@timestamp' ? [undefined] : constants.has(path) ? [constants.get(path)] : [],
    hasConstantBelow:
      `${AUDIT_PATH}.`.startsWith(`${path}.`) ||
      constants.keys().some((constant) => constant.startsWith(`${path}.`)),
    hasUnsurePresence: PARTLY_KEPT.test(path),
  };
}

/** Bodies lose their metadata, and in lists of objects what is secret is masked even where it is empty. */
const PARTLY_KEPT = /\.(?:requestObject|responseObject)(?:$|\.(?:items|rows)(?:\.|$))/;

/** A field of the audit event itself. */
function ownField(path: string): Source[] {
  if (!path.startsWith(`${AUDIT_PATH}.`)) return [];
  const from = path.slice(AUDIT_PATH.length + 1);
  return isDropped(from) ? [] : [{ from, altered: isAltered(from), exact: !isAltered(from) }];
}
