/** Ids, old ids, and ids or names of rules to what the catalogue has under them. */
import type { Catalogue, SourceRule, Statement, Tombstone } from './model.ts';

export type Found =
  | { readonly kind: 'statement'; readonly statement: Statement; readonly rules: readonly SourceRule[] }
  | { readonly kind: 'tombstone'; readonly tombstone: Tombstone }
  | { readonly kind: 'rule'; readonly rule: SourceRule; readonly statements: readonly Statement[] };

/** A statement by its id or an old one; what is gone; a rule by its key, id or name, whatever its case. */
export function lookUp(catalogue: Catalogue, word: string): Found | undefined {
  const wanted = word.toLowerCase();
  const is = (name: string): boolean => name.toLowerCase() === wanted;
  const statement = catalogue.statements.find(({ id, aliases }) => is(id) || aliases.some(is));
  if (statement !== undefined) {
    const rules = catalogue.rules.filter(({ key }) => statement.rules.includes(key));
    return { kind: 'statement', statement, rules };
  }
  const tombstone = catalogue.tombstones.find(({ id, aliases }) => is(id) || aliases.some(is));
  if (tombstone !== undefined) return { kind: 'tombstone', tombstone };
  const rule = catalogue.rules.find(({ key, id, name }) => is(key) || is(id) || is(name));
  return rule === undefined ? undefined : { kind: 'rule', rule, statements: statementsOf(catalogue, rule) };
}

/** What its field says first, as the rule has them. */
function statementsOf({ statements }: Catalogue, rule: SourceRule): Statement[] {
  const own = new Map(statements.map((one) => [one.id, one]));
  return rule.statements.flatMap((id) => own.get(id) ?? []);
}
