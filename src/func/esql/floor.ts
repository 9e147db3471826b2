import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const floor = scalar({
  name: 'FLOOR',
  category: 'number',
  summary: 'The next whole number below, of the same type.',
  parameters: [{ name: 'number', types: NUMERIC, same: true, doc: 'The number.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([value]) =>
      typeof value === 'number' ? Math.floor(value) : (value ?? null),
  examples: [
    { call: 'FLOOR(1.5)', gives: 1 },
    { call: 'FLOOR(-1.5)', gives: -2 },
    { call: 'FLOOR(3)', gives: 3 },
    { call: 'FLOOR([1.5, 2.5])', gives: null },
  ],
});
