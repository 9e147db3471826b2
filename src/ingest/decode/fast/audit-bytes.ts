/** Audit events as the API server writes them: the normaliser's table turned around. */
import type { Scalar } from '../../../data/document.ts';
import type { Interest } from '../../../model/interest.ts';
import { AUDIT_PATH, CLUSTER_PATH, constantsOf, COPIES } from '../../normalise/audit-fields.ts';
import { auditShape, identityParts, REQUEST_RECEIVED, requestParts } from '../../normalise/audit.ts';
import { isAltered, isDropped } from '../../normalise/audit-bodies.ts';
import type { IngestOptions } from '../../types.ts';
import type { ByteNode, Fact } from './byte-node.ts';
import { HANDED } from './byte-node.ts';
import type { ByteShape, ByteShapeMaker, FactTest, Handed, Outline } from './byte-shape.ts';
import type { Source, Sources } from './layout.ts';
import { layoutOf } from './layout.ts';

export const AUDIT_FACTS = [
  'kind',
  'apiVersion',
  'stage',
  'auditID',
  'requestReceivedTimestamp',
  'stageTimestamp',
  'requestURI',
] as const;
type FactName = (typeof AUDIT_FACTS)[number];
export const auditFact = (name: FactName): Fact => AUDIT_FACTS.indexOf(name);

/** What is beyond doubt an audit event. */
export const AUDIT_FITS: readonly FactTest[] = [
  { fact: auditFact('kind'), kind: 'equal', text: 'Event' },
  { fact: auditFact('apiVersion'), kind: 'starts', text: 'audit.k8s.io/' },
];

export const leftOutStages = (options: IngestOptions): ByteShape['leftOut'] =>
  options.keepRequestReceived
    ? undefined
    : {
        tests: [{ fact: auditFact('stage'), kind: 'equal', text: 'RequestReceived' }],
        reason: REQUEST_RECEIVED,
      };

/** Whether what becomes of audit events can be told from their bytes. */
export const readsAuditEvents = (options: IngestOptions): boolean =>
  options.keepOriginal !== true && ['auto', 'audit'].includes(options.shape);

export function auditOutline(
  textOf: (fact: Fact) => string | undefined,
  cluster: string | undefined,
): Outline {
  const word = (name: FactName): string | undefined => textOf(auditFact(name));
  return { identity: identityParts(word, cluster), request: requestParts(word, cluster) };
}

export const auditBytes: ByteShapeMaker = (interest, options) =>
  auditBytesWith(interest, options, { constants: constantsOf(options.cluster), handed: [] });

/** What is handed to an event by what carries it, and where documents have it: all of a fact, or a segment. */
export type HandedValue = Pick<Handed, 'from' | 'segment'> & { readonly to: string };

/** What comes of an event besides what it says. */
export interface Companions {
  /** The same of each. */
  readonly constants: ReadonlyMap<string, Scalar>;
  readonly handed: readonly HandedValue[];
  /** What is handed here takes the place of what the event says. */
  readonly replaced?: string;
  /** Where its own fields come from; `auditSources` unless given. */
  readonly sourcesOf?: (path: string, constants: ReadonlyMap<string, Scalar>) => Sources;
}

export function auditBytesWith(
  interest: Interest,
  options: IngestOptions,
  companions: Companions,
): ByteShape | undefined {
  if (!readsAuditEvents(options)) return undefined;
  const handed = companions.handed.filter(({ to }) => to === CLUSTER_PATH || isRead(interest, to));
  const layout = layoutOf(interest, (path) => withHanded(path, { ...companions, handed }), markAudit);
  const cluster = handed.some(({ to }) => to === CLUSTER_PATH) ? AUDIT_FACTS.length : undefined;
  const clusterOf = (textOf: (fact: Fact) => string | undefined): string | undefined =>
    cluster === undefined ? options.cluster : textOf(cluster);
  return {
    name: auditShape.name,
    layout,
    facts: AUDIT_FACTS.length + (cluster === undefined ? 0 : 1),
    handed: handed.map(({ to, ...one }, i) => ({
      ...one,
      fact: to === CLUSTER_PATH ? cluster : undefined,
      node: layout.root.child(`${HANDED}${i}`),
    })),
    fits: AUDIT_FITS,
    leftOut: leftOutStages(options),
    clear: [...AUDIT_FACTS.keys()],
    single: [],
    time: auditFact('stageTimestamp'),
    // All of them have the same index.
    route: [],
    emptyCounts: false,
    keyedByContent: auditShape.keyedByContent,
    outline: (textOf) => auditOutline(textOf, clusterOf(textOf)),
  };
}

const isAtOrBelow = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

const isRead = ({ paths }: Interest, to: string): boolean => paths.some((path) => isAtOrBelow(to, path));

const NOTHING: Sources = { at: [], below: [], constants: [], hasConstantBelow: false };

/** Everything that the document can have at the path, what is handed included. */
function withHanded(
  path: string,
  { constants, handed, replaced, sourcesOf = auditSources }: Companions,
): Sources {
  const said = replaced !== undefined && isAtOrBelow(path, replaced) ? NOTHING : sourcesOf(path, constants);
  const sources = handed.map(({ to }, i) => ({ to, source: { from: `${HANDED}${i}`, exact: true } }));
  const own = sources.filter(({ to }) => to === path);
  const under = sources.filter(({ to }) => to.startsWith(`${path}.`));
  return {
    ...said,
    at: [...said.at, ...own.map(({ source }) => source)],
    below: [...said.below, ...under.map(({ source }) => source)],
  };
}

/** Prepares the place of the audit event. */
export function markAudit(audit: ByteNode): void {
  AUDIT_FACTS.forEach((name, number) => (audit.child(name).fact = number));
  audit.child('annotations').underscored = true;
  for (const body of ['requestObject', 'responseObject'])
    audit.child(body).noScalar = audit.child(body).noList = true;
}

export const TIME_PATH = '@timestamp';

/** An event whose time the scanner understands has it in the form in which documents have theirs. */
const timeSource = (above: string): Source => ({ from: `${above}stageTimestamp`, copy: {} });

/** Everything that the document of an audit event can have at the path. `above` leads to the event, with its dot. */
export function auditSources(path: string, constants: ReadonlyMap<string, Scalar>, above = ''): Sources {
  const copies = COPIES.flatMap(({ to, from, ...copy }) =>
    from.map((place) => ({ to, source: { from: above + place, copy } })),
  );
  const constant = constants.get(path);
  const own = path === TIME_PATH ? [timeSource(above)] : ownField(path, above);
  return {
    at: [...own, ...copies.filter(({ to }) => to === path).map(({ source }) => source)],
    below: copies.filter(({ to }) => to.startsWith(`${path}.`)).map(({ source }) => source),
    constants: constant === undefined ? [] : [constant],
    hasConstantBelow:
      path === TIME_PATH ||
      `${AUDIT_PATH}.`.startsWith(`${path}.`) ||
      constants.keys().some((constant) => constant.startsWith(`${path}.`)),
    hasUnsurePresence: PARTLY_KEPT.test(path),
  };
}

/** Bodies lose their metadata, and in lists of objects what is secret is masked even where it is empty. */
const PARTLY_KEPT = /\.(?:requestObject|responseObject)(?:$|\.(?:items|rows)(?:\.|$))/;

/** A field of the audit event itself. */
function ownField(path: string, above: string): Source[] {
  if (!path.startsWith(`${AUDIT_PATH}.`)) return [];
  const from = path.slice(AUDIT_PATH.length + 1);
  return isDropped(from) ? [] : [{ from: above + from, altered: isAltered(from), exact: !isAltered(from) }];
}
