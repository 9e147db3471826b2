import { scalar } from './define.ts';
import { NUMERIC, WHOLE } from './types.ts';

export const round = scalar({
  name: 'ROUND',
  category: 'number',
  summary: 'The number rounded, halves away from zero.',
  parameters: [
    { name: 'number', types: NUMERIC, same: true, doc: 'The number.' },
    {
      name: 'decimals',
      types: WHOLE,
      optional: true,
      doc: 'How many decimals are kept; 0 without it, tens and hundreds when negative.',
    },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
