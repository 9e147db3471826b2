import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const pow = scalar({
  name: 'POW',
  category: 'number',
  summary: 'The base to the power of the exponent.',
  parameters: [
    { name: 'base', types: NUMERIC, doc: 'The base.' },
    { name: 'exponent', types: NUMERIC, doc: 'The exponent.' },
  ],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
