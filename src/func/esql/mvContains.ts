import { atomKey, atomsOf } from '../../data/atom.ts';
import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const mvContains = scalar({
  name: 'MV_CONTAINS',
  category: 'list',
  summary: 'Whether every value of the second is one of the first; never null.',
  parameters: [
    { name: 'superset', types: ANY, same: true, doc: 'The values to look in.' },
    { name: 'subset', types: ANY, same: true, doc: 'The values to look for.' },
  ],
  returns: 'boolean',
  nulls: 'own',
  multi: 'own',
  prepare:
    () =>
    ([superset = null, subset = null]) => {
      const keys = new Set(atomsOf(superset).map(atomKey));
      // An empty text to look for is not looked for, as Elasticsearch has it.
      return atomsOf(subset).every((value) => value === '' || keys.has(atomKey(value)));
    },
  examples: [
    { call: 'MV_CONTAINS(["a", "b"], ["b"])', gives: true },
    { call: 'MV_CONTAINS(["a", "b"], ["b", "c"])', gives: false },
    { call: 'MV_CONTAINS("a", null)', gives: true },
    { call: 'MV_CONTAINS(null, "a")', gives: false },
  ],
});
