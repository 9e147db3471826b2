import { atomsOf, isMulti } from '../../data/atom.ts';
import { joined, lost } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const mvConcat = scalar({
  name: 'MV_CONCAT',
  category: 'list',
  summary: 'The values as one text.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The multi-value.' },
    { name: 'delimiter', types: TEXT, doc: 'What stands between.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'own',
  prepare:
    () =>
    ([value, delimiter], context) =>
      isMulti(delimiter)
        ? lost('mvNull', context)
        : joined(atomsOf(value ?? null), String(delimiter), context),
  examples: [
    { call: 'MV_CONCAT(["a", "b"], ", ")', gives: 'a, b' },
    { call: 'MV_CONCAT("a", ", ")', gives: 'a' },
    { call: 'MV_CONCAT(null, ", ")', gives: null },
  ],
});
