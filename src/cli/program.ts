/** The command line as commander understands it, made from the lists of commands and options. */
import { Command as Commander, Option as CommanderOption } from 'commander';
import type { Command } from './command.ts';
import { commands } from './commands/index.ts';
import { exitCodeMeanings } from './exit.ts';
import type { Option } from './options/option.ts';
import { commandNames } from './options/option.ts';
import type { Origin } from './options/resolve.ts';
import type { SettingName } from './options/table.ts';
import { optionsOf } from './options/table.ts';
import type { Terminal } from './terminal.ts';
import { columnsOf, hasColour } from './terminal.ts';
import { hanging } from './text/layout.ts';
import { paint } from './text/paint.ts';

/** What the command line asks for. */
export interface Invocation {
  readonly command: Command;
  readonly arguments: readonly string[];
  readonly flags: ReadonlyMap<SettingName, Origin>;
}

const SUMMARY =
  'Runs detection rules over Kubernetes audit logs and container events, and says what is known to be benign.';

/** `invoked` is called once when the line is well formed; commander throws for everything else, help included. */
export function createProgram(
  terminal: Terminal,
  version: string,
  invoked: (what: Invocation) => void,
): Commander {
  const program = new Commander('winnow');
  configure(program, terminal)
    .description(SUMMARY)
    .version(`winnow ${version}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [COMMAND]', 'help on a command')
    .addHelpText('after', () => `\n${mainHelp(columnsOf(terminal.stdout, terminal.environment))}`);
  const parents = new Map<string, Commander>();
  for (const command of commands) {
    const parent = parentOf(command, program, parents, terminal);
    addCommand(parent, command, terminal, invoked);
  }
  return program;
}

function configure(program: Commander, terminal: Terminal): Commander {
  const { stdout, stderr, environment } = terminal;
  const { strong } = paint(hasColour('auto', stdout, environment));
  return program
    .exitOverride()
    .allowExcessArguments(false)
    .configureHelp({ styleTitle: strong, subcommandTerm: (command) => termOf(command) })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Errors come back as exceptions and are said in the same voice as all others.
      writeErr: (text) => stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => columnsOf(stdout, environment),
      getErrHelpWidth: () => columnsOf(stderr, environment),
      getOutHasColors: () => hasColour('auto', stdout, environment),
      getErrHasColors: () => hasColour('auto', stderr, environment),
    });
}

/** `scan [FILES...]`: that commands have options goes without saying. */
const termOf = (command: Commander): string =>
  [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ');

function argumentTerm(argument: {
  name(): string;
  readonly required: boolean;
  readonly variadic: boolean;
}): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** `rules list` lies under `rules`, which is made when it is first needed. */
function parentOf(
  { name }: Command,
  program: Commander,
  parents: Map<string, Commander>,
  terminal: Terminal,
): Commander {
  const [first = '', second] = name.split(' ');
  if (second === undefined) return program;
  const parent = parents.get(first) ?? configure(new Commander(first), terminal);
  if (!parents.has(first)) {
    const below = commands.filter((other) => other.name.startsWith(`${first} `));
    parent.description(
      describeParent(
        first,
        below.map((other) => other.name.slice(first.length + 1)),
      ),
    );
    parents.set(first, parent);
    program.addCommand(parent);
  }
  return parent;
}

/** `list or show rules`; where the words are no verbs of the name, what it is about comes first. */
const describeParent = (name: string, words: readonly string[]): string =>
  name === 'lofp' ? `the catalogue of false positives: ${words.join(', ')}` : `${words.join(' or ')} ${name}`;

function addCommand(
  parent: Commander,
  command: Command,
  terminal: Terminal,
  invoked: (what: Invocation) => void,
): void {
  const own = configure(new Commander(command.name.split(' ').at(-1) ?? command.name), terminal)
    .summary(command.doc)
    .description([`${capital(command.doc)}.`, command.details].filter(Boolean).join('\n\n'))
    .addHelpOption(new CommanderOption('-h, --help', 'show this help').helpGroup('General:'));
  const { strong } = paint(hasColour('auto', terminal.stdout, terminal.environment));
  for (const { name, doc } of command.arguments) own.argument(name, doc);
  for (const [name, option] of optionsOf(command.name)) addOption(own, name, option);
  own.addHelpText('after', () =>
    examplesText(command, columnsOf(terminal.stdout, terminal.environment), strong),
  );
  own.action(() => invoked({ command, arguments: own.args, flags: flagsOf(own, command) }));
  parent.addCommand(own);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function addOption(command: Commander, name: SettingName, option: Option<unknown>): void {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  const heading = `${option.group}:`;
  const make = (flags: string) => new CommanderOption(flags, description(option)).helpGroup(heading);
  if (option.kind === 'switch') {
    command.addOption(make(`${short}--${option.flag}`));
    command.addOption(make(`--no-${option.flag}`).hideHelp());
    return;
  }
  const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];
  command.addOption(make(`${short}--${option.flag} <${option.placeholder ?? 'VALUE'}>`).argParser(collect));
  if (name === 'color') command.addOption(make('--no-color').hideHelp());
}

/** Its sentence, the values that it takes and its default. */
function description({ doc, choices, defaultText }: Option<unknown>): string {
  const details = [
    ...(choices === undefined ? [] : [choices.join(', ')]),
    ...(defaultText === undefined ? [] : [`default: ${defaultText}`]),
  ];
  return details.length === 0 ? doc : `${doc} (${details.join('; ')})`;
}

function flagsOf(own: Commander, { name }: Command): ReadonlyMap<SettingName, Origin> {
  const flags = new Map<SettingName, Origin>();
  for (const [setting, option] of optionsOf(name)) {
    const value: unknown = own.getOptionValue(camelCase(option.flag));
    if (value === undefined) continue;
    flags.set(setting, { name: `--${option.flag}`, raws: rawsOf(value, setting) });
  }
  return flags;
}

function rawsOf(value: unknown, setting: SettingName): readonly string[] {
  if (Array.isArray(value)) return value as readonly string[];
  return [setting === 'color' ? 'never' : String(value)];
}

const camelCase = (flag: string): string =>
  flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function examplesText({ examples }: Command, width: number, strong: (text: string) => string): string {
  if (examples.length === 0) return '';
  const lines = examples.flatMap(([line, why]) => [
    `  ${line}`,
    ...(why === '' ? [] : hanging('', why, width, 6)),
  ]);
  return ['', strong('Examples:'), ...lines].join('\n');
}

function mainHelp(width: number): string {
  const codes = exitCodeMeanings.flatMap(({ code, meaning }) => hanging(`  ${code}`, meaning, width, 7));
  return [
    'Without a command, files are scanned: winnow audit.log.',
    '',
    ...hanging(
      '',
      'Every option is also an environment variable (WINNOW_FAIL_ON for --fail-on) and a key of winnow.toml (fail-on = "high"). The command line counts first, then the environment, then the file.',
      width,
      0,
    ),
    '',
    'Exit codes:',
    ...codes,
  ].join('\n');
}

export const commandWords: readonly string[] = [
  ...new Set(commandNames.flatMap((name) => name.split(' ')[0] ?? [])),
];
