import type { Accumulator } from './define.ts';
import { aggregate } from './define.ts';
import { ANY } from './types.ts';

export const count = aggregate({
  name: 'COUNT',
  category: 'aggregate',
  summary: 'The number of values, each of a multi-value by itself; without an argument or with `*`, of rows.',
  parameters: [{ name: 'value', types: ANY, optional: true, doc: 'What is counted.' }],
  returns: 'long',
  prepare: ({ types }): Accumulator<number> => ({
    empty: () => 0,
    add: (partial, [value = null]) => partial + (types.length === 0 ? 1 : valuesIn(value)),
    merge: (left, right) => left + right,
    finish: (partial) => partial,
    size: () => 1,
    quietUpTo: Infinity,
  }),
  examples: [
    { call: 'COUNT(x)', rows: [['a'], [null], [['b', 'c']]], gives: 3 },
    { call: 'COUNT(*)', rows: [['a'], [null], [['b', 'c']]], gives: 3 },
    { call: 'COUNT(x)', rows: [], gives: 0 },
  ],
});

const valuesIn = (value: unknown): number => (value === null ? 0 : Array.isArray(value) ? value.length : 1);
