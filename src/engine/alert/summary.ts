/** The alert in place of those that did not fit into `max_signals`: nothing vanishes unsaid. */
import type { Alert } from '../../model/alert.ts';
import type { Count } from '../../model/summary.ts';
import type { Detection, SummaryFinding } from '../detection.ts';
import type { AlertBuilder } from './build.ts';
import { timeText } from './build.ts';
import { lineage } from './event-fields.ts';
import { commonEntity, spanText } from './several.ts';
import { exampleFields } from './threshold.ts';
import { timeOf } from './time.ts';

export function summaryAlert(builder: AlertBuilder, detection: Detection, finding: SummaryFinding): Alert {
  const { rule } = detection.rule.document;
  const { count, from, to } = finding;
  const span = from === undefined || to === undefined || from === to ? '' : ` in ${spanText(to - from)}`;
  const head = {
    id: builder.idOf(detection),
    ruleId: rule.rule_id,
    ruleName: rule.name,
    severity: rule.severity,
    riskScore: rule.risk_score,
    time: timeOf(detection),
    entity: commonEntity(detection.events),
    reason: `${count} more ${count === 1 ? 'alert' : 'alerts'}${span}, beyond max_signals (${rule.max_signals ?? 100})`,
    buildingBlock: rule.building_block_type !== undefined,
    sources: detection.events.map(({ origin }) => origin),
  };
  return builder.assemble(detection, head, {
    event: { 'event.kind': 'signal' },
    fields: lineage(detection.events),
    winnow: {
      summary: {
        count,
        from: timeText(from) ?? null,
        to: timeText(to) ?? null,
        actors: finding.actors.map(countFields),
        targets: finding.targets.map(countFields),
        examples: detection.events.map(exampleFields),
      },
    },
    last: to,
  });
}

const countFields = ({ what, count }: Count) => ({ what, count });
