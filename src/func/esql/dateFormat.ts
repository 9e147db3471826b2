import { dateFormatMistake, formatDate, isoDate } from '../../data/date-format.ts';
import { lost } from './calls.ts';
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
      mistake: (format) => dateFormatMistake(String(format)),
      doc: "A pattern of Java's date formats, such as `yyyy-MM-dd HH:mm`; without it ISO 8601.",
    },
    { name: 'date', types: DATE, doc: 'The date.' },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare: () => (args, context) => {
    const [format, date] = args.length === 1 ? [undefined, args[0]] : args;
    if (format === undefined) return isoDate(Number(date));
    return formatDate(String(format), Number(date)) ?? lost('convFail', context);
  },
  examples: [
    { call: 'DATE_FORMAT("yyyy-MM-dd HH:mm", "2026-01-31T08:05:09.123Z")', gives: '2026-01-31 08:05' },
    { call: 'DATE_FORMAT("2026-01-31T08:05:09.123Z")', gives: '2026-01-31T08:05:09.123Z' },
    { call: 'DATE_FORMAT("yyyy", null)', gives: null },
  ],
});
