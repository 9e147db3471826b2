/** What a command is, for the parser, for help, for completion and for the reference page. */
import type { CommandName } from './options/option.ts';
import type { Settings } from './options/table.ts';
import type { ExitCode } from './exit.ts';
import type { Services } from './services.ts';
import type { Style, Terminal } from './terminal.ts';
import type { Voice } from './voice.ts';

export interface Command {
  readonly name: CommandName;
  /** A sentence without a full stop. */
  readonly doc: string;
  /** Paragraphs for its own help page. */
  readonly details?: string;
  readonly arguments: readonly Argument[];
  readonly examples: readonly (readonly [command: string, why: string])[];
  /** Looks at the signal itself, and ends with what there is until then; any other command just ends. */
  readonly endsInOrder?: true;
  readonly run: (given: readonly string[], context: CommandContext) => Promise<ExitCode>;
}

interface Argument {
  /** As commander writes it: `<FILE>` must be given, `[FILES...]` may be missing or several. */
  readonly name: string;
  readonly doc: string;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly settings: Settings;
  /** How text is laid out on standard output. */
  readonly style: Style;
  readonly voice: Voice;
  readonly services: Services;
  readonly version: string;
}
