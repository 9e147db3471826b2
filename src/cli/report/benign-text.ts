/** What is known to be benign about a group of alerts, and what profiles explain of it, in words for all reports. */
import type { Alert } from '../../model/alert.ts';
import type { BenignStatement, KnownBenign, StatementOrigin } from '../../model/benign.ts';
import { isSure } from '../../model/benign.ts';
import type { AlertGroup, BehaviourShare } from '../../model/summary.ts';
import { number, plural } from '../text/format.ts';
import { unfold } from '../text/layout.ts';
import { safe } from '../text/safe.ts';

/** Statements that are shown when the rule's field says nothing, and behaviours. */
const SHOWN = 3;

export interface ShownStatements {
  readonly texts: readonly string[];
  /** How many others there are; empty when there are none. */
  readonly others: string;
}

/** What people wrote into the rule's field; where it is empty, the first of what else is known. */
export function shownStatements({ statements }: KnownBenign): ShownStatements {
  const field = statements.filter(({ origin }) => origin === 'field');
  const shown = field.length > 0 ? field : statements.slice(0, SHOWN);
  const more = statements.length - shown.length;
  return {
    texts: shown.map(statementText),
    others:
      more === 0 ? '' : `${number(more)} more of its guide, its query and the catalogue: winnow rules show`,
  };
}

const statementText = ({ text, origin }: BenignStatement): string => unfold(text) + originMark(origin);

/** What a statement's origin says about it; a model's text is never passed off as experience. */
export const originMark = (origin: StatementOrigin): string =>
  origin === 'field' ? '' : ` (${originNames[origin]})`;

const originNames: Readonly<Record<Exclude<StatementOrigin, 'field'>, string>> = {
  guide: 'guide',
  'guide-ai': 'AI-written guide',
  'inline-exclusion': 'excluded by its query',
  'named-filter': 'a filter of the rule',
  'known-fp-list': 'list of known false positives',
};

/** `BP-0012 Certificate manager writes TLS secrets`: those that statements of the rule name, the first of them. */
export function behaviourText({ behaviours }: KnownBenign): string {
  const named = behaviours.filter(({ via }) => via !== 'technique');
  const more = behaviours.length - Math.min(named.length, SHOWN);
  const shown = named.slice(0, SHOWN).map(({ id, title }) => `${id} ${title}`);
  if (shown.length === 0) return '';
  return [...shown, ...(more === 0 ? [] : [`${number(more)} more by its techniques`])].join('; ');
}

/** `explain 5 of 8 alerts, not those of eve (2), mallory`, as what profiles do; empty when none fits any. */
export function explainedText({ explained, unexplainedActors }: AlertGroup): string {
  if (explained.behaviours.length === 0) return '';
  const sure = explained.explained === 0 ? 'none' : number(explained.explained);
  const left = explained.explained === 0 ? [] : unexplainedActors;
  const others = left
    .map(({ what, count }) => (count === 1 ? what : `${what} (${number(count)})`))
    .join(', ');
  return `explain ${sure} of ${plural(explained.total, 'alert')}${others === '' ? '' : `, not those of ${others}`}`;
}

/** `BP-0012 Certificate manager writes TLS secrets: 5, grade A`. */
export const shareText = ({ behaviour, title, grade, explains }: BehaviourShare): string =>
  `${behaviour} ${title}: ${number(explains)}, grade ${grade}${isSure(grade) ? '' : ': does not count, the requester could imitate it'}`;

/** `profiles: explain 5 of 8 alerts (BP-0012 …: 5, grade A)`, for texts without lists; none when no profile fits. */
export function explanationLines(group: AlertGroup, label: string): string[] {
  const text = explainedText(group);
  if (text === '') return [];
  return [safe(`${label} ${text} (${group.explained.behaviours.map(shareText).join('; ')})`)];
}

/** `BP-0012 grade A; BP-0009 grade D`: the profiles that fit every event of one alert. */
export const explainersText = ({ explanations = [] }: Alert): string =>
  explanations
    .filter(({ whole }) => whole)
    .map(({ behaviour, grade }) => `${behaviour} grade ${grade}`)
    .join('; ');
