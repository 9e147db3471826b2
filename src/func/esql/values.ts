import type { Accumulator } from './define.ts';
import { atomsOf, columnValue } from '../../data/atom.ts';
import type { StoredSet } from './partials.ts';
import { addTo, restore } from './partials.ts';
import { aggregate } from './define.ts';
import { ANY } from './types.ts';

export const values = aggregate({
  name: 'VALUES',
  category: 'aggregate',
  summary: 'The distinct values, in the order in which they came; null when there is none.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The values.' }],
  returns: 'same',
  prepare: (): Accumulator<Collected> => ({
    empty: () => ({ count: 0, values: {} }),
    add: (partial, [value = null]) => {
      for (const atom of atomsOf(value)) if (addTo(partial.values, atom)) partial.count++;
      return partial;
    },
    merge: (left, right) => {
      for (const value of Object.values(right.values)) if (addTo(left.values, restore(value))) left.count++;
      return left;
    },
    finish: ({ values: found }) => columnValue(Object.values(found).map(restore)),
    size: ({ count }) => count,
    quietUpTo: Infinity,
  }),
  examples: [
    { call: 'VALUES(x)', rows: [['b'], [['a', 'b']], [null]], gives: ['b', 'a'] },
    { call: 'VALUES(x)', rows: [[1], [1]], gives: 1 },
    { call: 'VALUES(x)', rows: [], gives: null },
  ],
});

interface Collected {
  count: number;
  values: StoredSet;
}
