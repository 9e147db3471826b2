import { compareAtoms } from '../../data/atom.ts';
import type { Atom } from '../../data/column.ts';
import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const least = scalar({
  name: 'LEAST',
  category: 'condition',
  summary: 'The least argument; null when any is null.',
  parameters: [{ name: 'value', types: ORDERED, variadic: true, same: true, doc: 'The values.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  prepare:
    ({ returns }) =>
    (args) =>
      (args as Atom[]).reduce((best, value) => (compareAtoms(value, best, returns) < 0 ? value : best)),
  examples: [
    { call: 'LEAST(1, 2.5, 2)', gives: 1 },
    { call: 'LEAST("a", "B")', gives: 'B' },
    { call: 'LEAST(1, null)', gives: null },
    { call: 'LEAST(1, [2, 3])', gives: null },
  ],
});
