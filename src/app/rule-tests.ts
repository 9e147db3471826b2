/** The tests of rules, and timelines: found, read and run as a scan would run them. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { source } from '../base/source.ts';
import { Engine } from '../engine/engine.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import type { QueryInputs } from '../engine/ports.ts';
import { Collector } from '../ingest/collector.ts';
import { Repeats } from '../ingest/normalise/repeats.ts';
import { RecordReader } from '../ingest/record-reader.ts';
import { withInputs } from '../rules/load/inputs.ts';
import { SHIPPED } from '../rules/load/files.ts';
import { isChosen } from '../rules/load/select.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';
import type { RuleTestResult, TestBench } from '../verify/run.ts';
import { runRuleTests } from '../verify/run.ts';
import type { RuleTests } from '../verify/test-file.ts';
import { parseRuleTests } from '../verify/test-file.ts';
import type { TimelineResult } from '../verify/timeline/run.ts';
import { replayPorts } from './ports.ts';
import type { QueryChoices } from './query-inputs.ts';
import { queryInputs } from './query-inputs.ts';
import { filesNamed } from './rule-files.ts';
import type { LocalFiles } from './rules.ts';
import { pathOnDisk, rulesFor } from './rules.ts';
import type { TestFiles } from './timelines.ts';
import { runTimelineFile } from './timelines.ts';

export interface RuleTestRun {
  /** Rules that were looked at. */
  readonly rules: number;
  readonly results: readonly RuleTestResult[];
  /** Runnable rules that nothing stands beside. */
  readonly untested: readonly LoadedRule[];
  /** About rules and about test files. */
  readonly problems: readonly Diagnostic[];
}

export interface TestedPaths {
  /** Folders or files, of rules or of tests; when there are none, those of `rules`, else the shipped rules. */
  readonly paths: readonly string[];
  /** More rules, for tests that name theirs by `rule_id`. */
  readonly rules: readonly string[];
}

/**
 * Runs the test files below the paths whose rules fit one of the words (none: all), and the timelines there that have such
 * a rule. A test file tests the rule that stands beside it, or the one that its `rule_id` names. Throws `RulePathError` for
 * paths that do not exist.
 */
export async function testRules(
  { paths, rules }: TestedPaths,
  words: readonly string[],
  local: LocalFiles = {},
  choices: QueryChoices = {},
): Promise<RuleTestRun> {
  const { inputs, shapes, completion } = await queryInputs(choices);
  try {
    return await testWith({ paths, rules }, words, { ...local, shapes, queries: inputs });
  } finally {
    completion?.close();
  }
}

async function testWith(
  { paths, rules }: TestedPaths,
  words: readonly string[],
  local: TestFiles,
): Promise<RuleTestRun> {
  const given = (paths.length > 0 ? paths : rules.length > 0 ? rules : [SHIPPED]).map(pathOnDisk);
  const others = given.filter((path) => !isTimeline(path));
  const told = await timelinesBelow(given, words, local);
  if (others.length === 0) return { rules: 0, untested: [], ...told };
  const beside = await testFilesBelow({ paths: others, rules }, words, local);
  const ran = new Set(told.files);
  return {
    rules: beside.rules,
    results: [...beside.results, ...told.results],
    untested: beside.untested.filter(({ file }) => !ran.has(resolve(file))),
    problems: [...beside.problems, ...told.problems],
  };
}

async function testFilesBelow(
  { paths, rules }: TestedPaths,
  words: readonly string[],
  local: TestFiles,
): Promise<RuleTestRun> {
  const places = await Promise.all(paths.map(placeAt));
  const files = [
    ...new Map(places.flatMap((place) => place.tests.map((one) => [resolve(one.file), one]))).values(),
  ];
  const from = [...new Set([...places.flatMap((place) => place.rules), ...rules])];
  const filter = { rules: words, tags: [], deprecated: true, buildingBlocks: true };
  const set = withModel(await rulesFor(from, filter, local), local);
  const bench = benchWith(local.queries ?? {});
  const ruleOf = finder(set.rules);
  const found = files.map((one) => ({ ...one, rule: ruleOf(one) }));
  const tested = new Set(found.map(({ rule }) => rule));
  return {
    rules: set.rules.length,
    results: found.flatMap(({ rule, file, tests }) =>
      rule === undefined || !tests.ok ? [] : runRuleTests(rule, file, tests.value.cases, bench),
    ),
    // Without any, the shipped rules were only looked into for an id.
    untested: from.length === 0 ? [] : set.rules.filter((rule) => rule.status.runnable && !tested.has(rule)),
    problems: [
      ...set.diagnostics,
      ...set.refused.flatMap((file) => file.diagnostics),
      ...set.rules.flatMap((rule) => rule.diagnostics.filter(({ severity }) => severity === 'error')),
      ...found.flatMap((one) => (words.length > 0 && one.rule === undefined ? [] : problemsOf(one))),
    ],
  };
}

const TIMELINE = '.timeline';
const isTimeline = (path: string): boolean => path.endsWith(TIMELINE);
const timelineFiles = filesNamed(isTimeline);

interface TimelinesRun extends Pick<RuleTestRun, 'results' | 'problems'> {
  /** The rule files that they tested. */
  readonly files: readonly string[];
}

/** Every timeline below the paths, in their order, each once. */
async function timelinesBelow(
  paths: readonly string[],
  words: readonly string[],
  local: TestFiles,
): Promise<TimelinesRun> {
  const listings = await Promise.all(paths.map((path) => timelineFiles.list(path)));
  const listed = listings.flatMap(({ files }) => files).filter(({ file }) => isTimeline(file));
  const files = [...new Map(listed.map(({ identity, file }) => [identity, file])).values()];
  const runs = await Promise.all(
    files.map(async (file) => ({ file, ...(await runTimelineFile(file, local)) })),
  );
  // Which rules a timeline has is not known when it cannot be read.
  const chosen = runs.filter(
    ({ rules }) => words.length === 0 || rules.length === 0 || rules.some((rule) => isChosen(rule, words)),
  );
  return {
    results: chosen.flatMap(({ file, results }) => results.map((one) => resultOf(file, one))),
    problems: chosen.flatMap(({ problems }) => problems),
    files: chosen.flatMap(({ rules }) => rules.map((rule) => resolve(rule.file))),
  };
}

function resultOf(file: string, { case: name, mode, line, message }: TimelineResult): RuleTestResult {
  const head = { rule: basename(file), file, name, line, expects: 'timeline', mode } as const;
  return message === undefined ? { ...head, outcome: 'passed' } : { ...head, outcome: 'failed', message };
}

const ENDING = '.tests.toml';
const testFiles = filesNamed((name) => name.endsWith(ENDING));
const testsBeside = (rule: string): string => `${rule.replace(/\.toml$/, '')}${ENDING}`;
const ruleBeside = (file: string): string => `${file.slice(0, -ENDING.length)}.toml`;

interface TestFile {
  readonly file: string;
  readonly tests: Result<RuleTests>;
}

interface Place {
  readonly tests: readonly TestFile[];
  /** Where the rules are that stand beside them. */
  readonly rules: readonly string[];
}

/** A folder with rules and tests, a rule, or a test file. */
async function placeAt(path: string): Promise<Place> {
  const { files } = await testFiles.list(path);
  const isRule = files.some(({ file, named }) => named && !file.endsWith(ENDING));
  if (isRule) return { tests: await readTests([testsBeside(path)].filter(isThere)), rules: [path] };
  const tests = await readTests(files.map(({ file }) => file));
  if (!path.endsWith(ENDING)) return { tests, rules: [path] };
  const needsNone = tests.some((one) => !one.tests.ok || one.tests.value.rule !== undefined);
  return { tests, rules: needsNone ? [] : [ruleBeside(path)] };
}

const isThere = (file: string): boolean => existsSync(file);

const readTests = (files: readonly string[]): Promise<readonly TestFile[]> =>
  Promise.all(
    files.map(async (file) => {
      const text = await testFiles.read(file);
      return { file, tests: text.ok ? parseRuleTests(file, text.value) : text };
    }),
  );

function finder(rules: readonly LoadedRule[]): (file: TestFile) => LoadedRule | undefined {
  const byId = new Map(rules.map((rule) => [rule.document.rule.rule_id, rule]));
  const byTests = new Map(rules.map((rule) => [resolve(testsBeside(rule.file)), rule]));
  return ({ file, tests }) => {
    const id = tests.ok ? tests.value.rule : undefined;
    return id === undefined ? byTests.get(resolve(file)) : byId.get(id);
  };
}

function problemsOf({
  file,
  tests,
  rule,
}: TestFile & { readonly rule: LoadedRule | undefined }): readonly Diagnostic[] {
  if (rule !== undefined || !tests.ok) return tests.diagnostics;
  const id = tests.value.rule;
  const message =
    id === undefined ? 'no rule stands beside these tests' : `no rule that was read has the rule_id "${id}"`;
  return [diagnostic('TEST002', message, { source: source(file, '') })];
}

const withModel = (set: RuleSet, { queries }: TestFiles): RuleSet =>
  withInputs(set, { indicators: true, anomalies: false, completion: queries?.completion !== undefined });

const benchWith = (queries: QueryInputs): TestBench => ({
  engine: (rule) =>
    new Engine(
      [rule],
      // A test brings all the history there is.
      {
        matcher: indexingMatcher,
        ignoreIndex: false,
        coldStart: 'alert',
        inputs: { indicators: [], queries },
      },
      replayPorts,
    ),
  // Nobody was asked: what would be asked about is all that such a rule finds.
  countsLeads: queries.completion === 'prefilter',
  read(records) {
    const collector = new Collector();
    const reader = new RecordReader(
      collector,
      { shape: 'auto', keepRequestReceived: false },
      new Repeats(),
      'test',
    );
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
});
