import type { Accumulator } from './define.ts';
import { atomsOf, columnValue, compareAtoms } from '../../data/atom.ts';
import type { Stored } from './partials.ts';
import { restore, store } from './partials.ts';
import { aggregate } from './define.ts';
import { ORDERED, TEXT, WHOLE } from './types.ts';

export const top = aggregate({
  name: 'TOP',
  category: 'aggregate',
  summary: 'The least or greatest values in order, repeated ones too.',
  parameters: [
    { name: 'value', types: ORDERED, same: true, doc: 'The values.' },
    { name: 'limit', types: WHOLE, constant: true, doc: 'How many are kept.' },
    {
      name: 'order',
      types: TEXT,
      optional: true,
      constant: true,
      oneOf: ['asc', 'desc'],
      doc: 'Which end is kept: `"asc"` the least, `"desc"` the greatest.',
    },
  ],
  returns: 'same',
  prepare: ({ returns, constants: [, limit, order = 'asc'] }): Accumulator<readonly Stored[]> => {
    const sign = String(order).toLowerCase() === 'desc' ? -1 : 1;
    const keep = (values: readonly Stored[]): readonly Stored[] =>
      values.toSorted((a, b) => sign * compareAtoms(restore(a), restore(b), returns)).slice(0, Number(limit));
    return {
      empty: () => [],
      add: (partial, [value = null]) => keep([...partial, ...atomsOf(value).map(store)]),
      merge: (left, right) => keep([...left, ...right]),
      finish: (partial) => columnValue(partial.map(restore)),
      size: (partial) => partial.length,
    };
  },
  examples: [
    { call: 'TOP(x, 2, "desc")', rows: [[1], [[3, 3]], [null]], gives: [3, 3] },
    { call: 'TOP(x, 2)', rows: [[3], [1], [2]], gives: [1, 2] },
    { call: 'TOP(x, 2)', rows: [], gives: null },
  ],
});
