/** `winnow scan`: rules and logs in, alerts out. */
import { resolve } from 'node:path';
import type { BenignKnowledge, Progress, ScanListener, ScanOptions } from '../../app/types.ts';
import type { Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { Piece } from '../../model/alert-parts.ts';
import type { RunSummary } from '../../model/summary.ts';
import type { Refusal } from '../../ingest/types.ts';
import type { RuleSet } from '../../rules/rule.ts';
import { openedBenign } from '../benign.ts';
import { collectInLittleMemory } from '../memory.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../errors.ts';
import { wordAsError } from '../find-rules.ts';
import { ExitCode, interruptedBy, UNREADABLE } from '../exit.ts';
import type { Settings } from '../options/table.ts';
import type { ProgressView } from '../progress.ts';
import { progressView } from '../progress.ts';
import { fails } from '../report/groups.ts';
import { reportFormats } from '../report/index.ts';
import { summaryLines } from '../report/summary-text.ts';
import type { Report, ReportFormat } from '../report/types.ts';
import { queryChoices } from '../query-inputs.ts';
import { ruleFilter } from '../rule-filter.ts';
import { ruleProblems, sayRuleProblems } from '../rule-problems.ts';
import { viewRules } from '../rule-view.ts';
import { placeText } from '../../model/place.ts';

export const scan: Command = {
  name: 'scan',
  doc: 'run detection rules over audit logs and container events',
  details:
    'Reads files, globs, folders or standard input: NDJSON, JSON, gzip, zstd, and the envelopes of the usual ' +
    'clouds and log shippers. The shape of each record is detected. Alerts go to standard output, everything ' +
    'else to standard error.',
  arguments: [{ name: '[FILES...]', doc: 'files, globs, folders, or - for standard input' }],
  examples: [
    ['winnow scan audit.log', 'the shipped rules over one file'],
    ['kubectl logs -n audit ds/collector | winnow scan -', 'from a pipe'],
    ['winnow scan -r detection-rules/rules logs/ --severity high', "your checkout of Elastic's rules"],
    [
      'winnow scan logs/ --state winnow.db',
      'again and again: each time what is new, with what was before in mind',
    ],
    [
      'winnow scan logs/ --catalogue lofp --values site.toml',
      'with a catalogue of false positives, and your own accounts for the profiles of benign behaviours',
    ],
    ['winnow scan logs/ --since now-1d -o sarif > winnow.sarif', 'for code scanning'],
  ],
  endsInOrder: true,
  run,
};

async function run(files: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, services, terminal, voice } = context;
  collectInLittleMemory();
  const inputs = inputsOf(files, terminal.stdinIsTerminal);
  const options = scanOptions(inputs, context);
  const benign = await openedBenign(context);
  if (benign === undefined) return ExitCode.badInput;
  const format = reportFormats[settings.output ?? (terminal.stdout.isTerminal ? 'table' : 'ndjson')];
  if (settings.mode === 'stream' && settings.onMaxSignals === 'drop')
    voice.warning('--on-max-signals drop is for --mode compat: a stream drops nothing');
  const report = format.create(reportContext(context));
  const progress = progressFor(format, context);
  const tellsAtTheEnd = format.standsAlone !== true;
  const listener = new Listener(context, report, { progress, tellsAtTheEnd, benign });
  let summary: RunSummary;
  try {
    summary = await services.scan({ ...options, benign }, listener, terminal.signal);
  } finally {
    progress.stop();
  }
  if (format.forTerminal !== true) voice.lines(summaryLines(summary, voice.style));
  sayWhyBad(summary, context);
  return exitCode(summary, settings.failOn, listener.ruleErrors, terminal.signal);
}

function inputsOf(files: readonly string[], stdinIsTerminal: boolean): readonly string[] {
  if (files.length > 0) return files;
  if (!stdinIsTerminal) return ['-'];
  throw new UsageError(
    'nothing to scan',
    'name files, globs or folders, or pipe a log in; winnow demo writes a sample to try',
  );
}

function scanOptions(inputs: readonly string[], { settings, terminal }: CommandContext): ScanOptions {
  const { since, until, cluster } = settings;
  if (since !== undefined && until !== undefined && since > until)
    throw new UsageError(
      '--since is later than --until, so no event fits',
      'give the earlier time to --since',
    );
  refuseIdleOptions(settings);
  return {
    inputs,
    ingest: {
      shape: settings.format,
      keepRequestReceived: settings.keepRequestReceived,
      ...(cluster === undefined ? {} : { cluster }),
    },
    rules: settings.rules,
    filter: ruleFilter(settings),
    exceptions: settings.exceptions,
    overlays: settings.overlays,
    ignoreIndex: settings.ignoreIndex,
    evaluator: settings.engine,
    costs: settings.costs,
    ...(settings.threads === 0 ? {} : { threads: settings.threads }),
    queries: queryChoices(settings, terminal),
    ...stateOptions(settings),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}

/** An option that does nothing would leave its user believing that it did. */
function refuseIdleOptions({ engine, threads, costs }: Settings): void {
  if (threads > 1 && engine !== 'bytes')
    throw new UsageError(
      '--threads shares the scanning of bytes, which no other engine does',
      `leave out --engine ${engine}`,
    );
  if (costs && engine !== 'bytes' && engine !== 'index')
    throw new UsageError('--costs tells what the index could not rule out', `leave out --engine ${engine}`);
}

function stateOptions(settings: Settings): Partial<ScanOptions> {
  const { mode, lateness, onMaxSignals, indicators, anomalies, history, compareModes } = settings;
  const { state, finish, alerts } = settings;
  if (state !== undefined && compareModes)
    throw new UsageError('--compare-modes reads all events in both modes', 'leave out --state');
  if (state === undefined && finish)
    throw new UsageError('--finish ends what a state file keeps', 'name the file with --state FILE');
  if (state !== undefined && alerts !== undefined && resolve(state) === resolve(alerts))
    throw new UsageError('--alerts and --state name the same file', 'name a file of its own for each');
  return {
    engine: { mode, lateness, overflow: onMaxSignals === 'drop' ? 'drop' : 'summary' },
    indicators,
    anomalies,
    history,
    compareModes,
    ...(state === undefined ? {} : { state: { file: state, finish } }),
    ...(alerts === undefined ? {} : { alerts }),
  };
}

const reportContext = ({ terminal, settings, style, version }: CommandContext) => ({
  write: (text: Piece) => terminal.stdout.write(text),
  style,
  version,
  failOn: settings.failOn,
  maxGroups: settings.maxGroups,
  hints: !settings.quiet,
  shippedRules: settings.rules.length === 0,
});

const progressFor = (format: ReportFormat, { terminal, settings }: CommandContext): ProgressView =>
  progressView(terminal, {
    quiet: settings.quiet,
    isShared: (terminal.stdout.isTerminal && !format.atTheEnd) || settings.showRefused,
    before: 'loading rules',
  });

interface Telling {
  readonly progress: ProgressView;
  readonly tellsAtTheEnd: boolean;
  readonly benign: BenignKnowledge;
}

class Listener implements ScanListener {
  readonly #context: CommandContext;
  readonly #report: Report;
  readonly #progress: ProgressView;
  readonly #benign: BenignKnowledge;
  readonly tellsAtTheEnd: boolean;
  #rules: RuleSet | undefined;

  constructor(context: CommandContext, report: Report, { progress, tellsAtTheEnd, benign }: Telling) {
    this.#context = context;
    this.#report = report;
    this.#progress = progress;
    this.#benign = benign;
    this.tellsAtTheEnd = tellsAtTheEnd;
  }

  get ruleErrors(): number {
    return this.#rules === undefined ? 0 : ruleProblems(this.#rules).errors.length;
  }

  rulesLoaded(rules: RuleSet): void {
    this.#rules = rules;
    this.#report.start(viewRules(rules, (rule) => this.#benign.about(rule)));
    this.#progress.begin();
  }

  progress(progress: Progress): void {
    this.#progress.update(progress);
  }

  refused({ origin, code, message, excerpt }: Refusal): void {
    if (!this.#context.settings.showRefused) return;
    this.#context.voice.note(`${placeText(origin)}: refused ${code}: ${message}: ${excerpt}`);
  }

  alert(...[alert]: Parameters<Report['alert']>): void {
    this.#report.alert(alert);
    // The state file notes next that somebody was told.
    if (this.#context.settings.state !== undefined) this.#context.terminal.stdout.flush?.();
  }

  room(): Promise<void> | undefined {
    return this.#context.terminal.stdout.room?.();
  }

  /** Problems are said after the progress bar is gone and before the summary. */
  ended(summary: RunSummary): void {
    this.#progress.stop();
    if (this.#rules !== undefined) sayRuleProblems(withWordsAsErrors(this.#rules), this.#context.voice);
    this.#report.finish(summary);
  }
}

/** A word that fits no rule is a remark, unless it is why there is no rule at all. */
const withWordsAsErrors = (set: RuleSet): RuleSet =>
  set.rules.length > 0 ? set : { ...set, diagnostics: set.diagnostics.map(wordAsError) };

/** What the exit code is about must be read without the summary too. */
function sayWhyBad({ rules, input, interrupted }: RunSummary, { voice, settings }: CommandContext): void {
  if (interrupted) return;
  if (rules.runnable === 0) {
    const reasons = rules.notRunnable.map(({ what, count }) => `${what} ${count}`).join(', ');
    voice.error(
      rules.loaded === 0
        ? 'no rule ran: none was found, or none passed the filters'
        : `no rule ran: ${reasons}`,
      'winnow rules list shows every rule, and why it does not run',
    );
  }
  if (!settings.quiet) return;
  for (const { code, what, examples } of input.refused)
    if (UNREADABLE.has(code)) voice.error(`${code}: ${what}: ${examples.join(', ')}`);
}

/** Findings first, because they are certain; 0 only when rules did run, none is faulty and every file could be read. */
function exitCode(
  { alerts, rules, input, interrupted }: RunSummary,
  failOn: Severity | 'never',
  ruleErrors: number,
  signal: AbortSignal,
): ExitCode {
  if (interrupted) return interruptedBy(signal);
  if (severities.some((severity) => fails(severity, failOn) && alerts.bySeverity[severity] > 0))
    return ExitCode.findings;
  const unreadable = input.refused.some(({ code }) => UNREADABLE.has(code));
  return ruleErrors > 0 || rules.runnable === 0 || unreadable ? ExitCode.badInput : ExitCode.nothingFound;
}
