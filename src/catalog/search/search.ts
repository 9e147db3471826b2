/**
 * Search over the catalogue. What was typed is found in a statement, or with less weight in the name, description and
 * logic of one of its rules.
 */
import type { SourceRule, Statement } from '../model.ts';
import { fingerprint } from '../identity/fingerprint.ts';
import type { Searchable } from './answer.ts';
import { StatementSearch } from './answer.ts';
import type { SavedIndex } from './text-index.ts';
import { TextIndex } from './text-index.ts';

export type { Searchable } from './answer.ts';

/** What a built search is made of, to be kept beside the catalogue. */
export interface SavedSearch {
  /** Says which catalogue it was made of. */
  readonly of: string;
  readonly own: SavedIndex;
  readonly rules: SavedIndex;
}

export class CatalogueSearch extends StatementSearch {
  readonly #mark: string;
  readonly #own: TextIndex;
  readonly #rules: TextIndex;

  /** A search that was saved for another catalogue is not used. */
  constructor(catalogue: Searchable, kept?: SavedSearch) {
    const mark = markOf(catalogue);
    const saved = kept?.of === mark ? kept : undefined;
    const own = new TextIndex(catalogue.statements.map(statementDocument), saved?.own);
    const rules = new TextIndex(catalogue.rules.map(ruleDocument), saved?.rules);
    super(catalogue, { own, rules });
    this.#mark = mark;
    this.#own = own;
    this.#rules = rules;
  }

  save(): SavedSearch {
    return { of: this.#mark, own: this.#own.save(), rules: this.#rules.save() };
  }
}

/** Changes whenever a text, a rule or their order does, as far as dates tell. */
const markOf = ({ statements, rules, as_of }: Searchable): string =>
  fingerprint(
    [as_of, ...statements.map((one) => one.id + one.last_changed), ...rules.map((one) => one.key)].join('\n'),
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
