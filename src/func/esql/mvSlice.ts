import { scalar } from './define.ts';
import { ANY, WHOLE } from './types.ts';

export const mvSlice = scalar({
  name: 'MV_SLICE',
  category: 'list',
  summary: 'Some of the values.',
  parameters: [
    { name: 'value', types: ANY, same: true, doc: 'The multi-value.' },
    { name: 'start', types: WHOLE, doc: 'The first place, counted from 0, or from the end when negative.' },
    {
      name: 'end',
      types: WHOLE,
      optional: true,
      doc: 'The last place, which is included; without it only the first.',
    },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
