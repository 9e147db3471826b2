/** The alert about a row of a query that stands for a group of events (esql §3.5): the columns of the row, nothing else. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject, leaves } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import type { Alert } from '../../model/alert.ts';
import type { Detection, QueryGroupFinding } from '../detection.ts';
import type { AlertBuilder } from './build.ts';
import { lineage } from './event-fields.ts';
import { riskScoreOf, ruleNameOf, severityOf } from './overrides.ts';
import { REASON_LIMIT, reasonOf } from './reason/index.ts';
import { commonEntity } from './several.ts';
import { exampleFields } from './threshold.ts';
import { timeOf } from './time.ts';
import { clipped, name } from './wording.ts';

export function queryGroupAlert(
  builder: AlertBuilder,
  detection: Detection,
  { columns }: QueryGroupFinding,
): Alert {
  const { rule } = detection.rule.document;
  const { events } = detection;
  const last = timeOf(detection);
  const head = {
    id: builder.idOf(detection),
    ruleId: rule.rule_id,
    ruleName: ruleNameOf(rule, columns),
    severity: severityOf(rule, columns),
    riskScore: riskScoreOf(rule, columns),
    time: last,
    entity: commonEntity(events),
    reason: reasonFor(detection, columns),
    buildingBlock: rule.building_block_type !== undefined,
    sources: events.map(({ origin }) => origin),
  };
  return builder.assemble(detection, head, {
    event: { ...columns, 'event.kind': 'signal' },
    fields: lineage(events),
    winnow: { examples: events.map(exampleFields) },
    last,
  });
}

/** Columns that the reason shows, and values of each. */
const MOST_COLUMNS = 5;
const MOST_VALUES = 3;

function reasonFor({ events }: Detection, columns: JsonObject): string {
  const shown = Object.entries(columns)
    .slice(0, MOST_COLUMNS)
    .map(([column, value]) => `${column} ${valuesText(value ?? null)}`);
  const [last] = events.slice(-1);
  const about = shown.length === 0 ? 'a row of the query' : shown.join(', ');
  return clipped(last === undefined ? about : `${about}; the last: ${reasonOf(last.document)}`, REASON_LIMIT);
}

function valuesText(value: JsonValue): string {
  const values = leaves(isObject(value) ? value : { value }).map(([, one]) => name(textOf(one)));
  const more = values.length - MOST_VALUES;
  return `${values.slice(0, MOST_VALUES).join(' and ')}${more > 0 ? ` and ${more} more` : ''}`;
}
