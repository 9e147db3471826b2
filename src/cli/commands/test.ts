/** `winnow test`: runs the tests that stand beside rules, and timelines. */
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { queryChoices } from '../query-inputs.ts';
import { testReports } from '../report/test-run.ts';
import { plural } from '../text/format.ts';

export const test: Command = {
  name: 'test',
  doc: 'run the tests of rules (*.tests.toml) and timelines (*.timeline)',
  details:
    'NAME.tests.toml tests the rule NAME.toml beside it, or anywhere the rule with its rule_id. Each case is a ' +
    'record, or several, read as a scan reads it; [[fires]] must give an alert, [[quiet]] none. A timeline says what happens when, and which alerts there must be; each of its cases runs in ' +
    'both modes.',
  arguments: [
    {
      name: '[PATHS...]',
      doc: 'folders, rules, test files or timelines; --rules adds rules that tests name by rule_id',
    },
  ],
  examples: [
    ['winnow test my-rules', 'all of a folder'],
    ['winnow test my-tests --rules detection-rules', 'your tests of rules that are not yours'],
    ['winnow test brute-force.timeline', 'a timeline'],
    ['winnow test my-rules --exceptions exceptions.yaml', 'whether they still fire with your exceptions'],
    ['winnow test my-rules -o junit > winnow-tests.xml', 'for CI'],
  ],
  run,
};

async function run(
  paths: readonly string[],
  { settings, services, terminal, voice, style, version }: CommandContext,
): Promise<ExitCode> {
  const { exceptions, overlays } = settings;
  const from = { paths, rules: settings.rules };
  const tested = await services.testRules(
    from,
    settings.rule,
    { exceptions, overlays },
    queryChoices(settings, terminal),
  );
  terminal.stdout.write(testReports[settings.testOutput](tested, { style, version }));
  const errors = tested.problems.filter(({ severity }) => severity === 'error');
  for (const problem of tested.problems)
    if (problem.code !== 'RULE008' || tested.results.length === 0) voice.diagnostic(problem);
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
    'the tests of NAME.toml stand in NAME.tests.toml beside it, or anywhere with its rule_id; timelines in *.timeline',
  );
  return ExitCode.badInput;
}
