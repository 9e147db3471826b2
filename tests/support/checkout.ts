/** Rules of a checkout of Elastic's repository that lies beside ours, for tests and benchmarks; nothing of it is ours. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { source } from '../../src/base/source.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import { eql } from '../../src/lang/eql/index.ts';
import type { Language } from '../../src/lang/kit/language.ts';
import { kql } from '../../src/lang/kql/index.ts';
import { lucene } from '../../src/lang/lucene/index.ts';
import type { Predicate } from '../../src/plan/predicate.ts';

const checkout = new URL('../../../shared/corpus/elastic/', import.meta.url);

export interface CheckoutRule {
  readonly file: string;
  readonly where: Predicate;
}

/** Every rule that decides single events, deprecated ones too; undefined without a checkout. */
export function checkoutRules(): CheckoutRule[] | undefined {
  if (!existsSync(checkout)) return undefined;
  return readdirSync(checkout, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.toml'))
    .sort()
    .flatMap((file) => {
      const where = conditionOf(new URL(file, checkout));
      return where === undefined ? [] : [{ file, where }];
    });
}

const languages: Readonly<Record<string, Language>> = { kuery: kql, lucene, eql };

interface RuleKeys {
  readonly query?: string;
  readonly language?: string;
  readonly event_category_override?: string;
}

function conditionOf(file: URL): Predicate | undefined {
  const { rule } = getStaticTOMLValue(parseTOML(readFileSync(file, 'utf8'))) as { rule?: RuleKeys };
  const language = languages[rule?.language ?? ''];
  if (language === undefined || rule?.query === undefined) return undefined;
  return compileEventQuery(language, rule.query, rule.event_category_override);
}

/** The condition of a query that decides single events; undefined for any other and for one that does not compile. */
export function compileEventQuery(
  language: Language,
  query: string,
  eventCategoryField?: string,
): Predicate | undefined {
  const result = language.compile(source('query', query), {
    types: builtinFieldTypes,
    ...(eventCategoryField === undefined ? {} : { eventCategoryField }),
  });
  return result.ok && result.value.kind === 'filter' ? result.value.where : undefined;
}
