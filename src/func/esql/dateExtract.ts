import { DATE_PARTS } from './date-words.ts';
import { scalar } from './define.ts';
import { DATE, TEXT } from './types.ts';

export const dateExtract = scalar({
  name: 'DATE_EXTRACT',
  category: 'date',
  summary: 'One part of a date, in UTC.',
  parameters: [
    { name: 'part', types: TEXT, oneOf: DATE_PARTS, doc: 'The part, such as `"hour_of_day"`.' },
    { name: 'date', types: DATE, doc: 'The date.' },
  ],
  returns: 'long',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
