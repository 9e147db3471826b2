import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const sqrt = scalar({
  name: 'SQRT',
  category: 'number',
  summary: 'The square root; null of a negative number.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The number.' }],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
