/** A detection as the alert that people see, store and search (engine A9). */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import { ALERT_SCHEMA } from '../../model/alert.ts';
import type { EventEnvelope, Origin } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { AuditEvent } from '../audit-event.ts';
import type { Detection } from '../detection.ts';
import type { Ports } from '../ports.ts';
import { entityOf } from './entity.ts';
import { copiedFields, lineage, originalFields } from './event-fields.ts';
import { riskScoreOf, ruleNameOf, severityOf } from './overrides.ts';
import { reasonOf } from './reason/index.ts';
import { ruleFields } from './rule-fields.ts';

type Head = Omit<Alert, 'document'>;

export class AlertBuilder {
  readonly #ports: Ports;
  readonly #ruleFields = new Map<LoadedRule, JsonObject>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  build(detection: Detection): Alert {
    const head = this.#head(detection);
    return { ...head, document: this.#document(detection, head) };
  }

  #head({ rule: { document }, events }: Detection): Head {
    const { rule } = document;
    const [first] = events;
    return {
      id: this.#ports.digest(`${rule.rule_id}\n${first.key}`),
      ruleId: rule.rule_id,
      ruleName: ruleNameOf(rule, first.document),
      severity: severityOf(rule, first.document),
      riskScore: riskScoreOf(rule, first.document),
      time: first.time,
      entity: entityOf(first.document),
      reason: reasonOf(first.document),
      buildingBlock: rule.building_block_type !== undefined,
      sources: events.map(({ origin }) => origin),
    };
  }

  #document({ rule, events }: Detection, head: Head): JsonObject {
    const [{ document }] = events;
    const detected = timeText(this.#ports.detectionTime(head.time));
    return {
      ...(detected === undefined ? {} : { '@timestamp': detected }),
      ...copiedFields(document),
      ...headFields(head),
      ...lineage(events),
      ...originalFields(document),
      ...this.#timeFields(events, detected),
      ...EXECUTION,
      ...this.#fieldsOf(rule),
      'kibana.alert.rule.name': head.ruleName,
      'kibana.space_ids': ['default'],
      winnow: winnowFields(rule, events, head),
    };
  }

  #timeFields(events: readonly EventEnvelope[], detected: string | undefined): JsonObject {
    if (detected === undefined) return {};
    const last = events.reduce<number | undefined>((latest, { time }) => later(latest, time), undefined);
    return {
      'kibana.alert.start': detected,
      'kibana.alert.last_detected': timeText(this.#ports.detectionTime(last)) ?? detected,
      'kibana.alert.intended_timestamp': detected,
      'kibana.alert.rule.execution.timestamp': detected,
    };
  }

  #fieldsOf(rule: LoadedRule): JsonObject {
    const known = this.#ruleFields.get(rule);
    if (known !== undefined) return known;
    const fields = ruleFields(rule);
    this.#ruleFields.set(rule, fields);
    return fields;
  }
}

const headFields = (head: Head): JsonObject => ({
  'kibana.alert.uuid': head.id,
  'kibana.alert.status': 'active',
  'kibana.alert.workflow_status': 'open',
  'kibana.alert.workflow_tags': [],
  'kibana.alert.workflow_assignee_ids': [],
  'kibana.alert.severity': head.severity,
  'kibana.alert.risk_score': head.riskScore,
  'kibana.alert.reason': head.reason,
  ...(head.buildingBlock ? { 'kibana.alert.building_block_type': 'default' } : {}),
});

function winnowFields(rule: LoadedRule, events: readonly EventEnvelope[], head: Head): JsonObject {
  const stages = events.flatMap(({ document }) => AuditEvent.in(document)?.text('stage') ?? []);
  return {
    schema: ALERT_SCHEMA,
    entity: { actor: head.entity.actor, target: head.entity.target },
    sources: head.sources.map(sourceFields),
    ...(stages.length === 0 ? {} : { request_stages: stages }),
    false_positives: rule.document.rule.false_positives ?? [],
  };
}

/** In one order of keys, whoever made the origin. */
const sourceFields = ({ file, line, offset, item }: Origin): JsonValue => ({
  file,
  ...(line === undefined ? {} : { line }),
  ...(offset === undefined ? {} : { offset }),
  ...(item === undefined ? {} : { item }),
});

/** A scan is a run over past events that a person asked for. */
const EXECUTION: JsonObject = { 'kibana.alert.rule.execution.type': 'manual' };

const later = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

/** The furthest moment from the epoch that a date can be. */
const FURTHEST = 8.64e15;

const timeText = (time: number | undefined): string | undefined =>
  time === undefined || !(Math.abs(time) <= FURTHEST) ? undefined : new Date(time).toISOString();
