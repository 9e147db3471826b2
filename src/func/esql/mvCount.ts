import { atomsOf } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvCount = scalar({
  name: 'MV_COUNT',
  category: 'list',
  summary: 'How many values there are.',
  parameters: [{ name: 'value', types: ANY, doc: 'The multi-value.' }],
  returns: 'integer',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([value]) =>
      atomsOf(value ?? null).length,
  examples: [
    { call: 'MV_COUNT(["a", "b", "a"])', gives: 3 },
    { call: 'MV_COUNT("a")', gives: 1 },
    { call: 'MV_COUNT(null)', gives: null },
  ],
});
