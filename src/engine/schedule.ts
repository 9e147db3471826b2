/** When a rule runs, and over which span of time (engine A1). Everything in milliseconds. */
import type { DateReader } from '../data/date-math.ts';
import { dateReader, fixedOffset } from '../data/date-math.ts';
import type { LoadedRule } from '../rules/rule.ts';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const DEFAULT_FROM = 'now-6m';
const DEFAULT_INTERVAL = '5m';

/** `5m` in milliseconds. */
const milliseconds = (length: string): number =>
  Number(length.slice(0, -1)) * UNITS[length.slice(-1) as keyof typeof UNITS];

export class Schedule {
  readonly interval: number;
  readonly #from: DateReader;
  readonly #to: DateReader;
  /** The window of a run at 0, when that of every other run is as long. */
  readonly #fixed: { readonly from: number; readonly to: number } | undefined;

  constructor({ document: { rule } }: LoadedRule) {
    this.interval = Math.max(1, milliseconds(rule.interval ?? DEFAULT_INTERVAL));
    const [start, end] = [rule.from ?? DEFAULT_FROM, rule.to ?? 'now'];
    this.#from = dateReader(start);
    this.#to = dateReader(end);
    const [from, to] = [fixedOffset(start), fixedOffset(end)];
    this.#fixed = from === undefined || to === undefined ? undefined : { from, to };
  }

  /** The window of a run at this time, inclusive at both ends. */
  windowAt(at: number): { readonly from: number; readonly to: number } {
    return {
      from: this.#from(at) ?? at,
      to: this.#to(at) ?? at,
    };
  }

  /** How long the window is; a rule whose window is a fixed one looks back to its start. */
  lookBack(at: number): number {
    const { from, to } = this.windowAt(at);
    return Math.max(0, to - from);
  }

  /**
   * The first and the last run whose window has this time; the last lies before the first when none has. Undefined where
   * windows have no fixed length, because dates in them are rounded.
   */
  runsWith(time: number): { readonly first: number; readonly last: number } | undefined {
    if (this.#fixed === undefined) return undefined;
    const { from, to } = this.#fixed;
    return {
      first: this.tickAfter(time - to),
      last: Math.floor((time - from) / this.interval) * this.interval,
    };
  }

  /** The first run that sees an event of this time. */
  tickAfter(time: number): number {
    return Math.ceil(time / this.interval) * this.interval;
  }
}
