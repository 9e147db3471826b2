/** `winnow demo`: writes the sample of a cluster's day, with an attack hidden in it. */
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { plural } from '../text/format.ts';
import { shellWord } from '../text/shell.ts';

const DEFAULT_FOLDER = 'winnow-sample';

export const demo: Command = {
  name: 'demo',
  doc: "write the sample: a cluster's day of audit and container events, with an attack hidden in it",
  arguments: [{ name: '[FOLDER]', doc: `where to write it (default: ${DEFAULT_FOLDER})` }],
  examples: [['winnow demo && winnow scan winnow-sample', 'a first look at Winnow']],
  run,
};

async function run([folder = DEFAULT_FOLDER]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { services, settings, terminal, voice } = context;
  const files = await services.writeSample(folder, settings.seed);
  for (const { path } of files) terminal.stdout.write(`${path}\n`);
  voice.note(
    `wrote ${files.map(({ path, events }) => `${plural(events, 'event')} to ${path}`).join(' and ')}`,
  );
  voice.note(`try: winnow scan ${shellWord(folder)}`);
  voice.note(`and: winnow lofp explain ${shellWord(folder)}, which says what in it is known to be benign`);
  return ExitCode.nothingFound;
}
