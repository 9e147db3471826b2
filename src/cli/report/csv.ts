/** A row an alert, for spreadsheets. */
import type { Alert } from '../../model/alert.ts';
import { csvLine } from '../text/csv.ts';
import { isoInstant } from '../text/format.ts';
import { placeText } from '../../model/place.ts';
import { explainersText } from './benign-text.ts';
import type { Report, ReportFormat } from './types.ts';

type Column = readonly [head: string, value: (alert: Alert) => string | number | boolean];

const columns: readonly Column[] = [
  ['time', ({ time }) => (time === undefined ? '' : isoInstant(time))],
  ['severity', ({ severity }) => severity],
  ['risk_score', ({ riskScore }) => riskScore],
  ['rule_id', ({ ruleId }) => ruleId],
  ['rule_name', ({ ruleName }) => ruleName],
  ['actor', ({ entity }) => entity.actor],
  ['target', ({ entity }) => entity.target],
  ['reason', ({ reason }) => reason],
  ['building_block', ({ buildingBlock }) => buildingBlock],
  ['sources', ({ sources }) => sources.map(placeText).join('; ')],
  ['alert_id', ({ id }) => id],
  ['excepted', ({ excepted }) => excepted?.name ?? ''],
  ['explained_by', explainersText],
];

export const csv: ReportFormat = {
  doc: 'a row an alert, for spreadsheets; formulas in events stay text',
  atTheEnd: false,
  standsAlone: true,
  create: ({ write }): Report => ({
    start: () => write(csvLine(columns.map(([head]) => head))),
    alert: (alert) => write(csvLine(columns.map(([, value]) => value(alert)))),
    finish: () => {},
  }),
};
