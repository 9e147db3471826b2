/** An explanation as text for a terminal: a line for each clause that matters, with its line and column in the rule's file. */
import type { Source } from '../../base/source.ts';
import type { Scalar } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import type { Explanation, Seen, Verdict } from './explain.ts';
import { blame } from './explain.ts';
import type { Shown } from './focus.ts';
import { everything, focus } from './focus.ts';

interface RenderOptions {
  /** Marks from ASCII only, for terminals and files that know nothing else. */
  readonly ascii?: boolean;
  /** Every clause, also those that made no difference. */
  readonly all?: boolean;
  /** What was asked; an event unless given. */
  readonly subject?: string;
}

const symbols: Readonly<Record<Verdict, string>> = { held: '✓', failed: '✗', undecided: '?' };
const asciiSymbols: Readonly<Record<Verdict, string>> = { held: '+', failed: '-', undecided: '?' };

const WIDEST_CLAUSE = 72;
const WIDEST_VALUE = 60;

/**
 * The tree of clauses, each with its line and column, then the verdict, and for a predicate that did not hold the
 * clauses that prevented it. `source` is the query that the spans count in. Lines end with `\n`.
 */
export function renderExplanation(
  explanation: Explanation,
  source: Source,
  { ascii = false, all = false, subject = 'event' }: RenderOptions = {},
): string {
  const marks = ascii ? asciiSymbols : symbols;
  const shown = all ? everything(explanation) : focus(explanation);
  const lines = [...tree(shown, source, marks, ''), '', ...conclusion(explanation, source, subject)];
  return lines.map((line) => `${line}\n`).join('');
}

function tree(
  { explanation, members, rest }: Shown,
  source: Source,
  marks: Readonly<Record<Verdict, string>>,
  indent: string,
): string[] {
  const { kind, verdict } = explanation;
  const values = members.length === 0 ? fieldsBelow(explanation) : '';
  // What an `and` and a `not` write is in the lines below them.
  const head = headline(explanation, source, kind === 'or' || members.length === 0);
  return [
    `${indent}${marks[verdict]} ${head}${values}`,
    ...members.flatMap((member) => tree(member, source, marks, `${indent}  `)),
    ...(rest === undefined ? [] : [`${indent}  … ${rest}`]),
  ];
}

function headline(explanation: Explanation, source: Source, written = true): string {
  const place = placeOf(explanation, source);
  const text = clauseText(explanation, source);
  if (isLeaf(explanation)) return `${place}${text} (${observation(explanation, text)})`;
  return written ? `${place}${text}: ${explanation.wanted}` : `${place}${explanation.wanted}`;
}

const isLeaf = ({ kind }: Explanation): boolean => kind !== 'and' && kind !== 'or' && kind !== 'not';

/** What is wanted is said unless the clause writes just that. */
function observation({ wanted, seen, limit }: Explanation, text: string): string {
  const written = text.endsWith(wanted) || (/^"[^"\\]+"$/.test(wanted) && text.endsWith(wanted.slice(1, -1)));
  const asks = written ? [] : [`wanted ${wanted}`];
  const met = limit === undefined ? [] : [`not decided: limit of ${limit}`];
  return [...asks, ...met, ...seen.map(seenText)].join('; ');
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

function conclusion(explanation: Explanation, source: Source, subject: string): string[] {
  if (explanation.verdict === 'held') return [`The ${subject} matches.`];
  const clauses = blame(explanation);
  const verdict = explanation.verdict === 'failed' ? 'does not match' : 'could not be decided';
  const why =
    clauses.length === 1 ? 'this clause prevented it' : `these ${clauses.length} clauses prevented it`;
  return [
    `The ${subject} ${verdict}; ${why}:`,
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
  return `${line}:${column} `;
}

/** What the query says there, on one line; the printer's words for a clause that it does not write out. */
function clauseText({ span, text }: Explanation, source: Source): string {
  const written = span === undefined ? text : source.text.slice(span.start, span.end);
  const flat = written.replace(/\s+/g, ' ').trim();
  return flat.length > WIDEST_CLAUSE ? `${flat.slice(0, WIDEST_CLAUSE)}…` : flat;
}
