/** What the command line needs of the process that it runs in, so that tests run it without one. */
import type { Piece } from '../model/alert-parts.ts';
import type { Paint } from './text/paint.ts';

export interface Output {
  write(text: Piece): void;
  /** What was written goes out now; it does before long in any case. */
  flush?(): void;
  /** Settled once what was written has gone out, where more would pile up; undefined while it does not. */
  room?(): Promise<void> | undefined;
  readonly isTerminal: boolean;
  /** Width of the terminal; undefined when there is none. */
  readonly columns: number | undefined;
  /** The stream itself, for the progress bar. */
  readonly stream?: NodeJS.WritableStream;
}

export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdinIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether there is a file or folder, seen from the working folder. */
  readonly exists: (path: string) => boolean;
  /** Throws Node's errors, with their `code`. */
  readonly readText: (path: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted by the first SIGINT or SIGTERM; its reason is the signal's name. */
  readonly signal: AbortSignal;
}

export type ColourChoice = 'auto' | 'always' | 'never';

/**
 * Whether to write colour to an output. `--color` and `--no-color` decide; else NO_COLOR, then FORCE_COLOR (both as
 * on no-color.org and in Node); else a terminal has colour unless it calls itself dumb.
 */
export function hasColour(
  choice: ColourChoice,
  output: Output,
  environment: Terminal['environment'],
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(environment['NO_COLOR'])) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return output.isTerminal && environment['TERM'] !== 'dumb';
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

const WITHOUT_TERMINAL = 100;
const NARROWEST = 40;

/** Columns to lay text out in: the terminal's, else `COLUMNS`, else 100 (logs of CI jobs and files). */
export function columnsOf(output: Output, environment: Terminal['environment']): number {
  const told = Number(environment['COLUMNS']);
  const columns = output.columns ?? (Number.isInteger(told) && told > 0 ? told : WITHOUT_TERMINAL);
  return Math.max(NARROWEST, columns);
}

/** How to lay out and colour text on one output. */
export interface Style {
  readonly paint: Paint;
  readonly width: number;
}
