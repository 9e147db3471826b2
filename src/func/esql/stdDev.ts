import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const stdDev = aggregate({
  name: 'STD_DEV',
  category: 'aggregate',
  summary: 'The standard deviation of the population.',
  parameters: [{ name: 'number', types: NUMERIC, doc: 'The numbers.' }],
  returns: 'double',
  examples: [],
});
