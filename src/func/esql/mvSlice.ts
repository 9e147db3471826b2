import { atomsOf, columnValue, isMulti } from '../../data/atom.ts';
import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { ANY, WHOLE } from './types.ts';

export const mvSlice = scalar({
  name: 'MV_SLICE',
  category: 'list',
  summary: 'Some of the values.',
  parameters: [
    { name: 'value', types: ANY, same: true, doc: 'The multi-value.' },
    { name: 'start', types: WHOLE, doc: 'The first place, counted from 0, or from the end when negative.' },
    {
      name: 'end',
      types: WHOLE,
      optional: true,
      doc: 'The last place, which is included; without it only the first.',
    },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([value = null, start, end = start], context) => {
      if (isMulti(start) || isMulti(end)) return lost('mvNull', context);
      const atoms = atomsOf(value);
      const place = (at: unknown): number => (Number(at) < 0 ? atoms.length + Number(at) : Number(at));
      return columnValue(atoms.slice(Math.max(0, place(start)), Math.max(0, place(end) + 1)));
    },
  examples: [
    { call: 'MV_SLICE([1, 2, 3, 4], 1, 2)', gives: [2, 3] },
    { call: 'MV_SLICE([1, 2, 3, 4], 0)', gives: 1 },
    { call: 'MV_SLICE([1, 2, 3, 4], -2, -1)', gives: [3, 4] },
    { call: 'MV_SLICE([1, 2], 5, 9)', gives: null },
    { call: 'MV_SLICE(null, 0)', gives: null },
  ],
});
