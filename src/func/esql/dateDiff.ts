import { DATE_UNITS } from './date-words.ts';
import { scalar } from './define.ts';
import { DATE, TEXT } from './types.ts';

export const dateDiff = scalar({
  name: 'DATE_DIFF',
  category: 'date',
  summary: 'Whole units from start to end, cut off toward zero, negative when end is before start.',
  parameters: [
    { name: 'unit', types: TEXT, oneOf: DATE_UNITS, doc: 'The unit.' },
    { name: 'start', types: DATE, doc: 'From here.' },
    { name: 'end', types: DATE, doc: 'To here.' },
  ],
  returns: 'integer',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
