/** The alert about a group of events that were counted (engine A5.4): no event's, but of all of them. */
import type { JsonObject } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Detection, ThresholdFinding } from '../detection.ts';
import type { AlertBuilder } from './build.ts';
import { sourceFields, timeText } from './build.ts';
import { lineage } from './event-fields.ts';
import { riskScoreOf, ruleNameOf, severityOf } from './overrides.ts';
import { REASON_LIMIT, reasonOf } from './reason/index.ts';
import { commonEntity, spanText } from './several.ts';
import { timeOf } from './time.ts';
import { clipped, name } from './wording.ts';

export function thresholdAlert(
  builder: AlertBuilder,
  detection: Detection,
  finding: ThresholdFinding,
): Alert {
  const { rule } = detection.rule.document;
  const { events } = detection;
  // Severity, score and name can only be taken from what the events have in common.
  const group = Object.fromEntries(finding.terms.map(({ field, value }) => [field, value]));
  const head = {
    id: builder.idOf(detection),
    ruleId: rule.rule_id,
    ruleName: ruleNameOf(rule, group),
    severity: severityOf(rule, group),
    riskScore: riskScoreOf(rule, group),
    time: timeOf(detection),
    entity: commonEntity(events),
    reason: thresholdReason(finding, events),
    buildingBlock: rule.building_block_type !== undefined,
    sources: events.map(({ origin }) => origin),
  };
  return builder.assemble(detection, head, {
    event: { ...group, 'event.kind': 'signal' },
    fields: { ...lineage(events), ...resultFields(finding) },
    winnow: { examples: events.map(exampleFields) },
    last: finding.to,
  });
}

function resultFields({ terms, count, cardinality, from, to }: ThresholdFinding): JsonObject {
  const [oldest, newest] = [timeText(from), timeText(to)];
  return {
    ...(newest === undefined ? {} : { 'kibana.alert.original_time': newest }),
    'kibana.alert.threshold_result': {
      terms: terms.map(({ field, value }) => ({ field, value })),
      count,
      cardinality: cardinality.map(({ field, value }) => ({ field, value })),
      ...(oldest === undefined ? {} : { from: oldest }),
    },
  };
}

/** One of the events that an alert about many stands on. */
export function exampleFields({ document, time, origin }: EventEnvelope): JsonObject {
  const at = timeText(time);
  return {
    ...(at === undefined ? {} : { '@timestamp': at }),
    reason: reasonOf(document),
    source: sourceFields(origin),
  };
}

function thresholdReason(
  { terms, count, cardinality, from, to }: ThresholdFinding,
  events: readonly EventEnvelope[],
): string {
  const group = terms.map(({ field, value }) => `${field} ${name(value)}`).join(', ');
  const distinct = cardinality.map(({ field, value }) => `${value} different ${field}`).join(', ');
  const [last] = events.slice(-1);
  const counted = `${count} ${count === 1 ? 'event' : 'events'}${distinct === '' ? '' : ` with ${distinct}`}`;
  const about = `${counted} in ${spanText(to - from)}${group === '' ? '' : ` for ${group}`}`;
  return clipped(last === undefined ? about : `${about}; the last: ${reasonOf(last.document)}`, REASON_LIMIT);
}
