/** An explanation as text for a terminal: a line for each clause, with its place in the rule's file. */
import type { Source } from '../../base/source.ts';
import type { Scalar } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import type { Explanation, Seen, Verdict } from './explain.ts';
import { blame } from './explain.ts';

interface RenderOptions {
  /** Marks from ASCII only, for terminals and files that know nothing else. */
  readonly ascii?: boolean;
}

const symbols: Readonly<Record<Verdict, string>> = { held: '✓', failed: '✗', undecided: '?' };
const asciiSymbols: Readonly<Record<Verdict, string>> = { held: '+', failed: '-', undecided: '?' };

const WIDEST_CLAUSE = 72;
const WIDEST_VALUE = 60;
/** Of the members of an `or` that failed: a list of a thousand names tells nobody anything. */
const MOST_FAILED_MEMBERS = 8;

/**
 * The tree of clauses, then the verdict, and for a predicate that did not hold the clauses that prevented it.
 * `source` is the query that the spans count in. Lines end with `\n`.
 */
export function renderExplanation(
  explanation: Explanation,
  source: Source,
  options: RenderOptions = {},
): string {
  const marks = options.ascii === true ? asciiSymbols : symbols;
  const lines = [...tree(explanation, source, marks, ''), '', ...conclusion(explanation, source)];
  return lines.map((line) => `${line}\n`).join('');
}

function tree(
  explanation: Explanation,
  source: Source,
  marks: Readonly<Record<Verdict, string>>,
  indent: string,
): string[] {
  const head = `${indent}${marks[explanation.verdict]} ${headline(explanation, source)}`;
  const { shown, hidden } = members(explanation);
  return [
    head,
    ...shown.flatMap((child) => tree(child, source, marks, `${indent}  `)),
    ...(hidden === 0 ? [] : [`${indent}  … ${hidden} more that failed too`]),
  ];
}

/** All members, but of a long `or` only those that matter: what held, and the first few that failed. */
function members({ kind, children }: Explanation): {
  shown: readonly Explanation[];
  hidden: number;
} {
  const failed = children.filter((child) => child.verdict === 'failed');
  if (kind !== 'or' || failed.length <= MOST_FAILED_MEMBERS) return { shown: children, hidden: 0 };
  const kept = new Set(failed.slice(0, MOST_FAILED_MEMBERS));
  return {
    shown: children.filter((child) => child.verdict !== 'failed' || kept.has(child)),
    hidden: failed.length - kept.size,
  };
}

function headline(explanation: Explanation, source: Source): string {
  const details = isLeaf(explanation) ? ` (${observation(explanation)})` : `: ${explanation.wanted}`;
  return `${placeOf(explanation, source)}${clauseText(explanation, source)}${details}`;
}

const isLeaf = ({ kind }: Explanation): boolean => kind !== 'and' && kind !== 'or' && kind !== 'not';

function observation({ wanted, seen, limit }: Explanation): string {
  const met = limit === undefined ? [] : [`not decided: limit of ${limit}`];
  return [`wanted ${wanted}`, ...met, ...seen.map(seenText)].join('; ');
}

function seenText({ field, values, count }: Seen): string {
  if (count === 0) return `${field} has no value`;
  if (values.length === 0) return `${field} has ${count} object${count === 1 ? '' : 's'}`;
  const more = count > values.length ? ` and ${count - values.length} more` : '';
  return `${field} is ${values.map(valueText).join(', ')}${more}`;
}

function valueText(value: Scalar): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : textOf(value);
  return text.length > WIDEST_VALUE ? `${text.slice(0, WIDEST_VALUE)}…` : text;
}

function conclusion(explanation: Explanation, source: Source): string[] {
  if (explanation.verdict === 'held') return ['The event matches.'];
  const clauses = blame(explanation);
  const verdict = explanation.verdict === 'failed' ? 'does not match' : 'could not be decided';
  const why =
    clauses.length === 1 ? 'this clause prevented it' : `these ${clauses.length} clauses prevented it`;
  return [
    `The event ${verdict}; ${why}:`,
    ...clauses.map((clause) => `  ${headline(clause, source)}${fieldsBelow(clause)}${truthNote(clause)}`),
  ];
}

/** What the fields of a clause with members have, each once. */
function fieldsBelow(clause: Explanation): string {
  if (isLeaf(clause)) return '';
  const texts = new Set(leavesOf(clause).flatMap(({ seen }) => seen.map(seenText)));
  return texts.size === 0 ? '' : ` (${[...texts].join('; ')})`;
}

const leavesOf = (explanation: Explanation): readonly Explanation[] =>
  isLeaf(explanation) ? [explanation] : explanation.children.flatMap(leavesOf);

/** Under a negation it is what held that prevents the match. */
const truthNote = ({ verdict }: Explanation): string =>
  verdict === 'held' ? ', which held and must not' : '';

function placeOf({ span }: Explanation, source: Source): string {
  if (span === undefined) return '';
  const { line, column } = source.place(span.start);
  return `${source.name}:${line}:${column}: `;
}

/** What the query says there, on one line; the printer's words for a clause that it does not write out. */
function clauseText({ span, text }: Explanation, source: Source): string {
  const written = span === undefined ? text : source.text.slice(span.start, span.end);
  const flat = written.replace(/\s+/g, ' ').trim();
  return flat.length > WIDEST_CLAUSE ? `${flat.slice(0, WIDEST_CLAUSE)}…` : flat;
}
