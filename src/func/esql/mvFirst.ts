import { atomsOf } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvFirst = scalar({
  name: 'MV_FIRST',
  category: 'list',
  summary: 'The first value.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([value]) =>
      atomsOf(value ?? null)[0] ?? null,
  examples: [
    { call: 'MV_FIRST(["b", "a"])', gives: 'b' },
    { call: 'MV_FIRST(1)', gives: 1 },
    { call: 'MV_FIRST(null)', gives: null },
  ],
});
