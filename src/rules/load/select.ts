/** The rules of a set that a user asks for. */
import { diagnostic } from '../../base/diagnostic.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { didYouMean } from '../../base/typo.ts';
import type { Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { LoadedRule, RuleSet, RuleStatus } from '../rule.ts';
import { isBuildingBlock, isDeprecated, offByDefault } from './off.ts';

export interface RuleFilter {
  /** At or above. */
  readonly severity?: Severity;
  /** Rule ids, names or file names; `*` is any run of characters, case is ignored. Empty: all. */
  readonly rules: readonly string[];
  /** Rules with any of these tags, written like `rules`. Empty: all. */
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly buildingBlocks: boolean;
}

/**
 * The set with the rules that pass the filter. Deprecated rules and building blocks that were not asked for stay in it
 * with the reason why they do not run. A word that fits no rule of the set is warning RULE008.
 */
export function selectRules(set: RuleSet, filter: RuleFilter): RuleSet {
  const chosen = set.rules.filter(
    (rule) =>
      isSevere(rule, filter.severity) &&
      (filter.rules.length === 0 || isChosen(rule, filter.rules)) &&
      (filter.tags.length === 0 || filter.tags.some((word) => fits(word, tagsOf(rule)))),
  );
  return {
    ...set,
    rules: chosen.map((rule) => (rule.status.runnable ? { ...rule, status: statusFor(rule, filter) } : rule)),
    diagnostics: [
      ...set.diagnostics,
      ...unknownWords('rule', filter.rules, set.rules.map(namesOf)),
      ...unknownWords('tag', filter.tags, set.rules.map(tagsOf)),
    ],
  };
}

/** Whether one of the words is the rule's id, its name or the name of its file. */
export const isChosen = (rule: LoadedRule, words: readonly string[]): boolean =>
  words.some((word) => fits(word, namesOf(rule)));

function statusFor(rule: LoadedRule, filter: RuleFilter): RuleStatus {
  if (rule.overlay?.enabled === true) return rule.status;
  if (!filter.deprecated && isDeprecated(rule)) return offByDefault.deprecated;
  if (!filter.buildingBlocks && isBuildingBlock(rule)) return offByDefault.buildingBlock;
  return rule.status;
}

function isSevere({ document }: LoadedRule, least: Severity | undefined): boolean {
  return least === undefined || severities.indexOf(document.rule.severity) >= severities.indexOf(least);
}

const tagsOf = ({ document }: LoadedRule): readonly string[] => document.rule.tags ?? [];

function namesOf({ file, document }: LoadedRule): readonly string[] {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return [document.rule.rule_id, document.rule.name, file, name, name.replace(/\.[^.]*$/, '')];
}

/** Whether one of the names is the word, in which `*` is any run of characters and case is ignored. */
export function fits(word: string, names: readonly string[]): boolean {
  const pattern = word.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const whole = new RegExp(`^${pattern.join('.*')}$`, 'is');
  return names.some((name) => whole.test(name));
}

function unknownWords(
  kind: 'rule' | 'tag',
  words: readonly string[],
  names: readonly (readonly string[])[],
): Diagnostic[] {
  return words
    .filter((word) => !names.some((those) => fits(word, those)))
    .map((word) =>
      diagnostic('RULE008', `no ${kind} fits "${word}"`, { hint: didYouMean(word, names.flat()) }),
    );
}
