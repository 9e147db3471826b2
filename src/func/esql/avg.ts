import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const avg = aggregate({
  name: 'AVG',
  category: 'aggregate',
  summary: 'The mean of the numbers.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: 'double',
  examples: [],
});
