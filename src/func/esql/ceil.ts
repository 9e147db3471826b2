import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const ceil = scalar({
  name: 'CEIL',
  category: 'number',
  summary: 'The next whole number above, of the same type.',
  parameters: [{ name: 'number', types: NUMERIC, same: true, doc: 'The number.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([value]) =>
      typeof value === 'number' ? Math.ceil(value) : (value ?? null),
  examples: [
    { call: 'CEIL(1.5)', gives: 2 },
    { call: 'CEIL(-1.5)', gives: -1 },
    { call: 'CEIL(3)', gives: 3 },
    { call: 'CEIL([1.5, 2.5])', gives: null },
  ],
});
