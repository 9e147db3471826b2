/** From what was given to what counts: command line before environment before configuration file before default. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import { source as textSource } from '../../base/source.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { didYouMean } from '../../base/typo.ts';
import type { FileValues } from './config-file.ts';
import type { CommandName, Option, ParseContext } from './option.ts';
import { BadValue, environmentName } from './option.ts';
import type { SettingName, Settings } from './table.ts';
import { options, optionsOf, settingNames, sharedOptions } from './table.ts';

/** Raw values and where they were given. */
export interface Origin {
  /** `--since`, `WINNOW_SINCE`, or the key of the file. */
  readonly name: string;
  readonly raws: readonly string[];
  readonly source?: Source | undefined;
  readonly span?: Span | undefined;
}

export interface Given {
  readonly flags: ReadonlyMap<SettingName, Origin>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: FileValues;
}

/** Settings of one command. Values that are not allowed are CLI002, each with the place where it was given. */
export function resolveSettings(command: CommandName, given: Given, context: ParseContext): Result<Settings> {
  const problems: Diagnostic[] = [];
  const settings: Partial<Record<SettingName, unknown>> = {};
  for (const name of settingNames) settings[name] = options[name].default;
  for (const [name, option] of optionsOf(command)) {
    const origin =
      given.flags.get(name) ?? fromEnvironment(option, given.environment) ?? given.file.get(name);
    if (origin === undefined) continue;
    const parsed = parseValue(option, origin, context);
    if (parsed.ok) settings[name] = parsed.value;
    else problems.push(...parsed.diagnostics);
  }
  return problems.length > 0 ? failure(...problems) : success(settings as Settings, unknownVariables(given));
}

function parseValue(option: Option<unknown>, origin: Origin, context: ParseContext): Result<unknown> {
  try {
    return success(option.parse(origin.raws, context));
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    const { source = textSource(origin.name, ''), span } = origin;
    return failure(diagnostic('CLI002', error.message, { source, span, hint: error.hint }));
  }
}

/** Lists are separated by commas; an empty variable counts as not set. */
export function fromEnvironment(
  option: Option<unknown>,
  environment: Given['environment'],
): Origin | undefined {
  const name = environmentName(option);
  const raw = environment[name];
  if (raw === undefined || raw === '' || option.commandLineOnly === true) return undefined;
  return { name, raws: option.kind === 'list' ? raw.split(',').map((item) => item.trim()) : [raw] };
}

function unknownVariables({ environment }: Given): Diagnostic[] {
  const known = sharedOptions.map(([, option]) => environmentName(option));
  return Object.keys(environment)
    .filter((name) => name.startsWith('WINNOW_') && !known.includes(name))
    .map((name) =>
      diagnostic('CLI004', `no option is called ${name}`, {
        hint: didYouMean(name, known) ?? 'winnow scan --help shows the options',
      }),
    );
}
