/**
 * Audit events in ECS documents, as Elastic's integration exports them. They are normalised once more: the event by the
 * same table as ever, and where that gives a field no value, what stands around the event counts.
 */
import type { Scalar } from '../../../data/document.ts';
import { AUDIT_PATH, CLUSTER_PATH, constantsOf, COPIES, DATA_STREAM } from '../../normalise/audit-fields.ts';
import { auditShape } from '../../normalise/audit.ts';
import {
  AUDIT_FACTS,
  AUDIT_FITS,
  auditFact,
  auditOutline,
  auditSources,
  leftOutStages,
  markAudit,
  readsAuditEvents,
  TIME_PATH,
} from './audit-bytes.ts';
import type { ByteNode, Fact } from './byte-node.ts';
import type { ByteShapeMaker } from './byte-shape.ts';
import type { Source, Sources } from './layout.ts';
import { layoutOf } from './layout.ts';
import { isOwnSet, markSigns } from './signs.ts';

const FIRST: Fact = AUDIT_FACTS.length;
const NAMESPACE_PATH = 'data_stream.namespace';
/** Paths of further facts; of those that are objects, that there is one. */
const FACTS = [
  '@timestamp',
  `${AUDIT_PATH}.verb`,
  CLUSTER_PATH,
  NAMESPACE_PATH,
  AUDIT_PATH,
  'kubernetes',
  'orchestrator',
  'orchestrator.cluster',
  'data_stream',
] as const;
const factAt = (path: (typeof FACTS)[number]): Fact => FIRST + FACTS.indexOf(path);
const HOLDERS = FACTS.slice(FACTS.indexOf(AUDIT_PATH));

/** Copies of the event's text, which the document loses. */
const LOST = ['message', 'log', 'event.original'];
/** Further copies, what says where the document comes from, and what reading puts beside the event. */
const ASKED_SETS = ['json', 'MESSAGE', 'aws', '_id', 'winnow'];

export const carriedAuditBytes: ByteShapeMaker = (interest, options) => {
  if (!readsAuditEvents(options)) return undefined;
  const constants = constantsOf(undefined);
  return {
    name: auditShape.name,
    layout: layoutOf(interest, (path) => sourcesOf(path, constants, options.cluster), mark),
    facts: FIRST + FACTS.length,
    fits: [
      ...AUDIT_FITS,
      { fact: auditFact('auditID'), kind: 'text' },
      { fact: factAt(`${AUDIT_PATH}.verb`), kind: 'text' },
      { fact: factAt('@timestamp'), kind: 'text' },
    ],
    leftOut: leftOutStages(options),
    clear: [...AUDIT_FACTS.keys(), factAt(CLUSTER_PATH), factAt(NAMESPACE_PATH)],
    single: HOLDERS.map(factAt),
    time: auditFact('stageTimestamp'),
    route: [factAt(NAMESPACE_PATH)],
    emptyCounts: true,
    keyedByContent: auditShape.keyedByContent,
    outline: (textOf) => auditOutline(textOf, textOf(factAt(CLUSTER_PATH)) ?? options.cluster),
  };
};

function mark(root: ByteNode): void {
  markSigns(root);
  root.dotless = true;
  for (const set of ASKED_SETS) root.child(set).refused = true;
  root.child('data_stream').strict = true;
  root.child('message').noObject = true;
  for (const path of FACTS) root.descend(path).fact = factAt(path);
  const targets = [...COPIES.map(({ to }) => to), ...constantsOf('').keys()];
  for (const path of targets) markTarget(root, path);
  const audit = root.descend(AUDIT_PATH);
  audit.isContent = audit.isPruned = true;
  markAudit(audit);
}

/** What is put into a document takes the place of anything but an object around it, and of an object at its own. */
function markTarget(root: ByteNode, path: string): void {
  const segments = path.split('.');
  root.descend(path).noObject = true;
  for (let length = 1; length < segments.length; length++) {
    const holder = root.descend(segments.slice(0, length).join('.'));
    holder.noList = holder.noScalar = true;
  }
}

/** Everything that the document can have at the path: what the event says, or what stands around it. */
function sourcesOf(
  path: string,
  constants: ReadonlyMap<string, Scalar>,
  cluster: string | undefined,
): Sources {
  const said = auditSources(path, constants, `${AUDIT_PATH}.`);
  const around: readonly Source[] = [{ from: path, exact: true }];
  const givenWord: readonly Source[] = [
    { from: path, exact: true, copy: { accepts: (text) => text !== '' } },
  ];
  if (path === NAMESPACE_PATH)
    return { ...said, at: givenWord, constants: [], fallback: DATA_STREAM.namespace };
  if (path === CLUSTER_PATH && cluster !== undefined) return { ...said, at: givenWord, fallback: cluster };
  if (path === 'event.created')
    return {
      ...said,
      at: [...around, { from: '@timestamp' }],
      hasUnsureValues: true,
      hasUnsurePresence: true,
    };
  return path === TIME_PATH || said.constants.length > 0 || !isKept(path)
    ? said
    : { ...said, otherwise: around };
}

/** Whether documents keep what stands at the path around the event. */
function isKept(path: string): boolean {
  const isBelow = (above: string): boolean => path === above || path.startsWith(`${above}.`);
  const [set = ''] = path.split('.');
  return isOwnSet(set) && ![...LOST, ...ASKED_SETS, 'data_stream', AUDIT_PATH].some(isBelow);
}
