/** Several ways to do the same work, timed in turns, so that a noisy machine disturbs all of them alike. */

export interface Lane {
  readonly name: string;
  /** Does the work once and returns how many events it handled. */
  readonly run: () => number;
}

/** Events per second of each lane, the median of the rounds; a first round warms up and is not counted. */
export function measure(lanes: readonly Lane[], rounds: number): number[] {
  const rates = lanes.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    lanes.forEach(({ run }, i) => {
      const start = performance.now();
      const events = run();
      const rate = (events / (performance.now() - start)) * 1000;
      if (round > 0) rates[i]?.push(rate);
    });
  }
  return rates.map(median);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
