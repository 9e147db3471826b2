/**
 * The alerts of a sequence (engine A5.3): one building block for each event, and one about all of them that has what
 * theirs have in common.
 */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Detection, SequenceFinding } from '../detection.ts';
import { ALERTS_INDEX } from '../index-name.ts';
import type { AlertBuilder } from './build.ts';
import { intersection } from './intersection.ts';
import { REASON_LIMIT, reasonOf } from './reason/index.ts';
import { commonEntity, spanText } from './several.ts';
import { timeOf } from './time.ts';
import { clipped } from './wording.ts';

/** The one about all of them comes last. */
export function sequenceAlerts(
  builder: AlertBuilder,
  detection: Detection,
  finding: SequenceFinding,
): Alert[] {
  const id = builder.idOf(detection);
  const [first, ...others] = detection.events.map((event, index) =>
    builder.buildPart(
      { ...detection, events: [event] },
      { id: builder.idBeside(detection, index), group: { id, index } },
    ),
  ) as [Alert, ...Alert[]];
  return [first, ...others, wholeAlert(builder, detection, { finding, parts: [first, ...others] })];
}

interface Whole {
  readonly finding: SequenceFinding;
  readonly parts: readonly [Alert, ...Alert[]];
}

function wholeAlert(builder: AlertBuilder, detection: Detection, { finding, parts }: Whole): Alert {
  const { rule } = detection.rule.document;
  const [first, ...others] = parts;
  const id = builder.idOf(detection);
  const time = timeOf(detection);
  const head = {
    id,
    group: { id },
    ruleId: rule.rule_id,
    ruleName: rule.name,
    severity: rule.severity,
    riskScore: rule.risk_score,
    time,
    entity: commonEntity(detection.events),
    reason: sequenceReason(detection.events),
    buildingBlock: rule.building_block_type !== undefined,
    sources: detection.events.map(({ origin }) => origin),
  };
  const shared = intersection([first.document, ...others.map(({ document }) => document)]);
  return builder.assemble(detection, head, {
    event: ofEvents(shared),
    fields: {
      'kibana.alert.depth': Math.max(...parts.map(depthOf)) + 1,
      'kibana.alert.ancestors': parts.flatMap(ancestorsOf),
      'kibana.alert.group.id': id,
    },
    winnow: {
      key: finding.key,
      steps: detection.events.map(({ document }) => reasonOf(document)),
      ...(finding.judgedEarly === true ? { judged_early: true } : {}),
    },
    last: time,
  });
}

/** What the parts have from their events; the alert's own fields are made anew, those of the events before stay. */
function ofEvents(shared: JsonObject): JsonObject {
  const own = /^(@timestamp$|winnow$|kibana\.space_ids$|kibana\.alert\.(?!original_))/;
  return Object.fromEntries(Object.entries(shared).filter(([key]) => !own.test(key)));
}

const depthOf = ({ document }: Alert): number => Number(document['kibana.alert.depth']);

/** The part itself, and what it stands on. */
const ancestorsOf = (part: Alert): JsonValue[] => [
  ...(part.document['kibana.alert.ancestors'] as readonly JsonValue[]),
  { id: part.id, type: 'signal', index: ALERTS_INDEX, depth: depthOf(part), rule: part.ruleId },
];

function sequenceReason(events: readonly EventEnvelope[]): string {
  const times = events.flatMap(({ time }) => time ?? []);
  const span = times.length === 0 ? '' : ` in ${spanText(Math.max(...times) - Math.min(...times))}`;
  const reasons = [...new Set(events.map(({ document }) => reasonOf(document)))];
  const share = Math.floor((REASON_LIMIT - 30) / reasons.length);
  const told = reasons.map((reason) => clipped(reason, Math.max(20, share))).join(' → ');
  const head = events.length === 1 ? '' : `${events.length} events${span}: `;
  return clipped(head + told, REASON_LIMIT);
}
