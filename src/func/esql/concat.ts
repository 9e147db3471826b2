import { joined } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const concat = scalar({
  name: 'CONCAT',
  category: 'text',
  summary: 'The texts one after the other.',
  parameters: [{ name: 'text', types: TEXT, variadic: true, doc: 'The texts.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare: () => (args, context) => joined(args, '', context),
  examples: [
    { call: 'CONCAT("a", "b", "c")', gives: 'abc' },
    { call: 'CONCAT("a", null)', gives: null },
    { call: 'CONCAT("a", ["b", "c"])', gives: null },
  ],
});
