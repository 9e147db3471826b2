/** Rules of a checkout of Elastic's repository that lies beside ours, for tests and benchmarks; nothing of it is ours. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { source } from '../../src/base/source.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import { eql } from '../../src/lang/eql/index.ts';
import type { Language } from '../../src/lang/kit/language.ts';
import { kql } from '../../src/lang/kql/index.ts';
import { lucene } from '../../src/lang/lucene/index.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Predicate } from '../../src/plan/predicate.ts';

/** WINNOW_CHECKOUT names another folder; one that does not exist does without. */
const given = process.env['WINNOW_CHECKOUT'];
const checkout =
  given === undefined
    ? new URL('../../../shared/corpus/elastic/', import.meta.url)
    : pathToFileURL(`${given}/`);

export interface CheckoutRule {
  readonly file: string;
  readonly where: Predicate;
}

/** Every rule that decides single events, deprecated ones too; undefined without a checkout. */
export function checkoutRules(): CheckoutRule[] | undefined {
  return checkoutFiles()?.flatMap((file) => {
    const plan = planOf(ruleOf(file));
    return plan?.kind === 'filter' ? [{ file, where: plan.where }] : [];
  });
}

/** One thing that a rule asks of single events. */
export interface CheckoutCondition extends CheckoutRule {
  /** The rule's index patterns; undefined for all indices. */
  readonly index: readonly string[] | undefined;
  /** It is all that the rule asks, and its matches are alerts. */
  readonly isAlert: boolean;
}

/**
 * What rules in KQL and EQL ask of single events, where that is all but for sequences: each step of those, building
 * blocks too; not deprecated rules, nor those that count, compare with indicators or ask for new terms. `folders` of the
 * checkout, all of it unless given.
 */
export function checkoutConditions(folders: readonly string[] = ['']): CheckoutCondition[] | undefined {
  return checkoutFiles(folders)
    ?.filter((file) => !file.includes('_deprecated/'))
    .flatMap((file) => {
      const rule = ruleOf(file);
      const decidesEvents = rule.type === 'query' || rule.type === 'eql';
      return decidesEvents && rule.language !== 'lucene' ? conditionsOf(file, rule) : [];
    });
}

/** What rules of any kind ask of single events but for those that pipe rows, deprecated rules too. */
export const checkoutQuestions = (): CheckoutCondition[] | undefined =>
  checkoutFiles()?.flatMap((file) => conditionsOf(file, ruleOf(file)));

function conditionsOf(file: string, rule: RuleKeys): CheckoutCondition[] {
  const plan = planOf(rule);
  if (plan === undefined || plan.kind === 'pipeline') return [];
  const isAlert = rule.building_block_type === undefined && plan.kind === 'filter';
  const wheres = plan.kind === 'filter' ? [plan.where] : plan.steps.map(({ where }) => where);
  return wheres.map((where) => ({ file, where, index: rule.index, isAlert }));
}

/** The folder of the checkout, whether it is there or not. */
export const checkoutFolder = fileURLToPath(checkout);

const checkoutFiles = (folders: readonly string[] = ['']): string[] | undefined =>
  existsSync(checkout)
    ? readdirSync(checkout, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.toml') && folders.some((folder) => file.startsWith(folder)))
        .sort()
    : undefined;

const languages: Readonly<Record<string, Language>> = { kuery: kql, lucene, eql };

interface RuleKeys {
  readonly type?: string;
  readonly building_block_type?: string;
  readonly index?: readonly string[];
  readonly query?: string;
  readonly language?: string;
  readonly event_category_override?: string;
}

function ruleOf(file: string): RuleKeys {
  const { rule = {} } = getStaticTOMLValue(parseTOML(readFileSync(new URL(file, checkout), 'utf8'))) as {
    rule?: RuleKeys;
  };
  return rule;
}

function planOf({ language = '', query, event_category_override: category }: RuleKeys): Plan | undefined {
  const known = languages[language];
  return known === undefined || query === undefined ? undefined : compileQuery(known, query, category);
}

/** The condition of a query that decides single events; undefined for any other and for one that does not compile. */
export function compileEventQuery(
  language: Language,
  query: string,
  eventCategoryField?: string,
): Predicate | undefined {
  const plan = compileQuery(language, query, eventCategoryField);
  return plan?.kind === 'filter' ? plan.where : undefined;
}

function compileQuery(language: Language, query: string, eventCategoryField?: string): Plan | undefined {
  const result = language.compile(source('query', query), {
    types: builtinFieldTypes,
    ...(eventCategoryField === undefined ? {} : { eventCategoryField }),
  });
  return result.ok ? result.value : undefined;
}
