/** Runs the tests that stand beside rules: `NAME.tests.toml` for `NAME.toml`. */
import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../base/diagnostic.ts';
import { Engine } from '../engine/engine.ts';
import { interpretingMatcher } from '../engine/matcher.ts';
import { Repeats } from '../ingest/normalise/repeats.ts';
import { FileContent } from '../ingest/read-file.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';
import type { RuleTestResult, TestBench } from '../verify/run.ts';
import { runRuleTests } from '../verify/run.ts';
import { parseRuleTests } from '../verify/test-file.ts';
import { replayPorts } from './ports.ts';

export interface RuleTestReport {
  /** In the order of the rules, each rule's cases in the order of its file. */
  readonly results: readonly RuleTestResult[];
  /** Rules that have no test file beside them. */
  readonly untested: readonly LoadedRule[];
  /** Test files that cannot be read as tests. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws: whatever is wrong with a test file is in the report. */
export async function testRules(rules: RuleSet): Promise<RuleTestReport> {
  const results: RuleTestResult[] = [];
  const untested: LoadedRule[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const rule of rules.rules) {
    const file = rule.file.replace(/\.toml$/, '.tests.toml');
    const text = file === rule.file ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) {
      untested.push(rule);
      continue;
    }
    const cases = parseRuleTests(file, text);
    diagnostics.push(...cases.diagnostics);
    if (cases.ok) results.push(...runRuleTests(rule, file, cases.value, bench));
  }
  return { results, untested, diagnostics };
}

/** Records go the way of a scan, from their bytes on. */
const bench: TestBench = {
  engine: (rule) => new Engine([rule], { matcher: interpretingMatcher, ignoreIndex: false }, replayPorts),
  read(records) {
    const options = { shape: 'auto', keepRequestReceived: false } as const;
    const content = new FileContent('test', options, new Repeats());
    content.push(Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join('')));
    content.end();
    const { events, refusals } = content.collector.take('test', 0, undefined);
    const [refusal] = refusals;
    return refusal === undefined ? { events } : { events, refused: `${refusal.code} ${refusal.message}` };
  },
};
