import { compareAtoms } from '../../data/atom.ts';
import type { Atom } from '../../data/column.ts';
import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const greatest = scalar({
  name: 'GREATEST',
  category: 'condition',
  summary: 'The greatest argument; null when any is null.',
  parameters: [{ name: 'value', types: ORDERED, variadic: true, same: true, doc: 'The values.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  prepare:
    ({ returns }) =>
    (args) =>
      (args as Atom[]).reduce((best, value) => (compareAtoms(value, best, returns) > 0 ? value : best)),
  examples: [
    { call: 'GREATEST(1, 2.5, 2)', gives: 2.5 },
    { call: 'GREATEST("a", "B")', gives: 'a' },
    { call: 'GREATEST(1, null)', gives: null },
    { call: 'GREATEST(1, [2, 3])', gives: null },
  ],
});
