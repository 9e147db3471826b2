/** `winnow completion`: scripts that complete commands, options and their values, made from the table of options. */
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../../base/typo.ts';
import { ExitCode } from '../exit.ts';
import type { CommandName, Option } from '../options/option.ts';
import { commandNames } from '../options/option.ts';
import { optionsOf } from '../options/table.ts';

const shells = { bash, zsh, fish } as const;

export const completion: Command = {
  name: 'completion',
  doc: 'print a script that completes commands and options in a shell',
  arguments: [{ name: '<SHELL>', doc: 'bash, zsh or fish' }],
  examples: [
    ['source <(winnow completion bash)', 'in ~/.bashrc; the same with zsh in ~/.zshrc'],
    ['winnow completion fish > ~/.config/fish/completions/winnow.fish', ''],
  ],
  run: async ([shell = ''], { terminal }: CommandContext) => {
    const names = Object.keys(shells);
    if (!Object.hasOwn(shells, shell))
      throw new UsageError(
        `no completion for "${shell}"`,
        didYouMean(shell, names) ?? `one of ${names.join(', ')}`,
      );
    terminal.stdout.write(shells[shell as keyof typeof shells]());
    return ExitCode.nothingFound;
  },
};

const isSwitch = ({ kind }: Option<unknown>): boolean => kind === 'switch';

const flagsOf = (command: CommandName): string[] =>
  optionsOf(command).flatMap(([, { flag, short }]) => [
    `--${flag}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);

/** First words, and second words of those that have them. */
const firstWords = [...new Set(commandNames.map((name) => name.split(' ')[0] ?? name))];
const secondWords = (first: string): string[] =>
  commandNames.filter((name) => name.startsWith(`${first} `)).map((name) => name.slice(first.length + 1));

function bash(): string {
  const cases = commandNames.flatMap((command) => [
    `    '${command}')`,
    '      case "$previous" in',
    ...optionsOf(command).flatMap(([, option]) => bashValues(option)),
    '      esac',
    `      [[ $word == -* ]] && COMPREPLY=($(compgen -W '${flagsOf(command).join(' ')}' -- "$word")) && return ;;`,
  ]);
  const seconds = firstWords
    .filter((first) => secondWords(first).length > 0)
    .map(
      (first) =>
        `    ${first}) [[ $COMP_CWORD == 2 ]] && COMPREPLY=($(compgen -W '${secondWords(first).join(' ')}' -- "$word")) && return ;;`,
    );
  return [
    '# Completion of winnow for bash: source <(winnow completion bash)',
    '_winnow() {',
    '  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}',
    '  COMPREPLY=()',
    '  if [[ $COMP_CWORD == 1 ]]; then',
    `    COMPREPLY=($(compgen -W '${firstWords.join(' ')}' -- "$word")); return`,
    '  fi',
    '  case "$command" in',
    ...seconds,
    '  esac',
    `  case "$command" in ${firstWords.filter((first) => secondWords(first).length > 0).join('|')}) command="$command \${COMP_WORDS[2]}" ;; esac`,
    '  case "$command" in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -f -- "$word"))',
    '}',
    'complete -o filenames -F _winnow winnow',
    '',
  ].join('\n');
}

function bashValues(option: Option<unknown>): string[] {
  const names = [`--${option.flag}`, ...(option.short === undefined ? [] : [`-${option.short}`])].join('|');
  return option.choices === undefined
    ? []
    : [`        ${names}) COMPREPLY=($(compgen -W '${option.choices.join(' ')}' -- "$word")); return ;;`];
}

/** zsh runs the completion function of bash. */
function zsh(): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash()}`;
}

function fish(): string {
  const isFirst = '__fish_use_subcommand';
  const firsts = firstWords.map((first) => `complete -c winnow -n ${isFirst} -a ${first}`);
  const seconds = firstWords.flatMap((first) =>
    secondWords(first).map(
      (second) => `complete -c winnow -f -n '__fish_seen_subcommand_from ${first}' -a ${second}`,
    ),
  );
  return [
    '# Completion of winnow for fish: winnow completion fish > ~/.config/fish/completions/winnow.fish',
    ...firsts,
    ...seconds,
    ...commandNames.flatMap((command) => optionsOf(command).map(([, option]) => fishOption(command, option))),
    '',
  ].join('\n');
}

function fishOption(command: CommandName, option: Option<unknown>): string {
  const seen = command
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
  const short = option.short === undefined ? '' : ` -s ${option.short}`;
  const value = isSwitch(option)
    ? ''
    : option.choices === undefined
      ? ' -r'
      : ` -xa '${option.choices.join(' ')}'`;
  return `complete -c winnow -n '${seen}' -l ${option.flag}${short}${value} -d '${option.doc.replaceAll("'", String.raw`\'`)}'`;
}
