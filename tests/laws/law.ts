/**
 * A law is a test over generated values. A run repeats the cases of the last one unless `WINNOW_LAW_SEED` names another
 * seed, or `random` for a new one, which is printed. `WINNOW_LAW_RUNS` sets the number of cases (a thousand unless it is
 * set; a night's worth is a million). A law whose cases take `cost` times as long as usual has so many times fewer.
 */
import { test } from 'node:test';
import * as fc from 'fast-check';

/** How many cases to try, and what they are made from. */
export const cases = Number(process.env.WINNOW_LAW_RUNS ?? 1000);
const wanted = process.env.WINNOW_LAW_SEED ?? '20260302';
export const seed = wanted === 'random' ? Date.now() % 2 ** 31 : Number(wanted);

export function law<Ts extends [unknown, ...unknown[]]>(
  name: string,
  arbitraries: { [K in keyof Ts]: fc.Arbitrary<Ts[K]> },
  holds: (...values: Ts) => void,
  { cost = 1 }: { readonly cost?: number } = {},
): void {
  const numRuns = Math.ceil(cases / cost);
  test(name, (t) => {
    t.diagnostic(`seed ${seed}, ${numRuns} cases`);
    fc.assert(fc.property(...arbitraries, holds), { numRuns, seed });
  });
}
