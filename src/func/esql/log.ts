import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const log = scalar({
  name: 'LOG',
  category: 'number',
  summary: 'The logarithm; null where there is none.',
  parameters: [
    { name: 'base', types: NUMERIC, optional: true, doc: 'The base; e without it.' },
    { name: 'number', types: NUMERIC, doc: 'The number.' },
  ],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
