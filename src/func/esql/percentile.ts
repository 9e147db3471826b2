import { aggregate } from './define.ts';
import { NUMERIC } from './types.ts';

export const percentile = aggregate({
  name: 'PERCENTILE',
  category: 'aggregate',
  summary: 'The number below which so many percent of them lie, interpolated.',
  parameters: [
    { name: 'number', types: NUMERIC, doc: 'The numbers.' },
    { name: 'percentile', types: NUMERIC, constant: true, doc: 'From 0 to 100.' },
  ],
  returns: 'double',
  examples: [],
});
