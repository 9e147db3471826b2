import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const abs = scalar({
  name: 'ABS',
  category: 'number',
  summary: 'The number without its sign.',
  parameters: [{ name: 'number', types: NUMERIC, same: true, doc: 'The number.' }],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
