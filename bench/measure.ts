/** Several ways to do the same work, timed in turns, so that a noisy machine disturbs all of them alike. */

export interface Lane {
  readonly name: string;
  /** Does the work once and returns how many events it handled. */
  readonly run: () => number;
}

/** Microseconds of processor time for one event. */
export interface Cost {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The cost of an event in each lane, over the rounds; a first round warms up and is not counted. It is the time that this
 * thread had the processor: other work on the machine does not count, what it does to the caches does.
 */
export function measure(lanes: readonly Lane[], rounds: number): Cost[] {
  const costs = lanes.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    lanes.forEach(({ run }, i) => {
      const start = processorTime();
      const events = run();
      if (round > 0) costs[i]?.push((processorTime() - start) / events);
    });
  }
  return costs.map(costOf);
}

/** In microseconds. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

function costOf(values: readonly number[]): Cost {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] ?? NaN,
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
  };
}

/** The median, and how far the rounds lay from it: `12.3 (11.9–13.0)`. */
export const costText = ({ median, least, most }: Cost): string =>
  `${median.toFixed(1)} (${least.toFixed(1)}–${most.toFixed(1)})`;

export const row = (cells: readonly string[], first = 22, others = 20): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(first) : cell.padStart(others))).join('');
