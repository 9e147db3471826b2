/**
 * Winnow as a library: load rules, scan logs, explain an event, run the tests of rules. Everything else is inside and
 * may change without notice.
 *
 *     const summary = await scan(options, { alert: (alert) => console.log(alert.reason) }, signal);
 */
export { explainEvents } from './app/explain.ts';
export type { Explained, ExplainedEvent, ExplainOptions, RecordChoice } from './app/explain.ts';
export { rulesFor } from './app/rules.ts';
export { testRules } from './app/rule-tests.ts';
export type { RuleTestRun } from './app/rule-tests.ts';
export { scan } from './app/scan.ts';
export type { Progress, RuleFilter, Scan, ScanListener, ScanOptions } from './app/types.ts';
export { location, picture } from './base/diagnostic.ts';
export type { Diagnostic } from './base/diagnostic.ts';
export type { IngestOptions, Refusal, ShapeChoice } from './ingest/types.ts';
export { severities } from './model/alert.ts';
export type { Alert, Entity, Severity } from './model/alert.ts';
export type { Origin } from './model/event.ts';
export type { AlertGroup, RunSummary } from './model/summary.ts';
export { describeRule } from './rules/load/describe.ts';
export type { RuleRow } from './rules/load/describe.ts';
export type { LoadedRule, RuleSet, RuleStatus } from './rules/rule.ts';
export type { RuleTestResult } from './verify/run.ts';
