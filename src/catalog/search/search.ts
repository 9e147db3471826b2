/**
 * Search over the catalogue. What was typed is found in a statement, or with less weight in the name, description and
 * logic of one of its rules.
 */
import type { SourceRule, Statement } from '../model.ts';
import { fingerprint } from '../identity/fingerprint.ts';
import type { Searchable } from './answer.ts';
import { StatementSearch } from './answer.ts';
import type { SavedWords } from './word-index.ts';
import { indexWords } from './word-index.ts';

export type { Searchable } from './answer.ts';

/** What a built search is made of, to be kept beside the catalogue. */
export interface SavedSearch {
  /** Says which catalogue it was made of. */
  readonly of: string;
  readonly own: SavedWords;
  readonly rules: SavedWords;
}

/** Of everything that is searched in a catalogue. */
export const saveSearch = (catalogue: Searchable): SavedSearch => ({
  of: markOf(catalogue),
  own: indexWords(catalogue.statements.map(statementDocument)),
  rules: indexWords(catalogue.rules.map(ruleDocument)),
});

/** A search that was saved for another catalogue is not used, but made anew. */
export function searchIn(catalogue: Searchable, kept?: SavedSearch): StatementSearch {
  const saved = kept?.of === markOf(catalogue) ? kept : saveSearch(catalogue);
  return new StatementSearch(catalogue, saved);
}

/** Grows when saved searches change their form: older ones are not used then. */
const FORM = 'search 2';

/** Changes whenever a text, a rule or their order does, as far as dates tell. */
const markOf = ({ statements, rules, as_of }: Searchable): string =>
  fingerprint(
    [FORM, as_of, ...statements.map((one) => one.id + one.last_changed), ...rules.map((one) => one.key)].join(
      '\n',
    ),
  );

/** What of a statement is searched. */
export const statementDocument = ({ title, text, techniques, occurrences }: Statement) => ({
  title,
  text,
  more: [...techniques, ...occurrences.map(({ label = '' }) => label)].join(' '),
});

/** What of a rule is searched. */
export const ruleDocument = (rule: SourceRule) => ({
  title: rule.name,
  text: rule.description,
  more: [rule.logic, ...rule.techniques.map((one) => `${one.id} ${one.name}`), ...rule.tags].join(' '),
});
