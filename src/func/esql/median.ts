import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const median = aggregate({
  name: 'MEDIAN',
  category: 'aggregate',
  summary: 'The number in the middle, or the mean of the two in the middle.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: 'double',
  examples: [],
});
