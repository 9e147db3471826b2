/** The outputs of `winnow test`. */
import type { RuleTestRun } from '../../app/rule-tests.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { RuleTestResult } from '../../verify/run.ts';
import type { TestFormat } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { number, plural } from '../text/format.ts';
import { hanging } from '../text/layout.ts';
import type { Paint } from '../text/paint.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe, safeLines } from '../text/safe.ts';
import { escapeAttribute } from '../text/xml.ts';
import { fileUri } from './sarif.ts';

interface TestContext {
  readonly style: Style;
  readonly version: string;
}

type TestReport = (tested: RuleTestRun, context: TestContext) => string;

export const testReports: Readonly<Record<TestFormat, TestReport>> = {
  text: textReport,
  json: jsonReport,
  junit: junitReport,
  sarif: sarifReport,
};

/** What kept tests from running: everything that is the matter with one file. */
interface Unusable {
  readonly file: string;
  readonly line: number | undefined;
  readonly messages: readonly string[];
}

const errorsOf = ({ problems }: RuleTestRun): readonly Diagnostic[] =>
  problems.filter(({ severity }) => severity === 'error');

const fileOf = ({ source }: Diagnostic): string => source?.name ?? '';
const lineOf = ({ source, span }: Diagnostic): number | undefined =>
  span === undefined ? undefined : source?.place(span.start).line;

/** By file, in the order in which they were found. */
const unusableIn = (tested: RuleTestRun): readonly Unusable[] =>
  [...Map.groupBy(errorsOf(tested), fileOf)].map(([file, errors]) => ({
    file,
    line: errors.map(lineOf).find((line) => line !== undefined),
    messages: errors.map(({ code, message }) => `${code}: ${message}`),
  }));

function jsonReport(tested: RuleTestRun): string {
  const { results, untested } = tested;
  const errors = errorsOf(tested).map((error) => ({
    code: error.code,
    message: error.message,
    ...(error.source === undefined ? {} : { file: fileOf(error), line: lineOf(error) }),
    hint: error.hint,
  }));
  return `${safeJson({ schema: 1, results, errors, untested: untested.map(({ file }) => file) }, 2)}\n`;
}

type Outcome = RuleTestResult['outcome'];

const counted = (results: readonly RuleTestResult[], outcome: Outcome): number =>
  results.filter((result) => result.outcome === outcome).length;

/** What passed is one line a rule; what failed is a line a case, with the place where it stands. */
function textReport({ results }: RuleTestRun, { style: { paint, width } }: TestContext): string {
  const rules = [...Map.groupBy(results, ({ file }) => file).values()];
  const lines = rules.flatMap((cases) => [
    `${mark(cases, paint)} ${safe(cases[0]?.rule ?? '')} (${plural(cases.length, 'case')})`,
    ...cases.filter(({ outcome }) => outcome !== 'passed').flatMap((one) => caseLines(one, width)),
  ]);
  const timelines = rules.filter(([first]) => first?.expects === 'timeline').length;
  const totals = [
    [
      ...(timelines === 0 || rules.length > timelines ? [plural(rules.length - timelines, 'rule')] : []),
      ...(timelines > 0 ? [plural(timelines, 'timeline')] : []),
    ].join(' and '),
    plural(results.length, 'case'),
    `${number(counted(results, 'passed'))} passed`,
    `${number(counted(results, 'failed'))} failed`,
    `${number(counted(results, 'skipped'))} skipped`,
  ];
  return `${[...lines, '', totals.join(', ')].join('\n')}\n`;
}

function mark(cases: readonly RuleTestResult[], paint: Paint): string {
  if (counted(cases, 'failed') > 0) return paint.bad('FAIL');
  return counted(cases, 'skipped') > 0 ? paint.warn('skip') : paint.good('ok  ');
}

/** The lines of a message stand below each other: a timeline says line by line what is missing and what came. */
function caseLines(result: RuleTestResult, width: number): string[] {
  const { file, line, outcome, message = '' } = result;
  const [first = '', ...others] = message.split('\n');
  return [
    ...hanging('', safe(`${file}:${line}: ${outcome}: ${caseName(result)}: ${first}`), width, 5),
    ...others.flatMap((text) => hanging('     ', `     ${safe(text)}`, width, 5)),
  ];
}

const caseName = ({ name, mode }: RuleTestResult): string =>
  mode === undefined ? name : `${name} (${mode})`;

function junitReport(tested: RuleTestRun): string {
  const { results } = tested;
  const unusable = unusableIn(tested);
  const counts = `tests="${results.length + unusable.length}" failures="${counted(results, 'failed')}" errors="${unusable.length}" skipped="${counted(results, 'skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="winnow test" ${counts}>`,
    `  <testsuite name="winnow test" ${counts}>`,
    ...results.map(junitCase),
    ...unusable.map(junitError),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const elements: Readonly<Record<Outcome, string | undefined>> = {
  passed: undefined,
  failed: 'failure',
  skipped: 'skipped',
};

function junitCase(result: RuleTestResult): string {
  const { rule, file, line, outcome, message = '' } = result;
  const head = `    <testcase classname="${escapeAttribute(rule)}" name="${escapeAttribute(caseName(result))}" file="${escapeAttribute(file)}" line="${line}"`;
  const element = elements[outcome];
  return element === undefined
    ? `${head}/>`
    : `${head}><${element} message="${escapeAttribute(message)}"/></testcase>`;
}

function junitError({ file, line, messages }: Unusable): string {
  const place = `file="${escapeAttribute(file)}"${line === undefined ? '' : ` line="${line}"`}`;
  const message = escapeAttribute(messages.join('\n'));
  return `    <testcase classname="${escapeAttribute(file)}" name="loads" ${place}><error message="${message}"/></testcase>`;
}

const descriptors = [
  { id: 'test-failed', text: 'A test of a rule failed' },
  { id: 'test-not-run', text: 'Tests could not run' },
].map(({ id, text }) => ({
  id,
  shortDescription: { text },
  defaultConfiguration: { level: 'error' },
}));

/**
 * SARIF 2.1.0: a result for every case that failed and every file that cannot be used, at the place where it stands; cases
 * that passed are counted.
 */
function sarifReport(tested: RuleTestRun, { version }: TestContext): string {
  const { results } = tested;
  const unusable = unusableIn(tested);
  const run = {
    tool: { driver: { name: 'winnow', semanticVersion: version, rules: descriptors } },
    invocations: [{ executionSuccessful: unusable.length === 0 }],
    columnKind: 'utf16CodeUnits',
    results: [
      ...results.filter(({ outcome }) => outcome === 'failed').map(sarifResult),
      ...unusable.map(sarifError),
    ],
    properties: {
      passed: counted(results, 'passed'),
      failed: counted(results, 'failed'),
      skipped: counted(results, 'skipped'),
      unusable: unusable.length,
    },
  };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${safeJson({ $schema: schema, version: '2.1.0', runs: [run] }, 2)}\n`;
}

const sarifResult = (result: RuleTestResult) => ({
  ruleId: 'test-failed',
  ruleIndex: 0,
  level: 'error',
  message: { text: safeLines(`${result.rule}: ${caseName(result)}: ${result.message ?? ''}`) },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: fileUri(result.file) },
        region: { startLine: result.line },
      },
    },
  ],
  partialFingerprints: { 'winnowTest/v1': safe(`${result.rule}/${caseName(result)}`) },
});

const sarifError = ({ file, line, messages }: Unusable) => ({
  ruleId: 'test-not-run',
  ruleIndex: 1,
  level: 'error',
  message: { text: safeLines(messages.join('\n')) },
  locations:
    file === ''
      ? []
      : [
          {
            physicalLocation: {
              artifactLocation: { uri: fileUri(file) },
              ...(line === undefined ? {} : { region: { startLine: line } }),
            },
          },
        ],
  partialFingerprints: { 'winnowTest/v1': safe(file) },
});
