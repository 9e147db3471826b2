/**
 * The alert document as a schema: what every alert has, what some types of rules add, and what stands under `winnow`.
 * The event's own fields are whatever the event had. `docs/reference/alert.schema.json` is made from it.
 */
import * as z from 'zod';
import { ALERT_SCHEMA, severities } from './alert.ts';
import { grades, statementOrigins, vias } from './benign.ts';

const origin = z.strictObject({
  file: z.string().describe('Path as it was given, or <stdin>'),
  line: z.int().min(1).optional().describe('Line of the first byte, from 1'),
  offset: z.int().min(0).optional().describe('Byte offset in the decompressed file'),
  item: z.int().min(0).optional().describe('Position inside an envelope of several events, from 0'),
});

const entity = z.strictObject({
  actor: z.string().describe('Who did it'),
  target: z.string().describe('To what; empty when the event does not tell'),
});

const fieldValue = z.strictObject({ field: z.string(), value: z.unknown() });
const counted = z.strictObject({ what: z.string(), count: z.int() });
const text = z.string();
const time = z.string().describe('ISO 8601, UTC');

const via = z.enum(vias);
const grade = z
  .enum(grades)
  .describe('How hard the event is to forge: A asserted by the platform … D chosen freely');

const statement = z.strictObject({
  id: text.optional().describe('In the catalogue; absent for what only the rule says'),
  text: text.describe('As written'),
  origin: z.enum(statementOrigins).describe('Where in the rule it stands'),
  source: text.optional().describe('The rule set of the catalogue that says it'),
  license: text.optional().describe('Its licence'),
  via: via.exclude(['technique']).describe('Said by this rule, or by one of the same name'),
});

const behaviour = z.strictObject({
  id: text,
  title: text,
  grade: grade.optional().describe('Of its profile; absent for a behaviour without one'),
  via: via.describe('By a statement or the id of the rule, by its name, or only by a technique'),
});

const fit = {
  behaviour: text,
  title: text,
  grade,
  profile: text.describe('The query that held'),
};
const explanation = z.strictObject(fit);
const partExplanation = z.strictObject({
  ...fit,
  events: z.array(z.int().min(0)).describe('Positions in `sources`, from 0'),
});

const winnow = z.strictObject({
  schema: z.literal(ALERT_SCHEMA).describe('Grows when a field changes its meaning or goes away'),
  entity,
  sources: z.array(origin).min(1).describe('Every record that the alert came from, the first one first'),
  false_positives: z.array(statement).describe('What the rule, or the catalogue about it, calls benign'),
  benign_behaviours: z.array(behaviour).describe('Behaviours that alerts of the rule may be'),
  explained_by: z
    .array(explanation)
    .describe(
      'Profiles that fit every event of the alert, the best grade first; only A and B count as explained',
    ),
  partly_explained_by: z
    .array(partExplanation)
    .optional()
    .describe('Profiles that fit some of its events, or all that were kept of more'),
  request_stages: z.array(text).optional().describe('Stages of one Kubernetes request that were found'),
  key: z.unknown().optional().describe('Of sequences: what the events have in common'),
  steps: z.array(text).optional().describe('Of sequences: a sentence for each event'),
  judged_early: z.boolean().optional().describe('The input ended before an absence could be certain'),
  examples: z.array(z.unknown()).optional().describe('Some of the events that were counted'),
  summary: z
    .strictObject({
      count: z.int(),
      from: time.nullable(),
      to: time.nullable(),
      actors: z.array(counted),
      targets: z.array(counted),
      examples: z.array(z.unknown()),
    })
    .optional()
    .describe('Of the alert that stands for all beyond max_signals'),
  lead: z.literal(true).optional().describe('A candidate that no language model has confirmed'),
  excepted: z
    .strictObject({
      list: text,
      item: text,
      name: text,
      owner: text.optional(),
      reason: text.optional(),
      expires: text.optional(),
    })
    .optional()
    .describe('The exception that keeps the alert out of groups and exit codes'),
});

const ancestor = z.strictObject({
  id: text,
  type: z.enum(['event', 'signal']),
  index: text,
  depth: z.int().min(0),
  rule: text.optional(),
});

export const alertDocument = z
  .looseObject({
    '@timestamp': time.optional().describe('Time of detection; in a scan, of the event'),
    'kibana.alert.uuid': text.describe('Stable: the same rule over the same records gives the same id'),
    'kibana.alert.status': z.literal('active'),
    'kibana.alert.workflow_status': z.literal('open'),
    'kibana.alert.workflow_tags': z.array(text),
    'kibana.alert.workflow_assignee_ids': z.array(text),
    'kibana.alert.severity': z.enum(severities),
    'kibana.alert.risk_score': z.number().min(0).max(100),
    'kibana.alert.reason': text.describe('One sentence: who did what to what, from where, and how it ended'),
    'kibana.alert.depth': z.int().min(1),
    'kibana.alert.ancestors': z.array(ancestor),
    'kibana.alert.original_time': z.unknown().optional(),
    'kibana.alert.start': time.optional(),
    'kibana.alert.last_detected': time.optional(),
    'kibana.alert.building_block_type': z.literal('default').optional(),
    'kibana.alert.group.id': text.optional(),
    'kibana.alert.group.index': z.int().min(0).optional(),
    'kibana.alert.new_terms': z.array(z.unknown()).optional(),
    'kibana.alert.threshold_result': z
      .strictObject({
        terms: z.array(fieldValue),
        count: z.int(),
        cardinality: z.array(fieldValue),
        from: time.optional(),
      })
      .optional(),
    'kibana.alert.instance.id': text.optional(),
    'kibana.alert.suppression.terms': z.array(fieldValue).optional(),
    'kibana.alert.suppression.start': time.optional(),
    'kibana.alert.suppression.end': time.optional(),
    'kibana.alert.suppression.docs_count': z.int().min(0).optional(),
    'kibana.alert.rule.rule_id': text,
    'kibana.alert.rule.name': text,
    'kibana.alert.rule.type': text,
    'kibana.alert.rule.category': text,
    'kibana.alert.rule.threat': z.array(z.unknown()),
    'kibana.alert.rule.references': z.array(text),
    'kibana.alert.rule.false_positives': z.array(text),
    'kibana.alert.rule.tags': z.array(text),
    'kibana.alert.rule.parameters': z.looseObject({}),
    'kibana.space_ids': z.array(text),
    winnow,
  })
  .describe('An alert of Winnow: the fields of Kibana’s detection engine, those of the event, and `winnow`');

/** JSON Schema, draft 2020-12. */
export const alertJsonSchema = (): object => z.toJSONSchema(alertDocument);
