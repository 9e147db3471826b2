/** `winnow version`: what to name in a bug report. */
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';

export const version: Command = {
  name: 'version',
  doc: 'print the version of Winnow and of what it runs on',
  arguments: [],
  examples: [],
  run: async (_given, { terminal, version: own }: CommandContext) => {
    terminal.stdout.write(
      `winnow ${own} (node ${process.versions.node}, ${process.platform} ${process.arch})\n`,
    );
    return ExitCode.nothingFound;
  },
};
