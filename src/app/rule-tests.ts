/** The tests that stand beside rules, found, read and run as a scan would run them. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { source } from '../base/source.ts';
import { Engine } from '../engine/engine.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import { Collector } from '../ingest/collector.ts';
import { Repeats } from '../ingest/normalise/repeats.ts';
import { RecordReader } from '../ingest/record-reader.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { RuleTestResult, TestBench } from '../verify/run.ts';
import { runRuleTests } from '../verify/run.ts';
import { parseRuleTests } from '../verify/test-file.ts';
import { replayPorts } from './ports.ts';
import { rulesFor, shippedRules } from './rules.ts';

export interface RuleTestRun {
  /** Rules that were looked at. */
  readonly rules: number;
  readonly results: readonly RuleTestResult[];
  /** Runnable rules that nothing stands beside. */
  readonly untested: readonly LoadedRule[];
  /** About rules and about test files. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Runs the tests of every rule below the paths (none: the shipped rules) that fits one of the words (none: all). A path
 * may also be a test file. Throws `RulePathError` for paths that do not exist.
 */
export async function testRules(paths: readonly string[], words: readonly string[]): Promise<RuleTestRun> {
  const from = (paths.length === 0 ? [shippedRules] : paths).map(ruleOfTests);
  const set = await rulesFor(from, { rules: words, tags: [], deprecated: true, buildingBlocks: true });
  const beside = await Promise.all(set.rules.map(testsOf));
  return {
    rules: set.rules.length,
    results: beside.flatMap(({ results }) => results ?? []),
    untested: set.rules.filter((rule, index) => rule.status.runnable && beside[index]?.results === undefined),
    problems: [
      ...set.diagnostics,
      ...set.refused.flatMap((file) => file.diagnostics),
      ...beside.flatMap(({ problems }) => problems),
      ...(words.length > 0 ? [] : await orphans(from, set.rules)),
    ],
  };
}

const ENDING = '.tests.toml';
const ruleOfTests = (path: string): string =>
  path.endsWith(ENDING) ? `${path.slice(0, -ENDING.length)}.toml` : path;
const testsBeside = (file: string): string => `${file.replace(/\.toml$/, '')}${ENDING}`;

interface Beside {
  /** Undefined when there is no test file. */
  readonly results: readonly RuleTestResult[] | undefined;
  readonly problems: readonly Diagnostic[];
}

async function testsOf(rule: LoadedRule): Promise<Beside> {
  const file = testsBeside(rule.file);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const errors = rule.diagnostics.filter(({ severity }) => severity === 'error');
  if (text === undefined) return { results: undefined, problems: errors };
  const cases = parseRuleTests(file, text);
  const results = cases.ok ? runRuleTests(rule, file, cases.value, bench) : [];
  return { results, problems: [...errors, ...cases.diagnostics] };
}

/** Test files below the folders that have no rule beside them. */
async function orphans(paths: readonly string[], rules: readonly LoadedRule[]): Promise<Diagnostic[]> {
  const known = new Set(rules.map(({ file }) => testsBeside(file)));
  const found = await Promise.all(
    paths.map(async (path) =>
      (await Array.fromAsync(glob(`**/*${ENDING}`, { cwd: path }))).map((name) => join(path, name)),
    ),
  );
  return [...new Set(found.flat())]
    .filter((file) => !known.has(file))
    .sort()
    .map((file) => diagnostic('TEST002', 'no rule stands beside these tests', { source: source(file, '') }));
}

const bench: TestBench = {
  engine: (rule) =>
    new Engine(
      [rule],
      // A test brings all the history there is.
      { matcher: indexingMatcher, ignoreIndex: false, coldStart: 'alert' },
      replayPorts,
    ),
  read(records) {
    const collector = new Collector();
    const reader = new RecordReader(collector, { shape: 'auto', keepRequestReceived: false }, new Repeats());
    for (const [index, record] of records.entries())
      reader.sink.json(JSON.stringify(record), record, { file: 'test', line: index + 1 });
    reader.end();
    const { events, refusals, skipped } = collector.take('test', 0, undefined);
    const [refusal] = refusals;
    if (refusal !== undefined) return { events, refused: `${refusal.code}: ${refusal.message}` };
    // A case of records that a scan leaves out would be quiet whatever the rule says.
    return events.length === 0
      ? { events, refused: `left out: ${[...skipped.keys()].join(', ')}` }
      : { events };
  },
};
