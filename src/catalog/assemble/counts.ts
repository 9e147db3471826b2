/** How much was found, in LoFP's scope, in the live one and in all (false-positives §1.1). */
import type { Counts, ScopeCounts, SourceName } from '../model.ts';
import { normalised } from '../text/words.ts';
import type { Gathered } from './gather.ts';
import type { KeyedRule } from './rules.ts';

/** The folders that LoFP reads. */
const LOFP: Readonly<Partial<Record<SourceName, readonly string[]>>> = {
  elastic: ['rules', 'rules_building_block'],
  sigma: ['rules'],
  splunk: ['detections'],
};

export function countAll(rules: readonly KeyedRule[], gathered: Gathered): Counts {
  const lofp = rules.filter(({ source, set }) => LOFP[source]?.includes(set) === true);
  return {
    lofp: count(lofp, gathered),
    live: count(
      rules.filter(({ status }) => status === 'active'),
      gathered,
    ),
    all: count(rules, gathered),
  };
}

function count(rules: readonly KeyedRule[], { junk, draftOf }: Gathered): ScopeCounts {
  const field = rules.flatMap((rule) => rule.field.map((found) => ({ rule, found })));
  const isSaid = ({ found }: (typeof field)[number]) => draftOf.has(found);
  const unsaid = field.filter((one) => !isSaid(one));
  const junked = sum(rules, (rule) => junk.get(rule)?.length ?? 0);
  const origin =
    (...names: readonly string[]) =>
    (rule: KeyedRule) =>
      rule.findings.filter(({ origin: one }) => names.includes(one)).length;
  return {
    rules: rules.length,
    deprecated: rules.filter(({ status }) => status === 'deprecated').length,
    rules_with_field: rules.filter((rule) => rule.field.length > 0).length,
    occurrences: field.length,
    distinct: distinct(field.map(({ found }) => found.text)),
    distinct_lofp: distinct(field.filter((one) => !isDroppedByLofp(one)).map(({ found }) => found.text)),
    informative: distinct(field.filter(isSaid).map(({ found }) => found.text)),
    junk: distinct(unsaid.map(({ found }) => found.text)),
    junk_occurrences: junked,
    junk_rules: rules.filter(
      (rule) => (junk.get(rule)?.length ?? 0) === rule.field.length && rule.field.length > 0,
    ).length,
    lost: unsaid.length - junked,
    subtechniques: sum(rules, subtechniques),
    guide_bullets: sum(rules, origin('guide', 'guide-ai')),
    guide_bullets_ai: sum(rules, origin('guide-ai')),
    guide_bullets_plain: sum(rules, plainBullets),
    guide_bullets_plain_ai: sum(rules, (rule) => (rule.guide?.mentionsAi === true ? plainBullets(rule) : 0)),
    exclusions: sum(rules, origin('inline-exclusion')),
    rules_with_exclusions: rules.filter((rule) => origin('inline-exclusion')(rule) > 0).length,
    named_filters: sum(rules, origin('named-filter')),
    known_list: sum(rules, origin('known-fp-list')),
  };
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

const distinct = (texts: readonly string[]): number => new Set(texts.map(normalised)).size;

const isDroppedByLofp = ({
  rule,
  found,
}: {
  readonly rule: KeyedRule;
  readonly found: { readonly text: string };
}) => rule.source === 'splunk' && normalised(found.text).startsWith('unknown');

/** Of Elastic's rules that LoFP shows: it reads the wrong key and drops them all. */
const subtechniques = ({ source, field, techniques }: KeyedRule): number =>
  source === 'elastic' && field.length > 0 ? techniques.filter(({ id }) => id.includes('.')).length : 0;

const plainBullets = ({ findings }: KeyedRule): number =>
  findings.filter(
    ({ label, paragraph }) => paragraph !== true && /^false positive analysis$/i.test(label ?? ''),
  ).length;
