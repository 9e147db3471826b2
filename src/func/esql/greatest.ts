import { scalar } from './define.ts';
import { ORDERED } from './types.ts';

export const greatest = scalar({
  name: 'GREATEST',
  category: 'condition',
  summary: 'The greatest argument; null when any is null.',
  parameters: [{ name: 'value', types: ORDERED, variadic: true, same: true, doc: 'The values.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
