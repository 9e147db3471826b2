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
  examples: [],
});
