import { scalar } from './define.ts';
import { DATE, TEXT } from './types.ts';

export const dateFormat = scalar({
  name: 'DATE_FORMAT',
  category: 'date',
  summary: 'The date as text, in UTC.',
  parameters: [
    {
      name: 'format',
      types: TEXT,
      optional: true,
      doc: "A pattern of Java's date formats, such as `yyyy-MM-dd HH:mm`; without it ISO 8601.",
    },
    { name: 'date', types: DATE, doc: 'The date.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
