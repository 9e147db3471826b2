/** One run of the command line, from its words to its exit code. Nothing here touches the process. */
import { dirname, join } from 'node:path';
import { CommanderError } from 'commander';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { source } from '../base/source.ts';
import { didYouMean } from '../base/typo.ts';
import type { Command } from './command.ts';
import { SettingsError, UsageError, diagnosticOf } from './errors.ts';
import { ExitCode, interruptedBy } from './exit.ts';
import type { FileValues } from './options/config-file.ts';
import { readConfigFile } from './options/config-file.ts';
import type { Origin } from './options/resolve.ts';
import { fromEnvironment, resolveSettings } from './options/resolve.ts';
import type { Settings, SettingName } from './options/table.ts';
import { options } from './options/table.ts';
import type { Invocation } from './program.ts';
import { commandWords, createProgram } from './program.ts';
import type { Services } from './services.ts';
import type { ColourChoice, Output, Style, Terminal } from './terminal.ts';
import { columnsOf, hasColour } from './terminal.ts';
import { paint } from './text/paint.ts';
import { Voice } from './voice.ts';

/** `words` are the arguments after the program's name. Never throws. */
export async function runCli(
  words: readonly string[],
  terminal: Terminal,
  services: Services,
  version: string,
): Promise<ExitCode> {
  try {
    const invocation = await parse(withCommand(words, terminal), terminal, version);
    return invocation === undefined
      ? ExitCode.nothingFound
      : await execute(invocation, terminal, services, version);
  } catch (error) {
    return explainFailure(error, voiceFor(terminal, 'auto', false));
  }
}

/** By the code of the system. */
const LOSSES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file would be too large',
};

/** For data that could not be written. */
export function sayOutputLost(error: NodeJS.ErrnoException, terminal: Terminal): ExitCode {
  const why = LOSSES[error.code ?? ''] ?? error.message;
  const lost = diagnostic('CLI007', `standard output cannot be written: ${why}`);
  voiceFor(terminal, 'auto', false).diagnostic(lost);
  return ExitCode.badInput;
}

/** `winnow audit.log` means `winnow scan audit.log`; so does a line that begins with an option of scan. */
function withCommand(words: readonly string[], terminal: Terminal): readonly string[] {
  const [first] = words;
  if (first === undefined)
    throw new UsageError(
      'no command given',
      'winnow scan FILE scans a log, winnow demo writes a sample to try, winnow --help shows everything',
    );
  if ([...commandWords, 'help'].includes(first)) return words;
  if (['-h', '--help', '-V', '--version'].includes(first)) return words;
  if (first.startsWith('-') || /[*?]/.test(first) || terminal.exists(first)) return ['scan', ...words];
  const near = didYouMean(first, commandWords);
  throw new UsageError(
    `"${first}" is neither a command nor a file`,
    near ?? 'winnow --help lists the commands; winnow scan FILE scans a file',
  );
}

/** Undefined when help or the version was asked for, which has been printed then. */
async function parse(
  words: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<Invocation | undefined> {
  let invocation: Invocation | undefined;
  const program = createProgram(terminal, version, (what) => (invocation = what));
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, words);
  }
  return invocation;
}

/** Commander's `error: …\n(Did you mean …?)` as message and hint. */
function usageError({ message, code }: CommanderError, words: readonly string[]): UsageError {
  if (code === 'commander.help') return new UsageError('no command given', 'its commands are listed above');
  const [what = message, near] = message.replace(/^error: /, '').split('\n');
  const command = words
    .slice(0, ['rules', 'lofp'].includes(words[0] ?? '') ? 2 : 1)
    .filter((word) => !word.startsWith('-'));
  const help = ['winnow', ...command, '--help'].join(' ');
  return new UsageError(what, near === undefined ? `see ${help}` : near.replace(/^\(D(.*)\)$/, 'd$1'));
}

async function execute(
  { command, arguments: given, flags }: Invocation,
  terminal: Terminal,
  services: Services,
  version: string,
): Promise<ExitCode> {
  const settings = readSettings(command, flags, terminal);
  const voice = voiceFor(terminal, settings.value.color, settings.value.quiet);
  for (const warning of settings.diagnostics) voice.diagnostic(warning);
  const style = styleOf(terminal.stdout, settings.value.color, terminal);
  try {
    const run = command.run(given, { terminal, settings: settings.value, style, voice, services, version });
    return await (command.endsInOrder === true
      ? run
      : Promise.race([run, interrupted(terminal.signal, voice)]));
  } catch (error) {
    return explainFailure(error, voice);
  }
}

/** Never settles without a signal. What the command still does ends with the process. */
async function interrupted(signal: AbortSignal, voice: Voice): Promise<ExitCode> {
  if (!signal.aborted) await once(signal);
  voice.diagnostic(diagnostic('RUN001', 'it ended before it was done'));
  return interruptedBy(signal);
}

const once = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

interface Resolved {
  readonly value: Settings;
  readonly diagnostics: readonly Diagnostic[];
}

function readSettings(command: Command, flags: Invocation['flags'], terminal: Terminal): Resolved {
  const { environment, now } = terminal;
  const file = configValues(flags.get('config') ?? fromEnvironment(options.config, environment), terminal);
  const resolved = resolveSettings(command.name, { flags, environment, file }, { now: now() });
  if (!resolved.ok) throw new SettingsError(resolved.diagnostics);
  return resolved;
}

const CONFIG_FILE = 'winnow.toml';

/** A file that was named must be there; `winnow.toml` in the working folder may be. */
function configValues(named: Origin | undefined, terminal: Terminal): FileValues {
  const path = named?.raws.at(-1) ?? CONFIG_FILE;
  if (named === undefined && !terminal.exists(path)) return new Map<SettingName, Origin>();
  const text = readConfigText(path, terminal);
  const folder = dirname(path);
  const values = readConfigFile(source(path, text), folder === '.' ? '' : join(folder));
  if (!values.ok) throw new SettingsError(values.diagnostics);
  return values.value;
}

function readConfigText(path: string, terminal: Terminal): string {
  try {
    return terminal.readText(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const what = reason === 'ENOENT' ? 'there is no such file' : `it cannot be read (${reason})`;
    throw new SettingsError([
      diagnostic('CLI003', `the configuration file cannot be used: ${what}`, { source: source(path, '') }),
    ]);
  }
}

const styleOf = (output: Output, colour: ColourChoice, { environment }: Terminal): Style => ({
  paint: paint(hasColour(colour, output, environment)),
  width: columnsOf(output, environment),
});

const voiceFor = (terminal: Terminal, colour: ColourChoice, quiet: boolean): Voice =>
  new Voice(terminal.stderr, styleOf(terminal.stderr, colour, terminal), quiet);

function explainFailure(error: unknown, voice: Voice): ExitCode {
  if (error instanceof UsageError) {
    voice.error(error.message, error.hint);
    return ExitCode.usage;
  }
  if (error instanceof SettingsError) {
    for (const problem of error.diagnostics) voice.diagnostic(problem);
    return ExitCode.usage;
  }
  const known = diagnosticOf(error);
  if (known !== undefined) {
    voice.diagnostic(known);
    return ExitCode.badInput;
  }
  voice.error('a fault in Winnow: this should not happen, and is worth a report with what follows');
  voice.details(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return ExitCode.fault;
}
