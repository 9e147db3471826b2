/**
 * A law is a test over generated values. Every run has a new seed, which is printed; `WINNOW_LAW_SEED` repeats one, and
 * `WINNOW_LAW_RUNS` sets the number of cases (a thousand unless it is set; a night's worth is a million).
 */
import { test } from 'node:test';
import * as fc from 'fast-check';

const runs = Number(process.env.WINNOW_LAW_RUNS ?? 1000);
const seed = Number(process.env.WINNOW_LAW_SEED ?? Date.now() % 2 ** 31);

export function law<Ts extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof Ts]: fc.Arbitrary<Ts[K]> },
  holds: (...values: Ts) => void,
): void {
  test(name, (t) => {
    t.diagnostic(`seed ${seed}, ${runs} cases`);
    fc.assert(fc.property(...arbitraries, holds), { numRuns: runs, seed });
  });
}
