/** The part of an alert that is the same for every alert of a rule: `kibana.alert.rule.*` (engine A9). */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { RuleDocument, RuleType } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';

const PREFIX = 'kibana.alert.rule.';

/** Kibana's names for the rule types, as its alerts carry them. */
const CATEGORIES: Readonly<Record<RuleType, readonly [category: string, typeId: string]>> = {
  query: ['Custom Query Rule', 'siem.queryRule'],
  saved_query: ['Saved Query Rule', 'siem.savedQueryRule'],
  eql: ['Event Correlation Rule', 'siem.eqlRule'],
  esql: ['ES|QL Rule', 'siem.esqlRule'],
  threshold: ['Threshold Rule', 'siem.thresholdRule'],
  new_terms: ['New Terms Rule', 'siem.newTermsRule'],
  threat_match: ['Indicator Match Rule', 'siem.indicatorRule'],
  machine_learning: ['Machine Learning Rule', 'siem.mlRule'],
};

/** Keys that are an alert's field of their own, or of another name; everything else of the rule is a parameter. */
const OWN_FIELDS = [
  'rule_id',
  'name',
  'type',
  'version',
  'revision',
  'author',
  'description',
  'tags',
  'threat',
  'references',
  'false_positives',
  'note',
  'setup',
  'license',
  'from',
  'to',
  'interval',
  'max_signals',
  'enabled',
  'timestamp_override',
  'rule_name_override',
  'timeline_id',
  'timeline_title',
  'building_block_type',
  'exceptions_list',
] as const;

/** What Kibana takes for a key that a rule leaves out (engine A1). */
const DEFAULTS: JsonObject = {
  version: 1,
  revision: 0,
  tags: [],
  threat: [],
  references: [],
  false_positives: [],
  from: 'now-6m',
  to: 'now',
  interval: '5m',
  max_signals: 100,
  enabled: true,
  exceptions_list: [],
};

/** Flat keys, as Kibana stores them, in one order for every rule. `name` is the rule's own. */
export function ruleFields({ document }: LoadedRule): JsonObject {
  const rule = document.rule as unknown as JsonObject;
  const [category, typeId] = CATEGORIES[document.rule.type];
  const fields: Record<string, JsonValue> = { uuid: document.rule.rule_id };
  for (const key of OWN_FIELDS) {
    const value = rule[key] ?? DEFAULTS[key];
    if (value !== undefined) fields[key] = value;
  }
  Object.assign(fields, { category, rule_type_id: typeId, producer: 'siem', consumer: 'siem' });
  Object.assign(fields, { immutable: false, ...history(document) });
  if (Array.isArray(rule['index'])) fields['indices'] = rule['index'];
  fields['parameters'] = parameters(rule);
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [PREFIX + key, value]));
}

/** Severity and risk score are the alert's, and their mappings did their work. */
function parameters(rule: JsonObject): JsonObject {
  const own = new Set<string>(OWN_FIELDS);
  return {
    type: rule['type'],
    ...Object.fromEntries(Object.entries(rule).filter(([key]) => !own.has(key))),
  };
}

function history({ metadata, rule }: RuleDocument): Record<string, JsonValue> {
  const by = rule.author.join(', ');
  return {
    ...(metadata.creation_date === undefined
      ? {}
      : { created_at: midnight(metadata.creation_date), created_by: by }),
    ...(metadata.updated_date === undefined
      ? {}
      : { updated_at: midnight(metadata.updated_date), updated_by: by }),
  };
}

/** `2026/03/02` as a moment. */
const midnight = (day: string): string => `${day.replaceAll('/', '-')}T00:00:00.000Z`;
