/** `winnow explain`: why a rule fires for an event, or why it does not, clause by clause. */
import type { Explained, ExplainedEvent, ExplainOptions, RecordChoice } from '../../app/explain.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { success } from '../../base/result.ts';
import type { BenignKnowledge } from '../../app/types.ts';
import type { Source } from '../../base/source.ts';
import { source } from '../../base/source.ts';
import { renderExplanation } from '../../exec/explain/index.ts';
import { KeptPipes } from '../../ingest/index.ts';
import type { IngestOptions } from '../../ingest/types.ts';
import type { Fit } from '../../model/benign.ts';
import { isSure } from '../../model/benign.ts';
import { placeText } from '../../model/place.ts';
import { describeRule } from '../../rules/load/describe.ts';
import type { RuleType } from '../../rules/format/schema.ts';
import type { LoadedRule, RuleException } from '../../rules/rule.ts';
import { openedBenign } from '../benign.ts';
import type { Command, CommandContext } from '../command.ts';
import { clauseLines, withPlaces } from '../clause-view.ts';
import { UsageError } from '../errors.ts';
import { ExitCode } from '../exit.ts';
import { findRules } from '../find-rules.ts';
import type { Settings } from '../options/table.ts';
import { pipelineWriters } from '../pipeline-view.ts';
import { queryChoices } from '../query-inputs.ts';
import { stateWriters } from '../state-view.ts';
import type { Style, Terminal } from '../terminal.ts';
import { instant, isoInstant, plural } from '../text/format.ts';
import { hanging } from '../text/layout.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe, safeLines } from '../text/safe.ts';

export const explain: Command = {
  name: 'explain',
  doc: 'say why a rule fires for an event or does not: which clause held, and on what values',
  details:
    'FILE:LINE names one record, as winnow.sources of an alert does (FILE@OFFSET where lines mean nothing). ' +
    'A file without a line is searched for the events that came nearest to a match. With --key, the rule runs over ' +
    'all the files, and what it then remembers of that value is shown: which step of a sequence waits, how far a ' +
    'count is, when a term was seen.',
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

async function run(places: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, voice } = context;
  const rules = await rulesToExplain(context);
  const pipes = new KeptPipes();
  const ingest = ingestOptions(settings, readsOnce(rules, places) ? undefined : pipes);
  const code =
    settings.key === undefined
      ? await explainPlaces(rules, places, ingest, context)
      : await explainMemory(rules, places, { ingest, key: settings.key }, context);
  if (!pipes.isIncomplete) return code;
  voice.diagnostic(diagnostic('INP018', 'more than 1 GiB came through a pipe, which is read again'));
  return ExitCode.badInput;
}

/** Only a rule that pipes rows needs the same input twice by itself. */
const readsOnce = ([rule, ...others]: readonly LoadedRule[], places: readonly string[]): boolean =>
  others.length === 0 && places.length === 1 && rule?.plan?.kind !== 'pipeline';

async function explainPlaces(
  rules: readonly LoadedRule[],
  places: readonly string[],
  ingest: IngestOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { settings, terminal, voice } = context;
  const benign = await openedBenign(context);
  if (benign === undefined) return ExitCode.badInput;
  let failed = rules.length === 0;
  for (const rule of rules) {
    for (const { input, records } of places.map((place) => parsePlace(place, settings, terminal))) {
      const queries = queryChoices({ ...settings, completion: 'off' }, terminal);
      const result = await explainOne(
        rule,
        { inputs: [input], ingest, records, queries },
        { context, benign },
      );
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
    return explained.ok ? success(writers[settings.pageOutput](explained.value, benign, context)) : explained;
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
  { ingest, key }: { readonly ingest: IngestOptions; readonly key: string },
  { settings, services, terminal, voice, style }: CommandContext,
): Promise<ExitCode> {
  let failed = rules.length === 0;
  const { history, lateness } = settings;
  for (const rule of rules) {
    const options = { inputs, ingest, history, lateness, key };
    const result = await services.explainState(rule, options);
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

type Writer = (explained: Explained, benign: BenignKnowledge, context: CommandContext) => string;

const writers: Readonly<Record<Settings['pageOutput'], Writer>> = {
  text: (explained, benign, context) => `${textLines(explained, benign, context).join('\n')}\n`,
  json: (explained, benign) => `${safeJson(jsonDocument(explained, benign), 2)}\n`,
};

/** What an alert of these types needs besides an event for which the query holds (engine A5.4, A5.5, A5.7). */
const MORE_THAN_ITS_QUERY: Readonly<Partial<Record<RuleType, string>>> = {
  threshold: 'Such an event is counted, and is no alert by itself: --key VALUE says how far the count is.',
  new_terms: 'Such an event is an alert only when its values are new: --key VALUE says when they were seen.',
  threat_match:
    'Such an event is an alert only when an indicator fits it, of those that a scan is given with --indicators.',
};

function textLines(
  { rule, events, matched, explained }: Explained,
  benign: BenignKnowledge,
  { style, settings }: CommandContext,
): string[] {
  const { paint, width } = style;
  const { rule: document } = rule.document;
  const more = MORE_THAN_ITS_QUERY[document.type];
  const fires = more === undefined ? 'the rule fires' : "the rule's query holds";
  const counts = `${plural(events, 'event')} read; ${fires} for ${matched === 0 ? 'none' : matched} of those looked at`;
  return [
    paint.strong(safe(document.name)),
    ...hanging('', safe(`${rule.file}; ${counts}`), width, 0).map(paint.faint),
    ...(more === undefined || matched === 0 ? [] : hanging('', more, width, 0).map(paint.warn)),
    ...explained.flatMap((one) => [
      '',
      ...eventLines(one, rule, style, settings.all),
      ...benignLines(fitting(one, benign), style),
    ]),
    ...(explained.length === 0 ? ['', 'No event came near: none was read, or all of them match.'] : []),
  ];
}

function eventLines(
  { event, routing, explanation, exceptedBy }: ExplainedEvent,
  rule: LoadedRule,
  style: Style,
  all: boolean,
): string[] {
  const { paint, width } = style;
  const head = `${placeText(event.origin)}, ${instant(event.time)} UTC`;
  return [
    paint.strong(safe(head)),
    ...(routing.fits ? [] : hanging('', routingText(routing), width, 0).map(paint.warn)),
    ...exceptedBy.flatMap((one) => hanging('', exceptionText(one), width, 0).map(paint.warn)),
    ...safeLines(renderExplanation(explanation, queryOf(rule), { all }).trimEnd())
      .split('\n')
      .flatMap((line) => clauseLines(line, width, paint)),
  ];
}

const fitting = ({ event }: ExplainedEvent, benign: BenignKnowledge): readonly Fit[] =>
  benign.fitting(event.document, event.time ?? 0);

function benignLines(fits: readonly Fit[], { width, paint }: Style): string[] {
  if (fits.length === 0) return [paint.faint('No profile of a benign behaviour fits this event.')];
  return fits.flatMap(({ behaviour, title, grade }) => {
    const doubt = isSure(grade) ? '' : ', which the requester could imitate';
    return hanging('', safe(`Explained by ${behaviour} ${title} (grade ${grade}${doubt}).`), width, 0);
  });
}

const routingText = ({ index, patterns = [] }: ExplainedEvent['routing']): string =>
  `A scan does not ask this rule: it reads ${patterns.map(safe).join(', ')}, and the event belongs to ` +
  `${index === undefined ? 'no index that can be told' : safe(index)} (winnow scan --ignore-index asks it all the same).`;

/** `Excepted by "Backup reads secrets" (storage@example.com, shared.yaml:2): the nightly backup.` */
function exceptionText({ name, owner, reason, place }: RuleException): string {
  const file = `${place.source.name}:${place.source.place(place.span.start).line}`;
  const who = owner === undefined ? file : `${owner}, ${file}`;
  return safe(`Excepted by "${name}" (${who})${reason === undefined ? '' : `: ${reason}`}`);
}

/** A rule may consist of filters alone. */
const queryOf = ({ query, file }: LoadedRule): Source => query ?? source(file, '');

const jsonDocument = ({ rule, events, matched, explained }: Explained, benign: BenignKnowledge) => ({
  schema: 1,
  rule: describeRule(rule),
  events,
  matched,
  explained: explained.map((one) => ({
    ...eventDocument(one, rule),
    explained_by: fitting(one, benign),
  })),
});

const eventDocument = (
  { event, routing, explanation, exceptedBy, distance }: ExplainedEvent,
  rule: LoadedRule,
) => ({
  source: event.origin,
  key: event.key,
  time: event.time === undefined ? null : isoInstant(event.time),
  matches: distance === 0 && routing.fits,
  routing,
  distance,
  excepted: exceptedBy.map(({ list, item, name }) => ({ list, item, name })),
  explanation: withPlaces(explanation, queryOf(rule)),
  document: event.document,
});
