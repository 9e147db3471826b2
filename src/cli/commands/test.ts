/** `winnow test`: runs the tests of rules. */
import type { RuleTestRun } from '../../app/rule-tests.ts';
import type { RuleTestResult } from '../../verify/run.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import type { Settings } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { number, plural } from '../text/format.ts';
import { hanging } from '../text/layout.ts';
import type { Paint } from '../text/paint.ts';
import { safe, safeJson } from '../text/safe.ts';
import { escapeAttribute } from '../text/xml.ts';

export const test: Command = {
  name: 'test',
  doc: 'run the tests of rules (NAME.tests.toml beside NAME.toml, or anywhere with the rule_id)',
  details:
    'Each case is a record, or several, read as a scan reads it; [[fires]] must give an alert, [[quiet]] none.',
  arguments: [
    {
      name: '[PATHS...]',
      doc: 'folders, rules or test files; --rules adds rules that tests name by rule_id',
    },
  ],
  examples: [
    ['winnow test my-rules', 'all of a folder'],
    ['winnow test my-tests --rules detection-rules', 'your tests of rules that are not yours'],
    ['winnow test my-rules -o junit > winnow-tests.xml', 'for CI'],
  ],
  run,
};

async function run(
  paths: readonly string[],
  { settings, services, terminal, voice, style }: CommandContext,
): Promise<ExitCode> {
  const tested = await services.testRules({ paths, rules: settings.rules }, settings.rule);
  terminal.stdout.write(writers[settings.testOutput](tested, style));
  const errors = tested.problems.filter(({ severity }) => severity === 'error');
  for (const problem of tested.problems)
    if (problem.code !== 'RULE008' || tested.rules === 0) voice.diagnostic(problem);
  if (tested.untested.length > 0)
    voice.note(
      `${plural(tested.untested.length, 'rule')} without tests: ${tested.untested
        .slice(0, 5)
        .map(({ file }) => file)
        .join(', ')}${tested.untested.length > 5 ? ', …' : ''}`,
    );
  if (tested.results.some(({ outcome }) => outcome === 'failed')) return ExitCode.findings;
  if (errors.length > 0) return ExitCode.badInput;
  if (tested.results.length > 0) return ExitCode.nothingFound;
  voice.error(
    'no test was found',
    'the tests of NAME.toml stand in NAME.tests.toml beside it, or anywhere with its rule_id',
  );
  return ExitCode.badInput;
}

type Writer = (tested: RuleTestRun, style: Style) => string;

const writers: Readonly<Record<Settings['testOutput'], Writer>> = {
  text: textReport,
  json: ({ results, untested }) =>
    `${safeJson({ schema: 1, results, untested: untested.map(({ file }) => file) }, 2)}\n`,
  junit: junitReport,
};

type Outcome = RuleTestResult['outcome'];

const counted = (results: readonly RuleTestResult[], outcome: Outcome): number =>
  results.filter((result) => result.outcome === outcome).length;

/** What passed is one line a rule; what failed is a line a case, with the place where it stands. */
function textReport({ results }: RuleTestRun, { paint, width }: Style): string {
  const rules = [...Map.groupBy(results, ({ file }) => file).values()];
  const lines = rules.flatMap((cases) => [
    `${mark(cases, paint)} ${safe(cases[0]?.rule ?? '')} (${plural(cases.length, 'case')})`,
    ...cases.filter(({ outcome }) => outcome !== 'passed').flatMap((one) => caseLines(one, width)),
  ]);
  const totals = [
    plural(rules.length, 'rule'),
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

const caseLines = ({ file, line, name, outcome, message = '' }: RuleTestResult, width: number): string[] =>
  hanging('', safe(`${file}:${line}: ${outcome}: ${name}: ${message}`), width, 5);

function junitReport({ results }: RuleTestRun): string {
  const counts = `tests="${results.length}" failures="${counted(results, 'failed')}" errors="0" skipped="${counted(results, 'skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="winnow test" ${counts}>`,
    `  <testsuite name="winnow test" ${counts}>`,
    ...results.map(junitCase),
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

function junitCase({ rule, file, line, name, outcome, message = '' }: RuleTestResult): string {
  const head = `    <testcase classname="${escapeAttribute(rule)}" name="${escapeAttribute(name)}" file="${escapeAttribute(file)}" line="${line}"`;
  const element = elements[outcome];
  return element === undefined
    ? `${head}/>`
    : `${head}><${element} message="${escapeAttribute(message)}"/></testcase>`;
}
