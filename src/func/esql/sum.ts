import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const sum = aggregate({
  name: 'SUM',
  category: 'aggregate',
  summary: 'The sum: a long of whole numbers, else a double. Null when there is no number.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: ([type]) => (type === 'double' ? 'double' : 'long'),
  examples: [],
});
