import { scalar } from './define.ts';
import { ANY } from './types.ts';

export const coalesce = scalar({
  name: 'COALESCE',
  category: 'condition',
  summary: 'The first argument that is not null, multi-values as they are.',
  parameters: [{ name: 'value', types: ANY, same: true, variadic: true, doc: 'The values, in order.' }],
  returns: 'same',
  nulls: 'own',
  multi: 'own',
  prepare: () => (args) => args.find((arg) => arg !== null) ?? null,
  examples: [
    { call: 'COALESCE(null, "b", "c")', gives: 'b' },
    { call: 'COALESCE(null, [1, 2])', gives: [1, 2] },
    { call: 'COALESCE(null)', gives: null },
  ],
});
