/** `winnow explain`: why a rule fires for an event, or why it does not, clause by clause. */
import type { ExplainOptions, RecordChoice } from '../../app/explain.ts';
import type { ExplainInputs } from '../../app/explained-events.ts';
import type { BenignKnowledge, RuleFilter } from '../../app/types.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { success } from '../../base/result.ts';
import { KeptPipes } from '../../ingest/source/kept-pipes.ts';
import type { IngestOptions } from '../../ingest/types.ts';
import type { LoadedRule, RuleSet } from '../../rules/rule.ts';
import { openedBenign } from '../benign.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit.ts';
import { explainWriters } from '../explain-view.ts';
import { findRules } from '../find-rules.ts';
import type { Settings } from '../options/table.ts';
import { pipelineWriters } from '../pipeline-view.ts';
import { queryChoices } from '../query-inputs.ts';
import { stateWriters } from '../state-view.ts';
import type { Terminal } from '../terminal.ts';

export const explain: Command = {
  name: 'explain',
  doc: 'say why a rule fires for an event or does not: which clause held, and on what values',
  details:
    'FILE:LINE names one record, as winnow.sources of an alert does (FILE@OFFSET where lines mean nothing). ' +
    'A file without a line is searched for the events that came nearest to a match. With --key, the rule runs over ' +
    'all the files, and what it then remembers of that value is shown: which step of a sequence waits, how far a ' +
    'count is, when a term was seen. A rule over alerts is explained for the alerts that the other rules of --rules ' +
    'make of the files.',
  arguments: [
    {
      name: '<FILE[:LINE]...>',
      doc: "FILE:LINE or FILE@OFFSET; or files, globs, folders to search; - is standard input, '<stdin>:LINE' a record of it",
    },
  ],
  examples: [
    ["winnow explain --rule 'Secrets listed*' audit.log:1042", 'why this event did or did not fire'],
    ['winnow explain --rule my-rules/exec.toml audit.log', 'what is missing for the rule to fire at all'],
    ["winnow explain --rule 'Many Denied*' --key eve logs/", 'what the rule waits for, about eve'],
  ],
  run,
};

/** What a scan reads and is told besides the places, as far as it matters here. */
type Around = Omit<ExplainInputs, 'inputs'>;

async function run(places: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, voice } = context;
  const rules = await rulesToExplain(context);
  const pipes = new KeptPipes();
  const ingest = ingestOptions(settings, readsOnce(rules, places) ? undefined : pipes);
  const around = aroundOf(ingest, context);
  const code =
    settings.key === undefined
      ? await explainPlaces(rules, places, around, context)
      : await explainMemory(rules, places, { ...around, key: settings.key }, context);
  if (!pipes.isIncomplete) return code;
  voice.diagnostic(diagnostic('INP018', 'more than 1 GiB came through a pipe, which is read again'));
  return ExitCode.badInput;
}

/** Only a rule that pipes rows needs the same input twice by itself. */
const readsOnce = ([rule, ...others]: readonly LoadedRule[], places: readonly string[]): boolean =>
  others.length === 0 && places.length === 1 && rule?.plan?.kind !== 'pipeline';

function aroundOf(ingest: IngestOptions, { settings, services, terminal }: CommandContext): Around {
  const { indicators, anomalies, mode, lateness } = settings;
  let others: Promise<RuleSet> | undefined;
  return {
    ingest,
    indicators,
    anomalies,
    engine: { mode, lateness },
    queries: queryChoices({ ...settings, completion: 'off' }, terminal),
    others: () => (others ??= services.loadRules(settings.rules, ALL_RULES, settings)),
  };
}

/** As a scan chooses them that is told nothing else. */
const ALL_RULES: RuleFilter = { rules: [], tags: [], deprecated: false, buildingBlocks: false };

async function explainPlaces(
  rules: readonly LoadedRule[],
  places: readonly string[],
  around: Around,
  context: CommandContext,
): Promise<ExitCode> {
  const { settings, terminal, voice } = context;
  const benign = await openedBenign(context);
  if (benign === undefined) return ExitCode.badInput;
  let failed = rules.length === 0;
  for (const rule of rules) {
    for (const { input, records } of places.map((place) => parsePlace(place, settings, terminal))) {
      const result = await explainOne(rule, { ...around, inputs: [input], records }, { context, benign });
      if (result.ok) terminal.stdout.write(result.value);
      else for (const problem of result.diagnostics) voice.diagnostic(problem);
      failed ||= !result.ok;
    }
  }
  return failed ? ExitCode.badInput : ExitCode.nothingFound;
}

/** A rule that pipes rows is followed command by command, any other clause by clause. */
async function explainOne(
  rule: LoadedRule,
  options: ExplainOptions,
  { context, benign }: { readonly context: CommandContext; readonly benign: BenignKnowledge },
): Promise<Result<string>> {
  const { settings, services, style } = context;
  const { plan } = rule;
  if (plan?.kind !== 'pipeline') {
    const explained = await services.explain(rule, options);
    return explained.ok
      ? success(explainWriters[settings.pageOutput](explained.value, benign, context))
      : explained;
  }
  const followed = await services.explainPipeline(rule, plan, options);
  return followed.ok
    ? success(pipelineWriters[settings.pageOutput](followed.value, style, settings.all))
    : followed;
}

/** With `--key`: what the rules remember after all the files. */
async function explainMemory(
  rules: readonly LoadedRule[],
  inputs: readonly string[],
  { key, ...around }: Around & { readonly key: string },
  { settings, services, terminal, voice, style }: CommandContext,
): Promise<ExitCode> {
  let failed = rules.length === 0;
  const { history } = settings;
  for (const rule of rules) {
    const result = await services.explainState(rule, { ...around, inputs, history, key });
    if (result.ok) terminal.stdout.write(stateWriters[settings.pageOutput](result.value, key, style));
    else for (const problem of result.diagnostics) voice.diagnostic(problem);
    failed ||= !result.ok;
  }
  return failed ? ExitCode.badInput : ExitCode.nothingFound;
}

async function rulesToExplain(context: CommandContext): Promise<readonly LoadedRule[]> {
  const { settings, voice } = context;
  if (settings.rule.length === 0)
    throw new UsageError(
      'which rule?',
      'name it with --rule ID|NAME|FILE; winnow rules list shows what there is',
    );
  const { rules, problems } = await findRules(settings.rule, context);
  for (const problem of [...problems, ...rules.flatMap((rule) => rule.diagnostics)])
    voice.diagnostic(problem);
  return rules;
}

const ingestOptions = (
  { format, keepRequestReceived, cluster }: Settings,
  keptPipes: KeptPipes | undefined,
): IngestOptions => ({
  shape: format,
  keepRequestReceived,
  ...(cluster === undefined ? {} : { cluster }),
  ...(keptPipes === undefined ? {} : { keptPipes }),
});

interface Place {
  readonly input: string;
  readonly records: RecordChoice;
}

/** As the places of alerts name it; `-:12` would be an option. */
const STDIN_NAME = '<stdin>';

/** A file whose very name ends in `:12` is taken as it stands. */
function parsePlace(text: string, { nearest }: Settings, terminal: Terminal): Place {
  const [, file = '', sign, digits] = /^(.+)([:@])(\d+)$/.exec(text) ?? [];
  if (sign === undefined || terminal.exists(text))
    return { input: text, records: { by: 'nearest', count: nearest } };
  const at = sign === ':' ? { line: Number(digits) } : { offset: Number(digits) };
  return { input: file === STDIN_NAME ? '-' : file, records: { by: 'place', at } };
}
