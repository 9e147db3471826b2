import { atomsOf, columnValue, distinctAtoms } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvDedupe = scalar({
  name: 'MV_DEDUPE',
  category: 'list',
  summary: 'Every value once.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The multi-value.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([value]) =>
      columnValue(distinctAtoms(atomsOf(value ?? null))),
  examples: [
    { call: 'MV_DEDUPE(["b", "a", "b"])', gives: ['b', 'a'] },
    { call: 'MV_DEDUPE([1, 1])', gives: 1 },
    { call: 'MV_DEDUPE(null)', gives: null },
  ],
});
