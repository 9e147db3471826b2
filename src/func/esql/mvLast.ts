import { atomsOf } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvLast = scalar({
  name: 'MV_LAST',
  category: 'list',
  summary: 'The last value.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([value]) =>
      atomsOf(value ?? null).at(-1) ?? null,
  examples: [
    { call: 'MV_LAST(["b", "a"])', gives: 'a' },
    { call: 'MV_LAST(1)', gives: 1 },
    { call: 'MV_LAST(null)', gives: null },
  ],
});
