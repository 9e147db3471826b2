/** A detection about one event as the alert that people see, store and search (engine A9). */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import { ALERT_SCHEMA } from '../../model/alert.ts';
import type { Part } from '../../model/alert-parts.ts';
import { alertOf, NestedPart, OwnPart, SharedPart } from '../../model/alert-parts.ts';
import type { EventEnvelope, Origin } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { AuditEvent } from '../audit-event.ts';
import type { Detection } from '../detection.ts';
import { identityOf } from '../detection.ts';
import type { Ports } from '../ports.ts';
import { Benign, explanationFields } from './benign.ts';
import { entityOf } from './entity.ts';
import { copiedFields, lineage, originalFields } from './event-fields.ts';
import { overlaid } from './overlaid.ts';
import { riskScoreOf, ruleNameOf, severityOf } from './overrides.ts';
import { reasonOf } from './reason/index.ts';
import { ruleFields } from './rule-fields.ts';
import { latest, timeOf } from './time.ts';

type Head = Omit<Alert, 'document' | 'explanations'>;

/** What differs from alert to alert of a rule, besides what every alert has. */
export interface Body {
  /** Copied from the event, or what stands for one. */
  readonly event: JsonObject;
  /** Under `kibana.alert`: ancestors, original fields, what the type of the rule adds. */
  readonly fields: JsonObject;
  /** Under `winnow`. */
  readonly winnow: JsonObject;
  /** Time of the last event. */
  readonly last: number | undefined;
}

/** What makes a part of a sequence other than an alert of its own. */
export interface PartOf {
  readonly id: string;
  readonly group: { readonly id: string; readonly index: number };
}

export class AlertBuilder {
  readonly #ports: Ports;
  readonly #benign: Benign;
  readonly #ruleParts = new Map<LoadedRule, Part>();

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#benign = new Benign(ports);
  }

  build(detection: Detection): Alert {
    return this.assemble(detection, this.#head(detection), bodyOf(detection));
  }

  /** The alert about one event of a sequence: severity, score and name are the rule's own (engine A5.3). */
  buildPart(detection: Detection, { id, group }: PartOf): Alert {
    const { rule } = detection.rule.document;
    const { risk_score: riskScore, severity, name: ruleName } = rule;
    const own = { id, group, riskScore, severity, ruleName, buildingBlock: true };
    const body = bodyOf(detection);
    const groupFields = { 'kibana.alert.group.id': group.id, 'kibana.alert.group.index': group.index };
    return this.assemble(
      detection,
      { ...this.#head(detection), ...own },
      { ...body, fields: { ...body.fields, ...groupFields } },
    );
  }

  /** The id of the detection's alert (engine A4). */
  idOf(detection: Detection): string {
    return this.#ports.digest(`${detection.rule.document.rule.rule_id}\n${identityOf(detection)}`);
  }

  /** The id of something beside it. */
  idBeside(detection: Detection, what: string | number): string {
    return this.#ports.digest(`${this.idOf(detection)}\n${what}`);
  }

  /** Head and body with everything that is the same for every alert of the rule and of the run. */
  assemble(detection: Detection, head: Head, body: Body): Alert {
    const { rule, at } = detection;
    const explanations = this.#benign.explanationsOf(detection);
    const detected = timeText(at ?? this.#ports.detectionTime(head.time));
    const last = at ?? this.#ports.detectionTime(body.last);
    return alertOf(explanations.length === 0 ? head : { ...head, explanations }, {
      time: new OwnPart(detected === undefined ? {} : { '@timestamp': detected }),
      event: new OwnPart(body.event),
      own: [
        new OwnPart(headFields(head)),
        new OwnPart(body.fields),
        new OwnPart(timeFields(detected, last)),
        this.#ofRule(rule, head.ruleName),
        new NestedPart('winnow', [
          new OwnPart(ourFields(head, body)),
          this.#benign.fieldsOf(rule),
          new OwnPart(explanationFields(explanations)),
        ]),
      ],
    });
  }

  #head(detection: Detection): Head {
    const { rule } = detection.rule.document;
    const [first] = detection.events;
    return {
      id: this.idOf(detection),
      ruleId: rule.rule_id,
      ruleName: ruleNameOf(rule, first.document),
      severity: severityOf(rule, first.document),
      riskScore: riskScoreOf(rule, first.document),
      time: timeOf(detection),
      entity: entityOf(first.document),
      reason: reasonOf(first.document),
      buildingBlock: rule.building_block_type !== undefined,
      sources: detection.events.map(({ origin }) => origin),
    };
  }

  #ofRule(rule: LoadedRule, name: string): Part {
    let part = this.#ruleParts.get(rule);
    if (part === undefined) {
      part = new SharedPart({ ...EXECUTION, ...ruleFields(rule), 'kibana.space_ids': ['default'] });
      this.#ruleParts.set(rule, part);
    }
    const named = rule.document.rule.name === name;
    return named ? part : new OwnPart({ ...part.fields, 'kibana.alert.rule.name': name });
  }
}

function bodyOf(detection: Detection): Body {
  const { events, finding, row } = detection;
  const [{ document }] = events;
  const copied = copiedFields(row === undefined ? document : overlaid(document, row.columns));
  return {
    event: finding?.kind === 'threatMatch' ? enriched(copied, finding.enrichments) : copied,
    fields: {
      ...lineage(events),
      ...originalFields(document),
      ...(finding?.kind === 'newTerms' ? { 'kibana.alert.new_terms': finding.terms } : {}),
    },
    winnow: stageFields(events),
    last: latest(events),
  };
}

/** What the event was enriched with before stays (engine A5.7). */
function enriched(event: JsonObject, enrichments: readonly JsonObject[]): JsonObject {
  const before = event['threat.enrichments'];
  const list = [...(Array.isArray(before) ? (before as readonly JsonValue[]) : []), ...enrichments];
  return { ...event, 'threat.enrichments': list };
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

function timeFields(detected: string | undefined, last: number | undefined): JsonObject {
  if (detected === undefined) return {};
  return {
    'kibana.alert.start': detected,
    'kibana.alert.last_detected': timeText(last) ?? detected,
    'kibana.alert.intended_timestamp': detected,
    'kibana.alert.rule.execution.timestamp': detected,
  };
}

const ourFields = ({ entity, sources }: Head, { winnow }: Body): JsonObject => ({
  schema: ALERT_SCHEMA,
  entity: { actor: entity.actor, target: entity.target },
  sources: sources.map(sourceFields),
  ...winnow,
});

function stageFields(events: readonly EventEnvelope[]): JsonObject {
  const stages = events.flatMap(({ document }) => AuditEvent.in(document)?.text('stage') ?? []);
  return stages.length === 0 ? {} : { request_stages: stages };
}

/** In one order of keys, whoever made the origin. */
export const sourceFields = ({ file, line, offset, item }: Origin): JsonObject => ({
  file,
  ...(line === undefined ? {} : { line }),
  ...(offset === undefined ? {} : { offset }),
  ...(item === undefined ? {} : { item }),
});

/** A scan is a run over past events that a person asked for. */
const EXECUTION: JsonObject = { 'kibana.alert.rule.execution.type': 'manual' };

/** The furthest moment from the epoch that a date can be. */
const FURTHEST = 8.64e15;

/** Nearly always it is asked for the same time again. */
let told: { readonly time: number; readonly text: string } = { time: 0, text: new Date(0).toISOString() };

export function timeText(time: number | undefined): string | undefined {
  if (time === undefined || !(Math.abs(time) <= FURTHEST)) return undefined;
  if (told.time !== time) told = { time, text: new Date(time).toISOString() };
  return told.text;
}
