import type { Accumulator } from './define.ts';
import { atomsOf } from '../../data/atom.ts';
import type { Stored } from './partials.ts';
import { better, restore, store } from './partials.ts';
import { aggregate } from './define.ts';
import { ORDERED } from './types.ts';

export const max = aggregate({
  name: 'MAX',
  category: 'aggregate',
  summary: 'The greatest value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The values.' }],
  returns: 'same',
  prepare: ({ returns }): Accumulator<Stored | null> => ({
    empty: () => null,
    add: (partial, [value = null]) =>
      atomsOf(value).reduce<Stored | null>((best, atom) => better(best, store(atom), returns, -1), partial),
    merge: (left, right) => better(left, right, returns, -1),
    finish: (partial) => (partial === null ? null : restore(partial)),
    size: () => 1,
    quietUpTo: Infinity,
  }),
  examples: [
    { call: 'MAX(x)', rows: [[2], [[3, 1]], [null]], gives: 3 },
    { call: 'MAX(x)', rows: [['b'], ['a']], gives: 'b' },
    { call: 'MAX(x)', rows: [[null]], gives: null },
  ],
});
