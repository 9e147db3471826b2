/** What a rule takes from the event instead of from itself: severity, risk score and name (engine A8). */
import type { JsonObject } from '../../data/document.ts';
import { valuesAt } from '../../data/document.ts';
import { numberOf, textOf } from '../../data/scalar.ts';
import type { Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { Rule } from '../../rules/format/schema.ts';

/** The highest severity of the mappings that hold, whatever their order; the rule's own when none does. */
export function severityOf(rule: Rule, document: JsonObject): Severity {
  const { severity_mapping: mappings } = rule;
  if (mappings === undefined) return rule.severity;
  const mapped = mappings
    .filter(({ field, value }) =>
      valuesAt(document, field).some((found) => equals(field, textOf(found), value)),
    )
    .map(({ severity }) => severities.indexOf(severity));
  return severities[Math.max(-1, ...mapped)] ?? rule.severity;
}

/** As text; `event.severity` as an integer. */
const equals = (field: string, found: string, wanted: string): boolean =>
  field === 'event.severity' ? Number.parseInt(found, 10) === Number.parseInt(wanted, 10) : found === wanted;

/** The largest score from 0 to 100 in the first mapping's field, whose operator and value mean nothing. */
export function riskScoreOf(rule: Rule, document: JsonObject): number {
  const field = rule.risk_score_mapping?.[0]?.field;
  if (field === undefined) return rule.risk_score;
  const scores = valuesAt(document, field)
    .map((value) => (typeof value === 'boolean' ? Number.NaN : Number(numberOf(value))))
    .filter((score) => score >= 0 && score <= 100);
  return scores.length === 0 ? rule.risk_score : Math.max(...scores);
}

export function ruleNameOf(rule: Rule, document: JsonObject): string {
  const field = rule.rule_name_override;
  if (field === undefined) return rule.name;
  const names = valuesAt(document, field).filter((value) => typeof value === 'string' && value !== '');
  return (names[0] as string | undefined) ?? rule.name;
}
