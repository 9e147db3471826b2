/** Audit events as the API server writes them: the normaliser's table turned around. */
import type { Scalar } from '../../../data/document.ts';
import type { Readers } from '../../../model/interest.ts';
import { AUDIT_PATH, constantsOf, COPIES } from '../../normalise/audit-fields.ts';
import { auditShape, identityParts, REQUEST_RECEIVED, requestParts } from '../../normalise/audit.ts';
import { isAltered, isDropped } from '../../normalise/audit-bodies.ts';
import { timeOf } from '../../normalise/time.ts';
import type { IngestOptions } from '../../types.ts';
import type { ByteNode } from './byte-node.ts';
import type { Source, Sources } from './layout.ts';
import { layoutOf } from './layout.ts';
import type { RecordScan } from './record-scan.ts';
import type { ByteShapeMaker } from './shape-bytes.ts';

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

const [KIND, VERSION, STAGE] = [fact('kind'), fact('apiVersion'), fact('stage')];
const STAMP = fact('stageTimestamp');
const EVENT = Buffer.from('Event');
const AUDIT_VERSION = Buffer.from('audit.k8s.io/');
const RECEIVED = Buffer.from('RequestReceived');

export const auditBytes: ByteShapeMaker = (interest, options) => {
  if (options.keepOriginal === true || !['auto', 'audit'].includes(options.shape)) return undefined;
  const constants = constantsOf(options.cluster);
  let readers: Readers | undefined;
  return {
    name: auditShape.name,
    layout: layoutOf(interest, (path) => sourcesOf(path, constants), mark),
    facts: FACTS.length,
    fits: (scan) => scan.isEqual(KIND, EVENT) && scan.startsWith(VERSION, AUDIT_VERSION),
    leftOut: (scan) =>
      !options.keepRequestReceived && scan.isEqual(STAGE, RECEIVED) ? REQUEST_RECEIVED : undefined,
    outline: (scan) => outlineOf(scan, options),
    // All of them have the same index.
    readers: (_, document) => (readers ??= interest.readersOf(document())),
  };
};

function outlineOf(scan: RecordScan, { cluster }: IngestOptions) {
  if (FACTS.some((_, number) => !scan.isText(number) && !scan.isAbsent(number))) return undefined;
  const time = timeOf(scan.text(STAMP));
  if (time === undefined) return undefined;
  const word = (name: FactName): string | undefined => scan.text(fact(name)) || undefined;
  return { time, identity: identityParts(word, cluster), request: requestParts(word, cluster) };
}

function mark(root: ByteNode): void {
  FACTS.forEach((name, number) => (root.child(name).fact = number));
  root.child('annotations').underscored = true;
  for (const body of ['requestObject', 'responseObject'])
    root.child(body).noScalar = root.child(body).noList = true;
}

/** Everything that the document of an audit event can have at the path. */
function sourcesOf(path: string, constants: ReadonlyMap<string, Scalar>): Sources {
  const copies = COPIES.flatMap(({ to, from, values }) =>
    from.map((place) => ({ to, source: values === undefined ? { from: place } : { from: place, values } })),
  );
  const own = ownField(path);
  return {
    at: [...own, ...copies.filter(({ to }) => to === path).map(({ source }) => source)],
    below: copies.filter(({ to }) => to.startsWith(`${path}.`)).map(({ source }) => source),
    constants: path === '@timestamp' ? [undefined] : constants.has(path) ? [constants.get(path)] : [],
    hasConstantBelow:
      `${AUDIT_PATH}.`.startsWith(`${path}.`) ||
      constants.keys().some((constant) => constant.startsWith(`${path}.`)),
  };
}

/** A field of the audit event itself. */
function ownField(path: string): Source[] {
  if (!path.startsWith(`${AUDIT_PATH}.`)) return [];
  const from = path.slice(AUDIT_PATH.length + 1);
  return isDropped(from) ? [] : [{ from, altered: isAltered(from), exact: !isAltered(from) }];
}
