/**
 * The rule document: every key that Elastic's TOML format knows (engine B1–B3), with the type that it has after
 * loading. The message of each schema is the phrase that follows "must be" in what a rule's author reads.
 */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';

// Compiling a checker for each table takes longer than the rules that it would check.
z.config({ jitless: true });

const text = z.string('a text');
const filled = text.min(1, 'a text that is not empty');
const texts = z.array(text, 'a list of texts');
const filledTexts = z.array(filled, 'a list of texts');
const flag = z.boolean('true or false');
const table = z.custom<JsonObject>(isObject, 'a table');
const tables = z.array(table, 'a list of tables');
const anything = z.custom<JsonValue>((value) => value !== undefined, 'a value');

const oneOrMore = (phrase: string, most = Infinity) =>
  z.union([filled.transform((only) => [only]), filledTexts.max(most, phrase)], phrase);

const atLeastOne = z.int('a whole number from 1').min(1, 'a whole number from 1');

/** `z.strictObject`, saying "a table" when it finds something else. */
const object = <T extends z.core.$ZodLooseShape>(shape: T) => z.strictObject(shape, 'a table');
const listOf = <T extends z.ZodType>(item: T) => z.array(item, 'a list of tables');

const choice = <const T extends readonly string[]>(...values: T) =>
  z.enum(values, `one of ${values.map((value) => `"${value}"`).join(', ')}`);

const DAY = 'a date such as "2025/01/31"';
const day = z.string(DAY).regex(/^\d{4}\/(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])$/, DAY);

const MOMENT = 'date maths such as "now-9m", or a date';
const moment = z
  .string(MOMENT)
  .regex(
    /^(now|\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?(\|\||$))([+-]\d+[yMwdhHms]|\/[yMwdhHms])*$/,
    MOMENT,
  );

const INTERVAL = 'a whole number and one of the units s, m, h, d, such as "5m"';
const interval = z.string(INTERVAL).regex(/^\d+[smhd]$/, INTERVAL);

const severity = choice('low', 'medium', 'high', 'critical');

const SCORE = 'a whole number from 0 to 100';
const score = z.int(SCORE).min(0, SCORE).max(100, SCORE);

const VERSION = 'a version such as "8.13.0"';

export const metadataSchema = object({
  creation_date: day.optional(),
  updated_date: day.optional(),
  maturity: choice('development', 'experimental', 'beta', 'production', 'deprecated').optional(),
  integration: oneOrMore('a package name or a list of them').optional(),
  min_stack_version: z
    .string(VERSION)
    .regex(/^\d+\.\d+(\.\d+)?$/, VERSION)
    .optional(),
  min_stack_comments: text.optional(),
  promotion: flag.optional(),
  bypass_bbr_timing: flag.optional(),
  deprecation_date: day.optional(),
  deprecated_reason: text.optional(),
  query_schema_validation: flag.optional(),
  os_type_list: z.array(choice('windows', 'linux', 'macos'), 'a list of texts').optional(),
  comments: text.optional(),
  related_endpoint_rules: z.array(anything, 'a list').optional(),
  extended: table.optional(),
});

const attackEntry = { id: filled, name: filled, reference: text.optional() };

const threat = object({
  framework: filled,
  tactic: object(attackEntry),
  technique: listOf(
    object({ ...attackEntry, subtechnique: listOf(object(attackEntry)).default([]) }),
  ).default([]),
});

const suppressionDuration = object({ value: atLeastOne, unit: choice('s', 'm', 'h') });

const GROUP = 'a list of one to three fields';
const suppression = object({
  group_by: filledTexts.min(1, GROUP).max(3, GROUP),
  missing_fields_strategy: choice('suppress', 'doNotSuppress').default('suppress'),
  duration: suppressionDuration.optional(),
});

const commonKeys = {
  rule_id: filled,
  name: filled,
  description: text,
  author: texts,
  risk_score: score,
  severity,
  from: moment.optional(),
  interval: interval.optional(),
  to: moment.optional(),
  timestamp_override: filled.optional(),
  timestamp_override_fallback_disabled: flag.optional(),
  max_signals: atLeastOne.optional(),
  enabled: flag.optional(),
  license: text.optional(),
  tags: texts.optional(),
  note: text.optional(),
  setup: text.optional(),
  references: texts.optional(),
  false_positives: texts.optional(),
  investigation_fields: object({ field_names: filledTexts }).optional(),
  building_block_type: choice('default').optional(),
  rule_name_override: filled.optional(),
  severity_mapping: listOf(
    object({ field: filled, operator: choice('equals').optional(), value: text, severity }),
  ).optional(),
  risk_score_mapping: listOf(
    object({
      field: filled,
      operator: choice('equals').optional(),
      value: text.optional(),
      risk_score: score.optional(),
    }),
  ).optional(),
  exceptions_list: listOf(
    object({ id: filled, list_id: filled, namespace_type: choice('single', 'agnostic'), type: filled }),
  ).optional(),
  timeline_id: text.optional(),
  timeline_title: text.optional(),
  threat: listOf(threat).optional(),
  threat_mappings: listOf(object({ framework: filled, version: filled, threat: listOf(threat) })).optional(),
  actions: tables.optional(),
  response_actions: tables.optional(),
  meta: table.optional(),
  throttle: text.nullable().optional(),
  output_index: text.optional(),
  namespace: text.optional(),
  version: atLeastOne.optional(),
  revision: z.int('a whole number from 0').min(0, 'a whole number from 0').optional(),
  required_fields: listOf(object({ name: filled, type: filled, ecs: flag.optional() })).optional(),
  related_integrations: listOf(
    object({ package: filled, version: text, integration: text.optional() }),
  ).optional(),
};

const sourceKeys = { index: filledTexts.optional(), data_view_id: filled.optional() };

const queryKeys = {
  ...commonKeys,
  ...sourceKeys,
  query: text,
  filters: tables.optional(),
};

const classic = choice('kuery', 'lucene');

const queryRule = object({
  ...queryKeys,
  type: z.literal('query'),
  language: classic,
  saved_id: text.optional(),
  alert_suppression: suppression.optional(),
});

const savedQueryRule = object({
  ...queryKeys,
  type: z.literal('saved_query'),
  query: text.optional(),
  language: classic.optional(),
  saved_id: filled,
  alert_suppression: suppression.optional(),
});

const eqlRule = object({
  ...queryKeys,
  type: z.literal('eql'),
  language: choice('eql'),
  event_category_override: filled.optional(),
  timestamp_field: filled.optional(),
  tiebreaker_field: filled.optional(),
  alert_suppression: suppression.optional(),
});

const esqlRule = object({
  ...commonKeys,
  type: z.literal('esql'),
  language: choice('esql'),
  query: text,
  alert_suppression: suppression.optional(),
});

const thresholdRule = object({
  ...queryKeys,
  type: z.literal('threshold'),
  language: choice('kuery', 'lucene', 'eql'),
  saved_id: text.optional(),
  threshold: object({
    field: oneOrMore('a field or a list of at most five', 5),
    value: atLeastOne,
    cardinality: listOf(object({ field: filled, value: z.int('a whole number from 0').min(0) })).optional(),
  }),
  alert_suppression: object({ duration: suppressionDuration }).optional(),
});

const NEW_TERMS = 'a list of one to three fields, each once';
const newTermsRule = object({
  ...queryKeys,
  type: z.literal('new_terms'),
  language: classic,
  new_terms: object({
    field: choice('new_terms_fields'),
    value: filledTexts
      .min(1, NEW_TERMS)
      .max(3, NEW_TERMS)
      .refine((fields) => new Set(fields).size === fields.length, NEW_TERMS),
    history_window_start: z
      .array(object({ field: choice('history_window_start'), value: moment }), 'a list of tables')
      .min(1, 'a list with one table'),
  }),
  alert_suppression: suppression.optional(),
});

const threatMatchRule = object({
  ...queryKeys,
  type: z.literal('threat_match'),
  language: classic,
  threat_index: filledTexts.min(1, 'a list of index patterns'),
  threat_mapping: z
    .array(
      object({
        entries: listOf(
          object({ field: filled, type: choice('mapping'), value: filled, negate: flag.optional() }),
        ),
      }),
      'a list of tables',
    )
    .min(1, 'a list with at least one table'),
  threat_query: text.optional(),
  threat_language: classic.optional(),
  threat_filters: tables.optional(),
  threat_indicator_path: filled.optional(),
  concurrent_searches: atLeastOne.optional(),
  items_per_search: atLeastOne.optional(),
  alert_suppression: suppression.optional(),
});

const machineLearningRule = object({
  ...commonKeys,
  ...sourceKeys,
  type: z.literal('machine_learning'),
  machine_learning_job_id: oneOrMore('a job or a list of them'),
  anomaly_threshold: score,
  alert_suppression: suppression.optional(),
});

/** One schema for each value of `type`; a new rule type adds its line. */
export const ruleSchemas = {
  query: queryRule,
  saved_query: savedQueryRule,
  eql: eqlRule,
  esql: esqlRule,
  threshold: thresholdRule,
  new_terms: newTermsRule,
  threat_match: threatMatchRule,
  machine_learning: machineLearningRule,
} as const;

export type RuleType = keyof typeof ruleSchemas;

export const ruleTypes = Object.keys(ruleSchemas) as readonly RuleType[];

const queryType = choice('phrase', 'range');
const pivot = object({
  excluded: flag,
  field: filled,
  queryType,
  value: text,
  valueType: choice('string', 'boolean'),
});

const transformSchema = object({
  osquery: listOf(object({ label: filled, query: filled, ecs_mapping: table.optional() })).optional(),
  investigate: listOf(
    object({
      label: filled,
      description: text.optional(),
      /** The outer list is OR, an inner one AND. */
      providers: z.array(z.array(pivot, 'a list of tables'), 'a list of lists of tables'),
      relativeFrom: moment.optional(),
      relativeTo: moment.optional(),
    }),
  ).optional(),
});

const documentOf = <T extends z.ZodType>(rule: T) =>
  object({ metadata: metadataSchema.prefault({}), rule, transform: transformSchema.optional() });

/** The whole file, by the type of its rule. */
export const documentSchemas = {
  query: documentOf(queryRule),
  saved_query: documentOf(savedQueryRule),
  eql: documentOf(eqlRule),
  esql: documentOf(esqlRule),
  threshold: documentOf(thresholdRule),
  new_terms: documentOf(newTermsRule),
  threat_match: documentOf(threatMatchRule),
  machine_learning: documentOf(machineLearningRule),
} satisfies Record<RuleType, unknown>;

type Metadata = z.infer<typeof metadataSchema>;
export type Threat = z.infer<typeof threat>;
type Transform = z.infer<typeof transformSchema>;

/** The `[rule]` table, by its type: `RuleOf<'threshold'>`. */
export type RuleOf<T extends RuleType> = z.infer<(typeof ruleSchemas)[T]>;
export type Rule = { readonly [T in RuleType]: RuleOf<T> }[RuleType];

/** A key that no schema knows, or a value that could not be used: kept, so that writing the rule loses nothing. */
export interface Leftover {
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
}

export interface RuleDocument {
  readonly metadata: Metadata;
  readonly rule: Rule;
  readonly transform?: Transform;
  readonly leftovers: readonly Leftover[];
}
