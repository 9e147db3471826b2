/** Which group of alerts an alert belongs to (engine A6). What several values of a field mean depends on the type of rule. */
import type { Scalar } from '../../data/document.ts';
import { valuesAt } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import type { Alert } from '../../model/alert.ts';
import type { Rule } from '../../rules/format/schema.ts';
import type { Detection } from '../detection.ts';

/** The value of each field: null when it is missing, all of them when the rule's type takes them together. */
export type GroupValues = readonly (string | readonly string[] | null)[];

export interface Grouping {
  readonly fields: readonly string[];
  /** Milliseconds from the first alert of a group; undefined: as long as one run. */
  readonly duration: number | undefined;
  /** Every group that the alert belongs to; none: it stands alone. */
  groupsOf(detection: Detection, alert: Alert): readonly GroupValues[];
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Undefined for a rule without suppression. */
export function groupingOf(rule: Rule): Grouping | undefined {
  const { alert_suppression: suppression } = rule;
  if (suppression === undefined) return undefined;
  const length = suppression.duration;
  const duration = length === undefined ? undefined : length.value * UNITS[length.unit];
  if (rule.type === 'threshold') return { fields: rule.threshold.field, duration, groupsOf: byTerms };
  if (!('group_by' in suppression)) return undefined;
  const { group_by: fields, missing_fields_strategy: missing } = suppression;
  const perValue = rule.type === 'query' || rule.type === 'saved_query';
  const groupsOf = (detection: Detection, alert: Alert): readonly GroupValues[] => {
    const values = fields.map((field) => textsOf(valuesAt(alert.document, field)));
    if (missing === 'doNotSuppress' && values.some((list) => list.length === 0)) return [];
    if (perValue) return combinations(values);
    return [values.map((list) => whole(list, detection.finding?.kind === 'sequence'))];
  };
  return { fields, duration, groupsOf };
}

const byTerms: Grouping['groupsOf'] = ({ finding }) =>
  finding?.kind === 'threshold' ? [finding.terms.map(({ value }) => value)] : [];

const textsOf = (values: readonly Scalar[]): string[] => values.map(textOf);

/** A list as one value; only for sequences does its order count. */
function whole(list: readonly string[], ordered: boolean): GroupValues[number] {
  const [only, ...others] = list;
  if (only === undefined) return null;
  return others.length === 0 ? only : ordered ? list : list.toSorted();
}

const combinations = (values: readonly (readonly string[])[]): GroupValues[] =>
  values.reduce<GroupValues[]>(
    (found, list) =>
      found.flatMap((before) =>
        (list.length === 0 ? [null] : [...new Set(list)]).map((value) => [...before, value]),
      ),
    [[]],
  );
