/**
 * The counts of a summary as JSON in parts, and back: a scan that was killed and goes on says in the end what an unbroken one
 * says. Rules are named by their ids; what was counted for rules that are gone is left out.
 */
import type { LoadedRule } from '../../rules/rule.ts';
import { memoriesIn, partTexts } from '../parts.ts';

/** Something that counts. What `counted` gives goes through JSON before `restore` takes it. */
export interface Counter {
  counted(): Counted;
  restore(counted: Counted, ruleOf: RuleOf): void;
}

/** A few values, and a list whose entries are small. */
export interface Counted {
  readonly values: unknown;
  readonly list?: readonly unknown[];
}

export type RuleOf = (id: string) => LoadedRule | undefined;

/** Parts of about this length in UTF-16 code units. */
export function* talliesOf(counters: Readonly<Record<string, Counter>>, length: number): Generator<string> {
  for (const [of, counter] of Object.entries(counters)) {
    const { values, list = [] } = counter.counted();
    yield* partTexts({ of }, { values, lists: { list } }, length);
  }
}

export function restoreTallies(
  parts: Iterable<unknown>,
  counters: Readonly<Record<string, Counter>>,
  rules: readonly LoadedRule[],
): void {
  const byId = new Map(rules.map((rule) => [idOf(rule), rule]));
  for (const [{ of }, { values, lists }] of memoriesIn(parts))
    counters[of]?.restore({ values, list: lists['list'] ?? [] }, (id) => byId.get(id));
}

export const idOf = ({ document }: LoadedRule): string => document.rule.rule_id;

/** The rules that are still there. */
export const rulesOf = (ids: readonly string[], ruleOf: RuleOf): LoadedRule[] =>
  ids.flatMap((id) => ruleOf(id) ?? []);

/** How often something happened, by its name, and to which rules. */
export type CountsByName = Map<string, { count: number; readonly rules: Set<LoadedRule> }>;
export type CountsWithIds = readonly (readonly [name: string, count: number, rules: readonly string[]])[];

export const withIds = (counts: CountsByName): CountsWithIds =>
  [...counts].map(([name, { count, rules }]) => [name, count, [...rules].map(idOf)]);

export const withRules = (counts: CountsWithIds, ruleOf: RuleOf): CountsByName =>
  new Map(counts.map(([name, count, ids]) => [name, { count, rules: new Set(rulesOf(ids, ruleOf)) }]));
