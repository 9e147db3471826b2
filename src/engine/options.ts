/** How an engine is to run. */
import type { DetectorOptions } from './detector.ts';
import type { Mode } from './event-times.ts';
import type { EngineInputs } from './ports.ts';

export interface EngineOptions extends DetectorOptions {
  /** `stream` unless given. */
  readonly mode?: Mode;
  /** Milliseconds by which an event may come after later ones; 0 unless given. */
  readonly lateness?: number;
  /** In a stream, new terms without enough history: held back and counted unless `alert`. */
  readonly coldStart?: 'learn' | 'alert';
  /** With `compat`, what is over `max_signals`: one alert about all of it, as in a stream, unless `drop`. */
  readonly overflow?: 'summary' | 'drop';
  /** With `compat`, spans of time in which nothing ran, both ends included. */
  readonly outages?: readonly { readonly from: number; readonly to: number }[];
  readonly inputs?: EngineInputs;
}

/** What the clock of a stream needs of them, and that of runs. */
export const streamOptions = ({ lateness = 0, coldStart = 'learn' }: EngineOptions) => ({
  lateness,
  coldStart,
});

export const compatOptions = ({ lateness = 0, overflow = 'summary', outages = [] }: EngineOptions) => ({
  lateness,
  overflow,
  outages,
});
