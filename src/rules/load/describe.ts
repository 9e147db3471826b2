import type { LoadedRule } from '../rule.ts';

/** One row of `winnow rules list`; the names of its keys are a public format. */
export interface RuleRow {
  readonly rule_id: string;
  readonly name: string;
  readonly type: string;
  /** The empty string for rules without a query. */
  readonly language: string;
  readonly severity: string;
  readonly file: string;
  readonly runnable: boolean;
  /** Why it does not run, or why a scan leaves it off although it can; the empty string otherwise. */
  readonly reason: string;
}

/** What a listing says about a rule. */
export function describeRule({ file, document, status }: LoadedRule): RuleRow {
  const { rule } = document;
  return {
    rule_id: rule.rule_id,
    name: rule.name,
    type: rule.type,
    language: 'language' in rule ? (rule.language ?? '') : '',
    severity: rule.severity,
    file,
    runnable: status.runnable,
    reason: status.runnable ? '' : status.reason,
  };
}
