import { scalar } from './define.ts';
import { DATE, SPAN } from './types.ts';

export const dateTrunc = scalar({
  name: 'DATE_TRUNC',
  category: 'date',
  summary: 'The date rounded down, in UTC.',
  parameters: [
    {
      name: 'interval',
      types: SPAN,
      constant: true,
      doc: 'What it is rounded down to: a calendar unit, or a length of time counted from the epoch.',
    },
    { name: 'date', types: DATE, doc: 'The date.' },
  ],
  returns: 'datetime',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
