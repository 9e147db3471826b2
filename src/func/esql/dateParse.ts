import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const dateParse = scalar({
  name: 'DATE_PARSE',
  category: 'date',
  summary: 'The date that a text means; null when it does not fit the format.',
  parameters: [
    {
      name: 'format',
      types: TEXT,
      optional: true,
      doc: "A pattern of Java's date formats; without it ISO 8601.",
    },
    { name: 'text', types: TEXT, doc: 'The text.' },
  ],
  returns: 'datetime',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
