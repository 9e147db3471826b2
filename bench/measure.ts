/** Several ways to do the same work, timed in turns, so that a noisy machine disturbs all of them alike. */
import { numberFrom } from './size.ts';

export interface Lane {
  readonly name: string;
  /** Does the work once and returns how many events it handled. */
  readonly run: () => number;
}

/** What the rounds gave: the middle one, and how far the others lay from it. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Microseconds of processor time for one event. */
export interface Cost extends Spread {
  /** In their order: rounds with the same place were measured one behind the other. */
  readonly rounds: readonly number[];
}

/** The system counts processor time in ticks of up to ten milliseconds: what is shorter than many of them is done again. */
const ROUND_MICROSECONDS = 1000 * (numberFrom('WINNOW_BENCH_MILLISECONDS') ?? 200);

/**
 * The cost of an event in each lane, over the rounds; a first round warms up and is not counted. It is the time that this
 * thread had the processor: other work on the machine does not count, what it does to the caches does.
 */
export function measure(lanes: readonly Lane[], rounds: number): Cost[] {
  const costs = lanes.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    lanes.forEach((lane, i) => {
      const cost = costOfRound(lane);
      if (round > 0) costs[i]?.push(cost);
    });
  }
  return costs.map(costOf);
}

function costOfRound({ run }: Lane): number {
  const start = processorTime();
  let [events, time] = [0, 0];
  while (time < ROUND_MICROSECONDS) {
    events += run();
    time = processorTime() - start;
  }
  return time / events;
}

/** In microseconds. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

const costOf = (rounds: readonly number[]): Cost => ({ ...spreadOf(rounds), rounds });

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] ?? NaN,
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
  };
}

/** How many times the throughput of `floor`: the rounds compared one by one, since a noisy one disturbs both. */
export const timesAsFast = (cost: Cost, floor: Cost): Spread =>
  spreadOf(cost.rounds.map((own, round) => (floor.rounds[round] ?? NaN) / own));

/** `12.3 (11.9–13.0)`. */
export const spreadText = ({ median, least, most }: Spread, digits = 2): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

export const costText = (cost: Spread): string => spreadText(cost, 1);

/** The heads of what `speeds` gives. */
export const SPEEDS = ['events/s', 'MB/s', '÷ JSON.parse'] as const;

/** How fast it is: events and megabytes a second, and compared with JSON.parse of the same bytes. */
export const speeds = (cost: Cost, parse: Cost, bytesOfAnEvent: number): string[] => [
  Math.round(1e6 / cost.median).toLocaleString('en'),
  (bytesOfAnEvent / cost.median).toFixed(0),
  spreadText(timesAsFast(cost, parse)),
];

export const row = (cells: readonly string[], first = 22, others = 20): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(first) : `  ${cell.padStart(others - 2)}`)).join('');
