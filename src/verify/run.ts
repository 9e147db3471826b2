/** Runs the tests that stand beside a rule, through the same engine as a scan. */
import type { Engine } from '../engine/engine.ts';
import type { Mode } from '../engine/event-times.ts';
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { RuleTestCase } from './test-file.ts';

export interface RuleTestResult {
  /** The rule's name; of a timeline, which may have several rules, the name of its file. */
  readonly rule: string;
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly expects: RuleTestCase['expects'] | 'timeline';
  /** Of a case of a timeline. */
  readonly mode?: Mode;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Of a failed case: what was expected and what came. Of a skipped one: the reason. */
  readonly message?: string;
}

/** What running a case needs from outside: an engine for the one rule, and records read as a scan would read them. */
export interface TestBench {
  engine(rule: LoadedRule): Engine;
  /** Whether a candidate that no language model has confirmed is an alert to a test. */
  readonly countsLeads?: boolean;
  /** The events of the records, or why one of them was refused. */
  read(records: RuleTestCase['records']): {
    readonly events: readonly EventEnvelope[];
    readonly refused?: string;
  };
}

/** One result for each case, in their order. */
export function runRuleTests(
  rule: LoadedRule,
  file: string,
  cases: readonly RuleTestCase[],
  bench: TestBench,
): RuleTestResult[] {
  return cases.map((testCase) => {
    const head = {
      rule: rule.document.rule.name,
      file,
      name: testCase.name,
      line: testCase.line,
      expects: testCase.expects,
    };
    if (!rule.status.runnable) return { ...head, outcome: 'skipped', message: rule.status.explanation };
    const message = verdict(rule, testCase, bench);
    return message === undefined ? { ...head, outcome: 'passed' } : { ...head, outcome: 'failed', message };
  });
}

/** Undefined when the case holds. */
function verdict(rule: LoadedRule, testCase: RuleTestCase, bench: TestBench): string | undefined {
  const { events, refused } = bench.read(testCase.records);
  if (refused !== undefined) return `TEST003: a record cannot be read: ${refused}`;
  const engine = bench.engine(rule);
  const made = [...events.flatMap((event) => engine.take(event)), ...engine.end()];
  const alerts = made.filter(
    ({ excepted, lead }) => excepted === undefined && (lead !== true || bench.countsLeads === true),
  ).length;
  const got = (count: string): string => [`got ${count}`, ...exceptedText(made)].join(', ');
  if (testCase.expects === 'quiet') {
    return alerts === 0 ? undefined : `expected no alert, ${got(String(alerts))}`;
  }
  const { alerts: wanted } = testCase;
  if (wanted !== undefined)
    return alerts === wanted ? undefined : `expected ${wanted} alerts, ${got(String(alerts))}`;
  return alerts > 0 ? undefined : `expected an alert, ${got('none')}`;
}

/** What took alerts away, each exception once. */
function exceptedText(alerts: readonly Alert[]): string[] {
  const names = alerts.flatMap(({ excepted }) => (excepted === undefined ? [] : [`"${excepted.name}"`]));
  return names.length === 0 ? [] : [`and ${names.length} excepted by ${[...new Set(names)].join(', ')}`];
}
