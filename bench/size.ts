/**
 * How much the lanes do: WINNOW_BENCH_EVENTS, WINNOW_BENCH_ROUNDS and WINNOW_BENCH_MILLISECONDS, which is how long a round
 * takes at least, replace what they do by themselves.
 */
export interface Size {
  readonly events: number;
  /** Counted ones; one more comes before them and warms up. */
  readonly rounds: number;
}

export const sizeOf = (events: number, rounds = 5): Size => ({
  events: numberFrom('WINNOW_BENCH_EVENTS') ?? events,
  rounds: numberFrom('WINNOW_BENCH_ROUNDS') ?? rounds,
});

export function numberFrom(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${name} must be a whole number above 0, not ${text}`);
  return number;
}
