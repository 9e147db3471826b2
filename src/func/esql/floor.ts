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
  examples: [],
});
