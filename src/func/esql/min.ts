import type { Accumulator } from './define.ts';
import { atomsOf } from '../../data/atom.ts';
import type { Stored } from './partials.ts';
import { better, restore, store } from './partials.ts';
import { aggregate } from './define.ts';
import { ORDERED } from './types.ts';

export const min = aggregate({
  name: 'MIN',
  category: 'aggregate',
  summary: 'The least value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The values.' }],
  returns: 'same',
  prepare: ({ returns }): Accumulator<Stored | null> => ({
    empty: () => null,
    add: (partial, [value = null]) =>
      atomsOf(value).reduce<Stored | null>((best, atom) => better(best, store(atom), returns, 1), partial),
    merge: (left, right) => better(left, right, returns, 1),
    finish: (partial) => (partial === null ? null : restore(partial)),
    size: () => 1,
    quietUpTo: Infinity,
  }),
  examples: [
    { call: 'MIN(x)', rows: [[2], [[3, 1]], [null]], gives: 1 },
    { call: 'MIN(x)', rows: [['b'], ['a']], gives: 'a' },
    { call: 'MIN(x)', rows: [[null]], gives: null },
  ],
});
