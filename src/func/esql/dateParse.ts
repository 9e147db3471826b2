import { convertAtom } from '../../data/convert.ts';
import { dateFormatMistake, parseDateWith } from '../../data/date-format.ts';
import { lost } from './calls.ts';
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
      mistake: (format) => dateFormatMistake(String(format)),
      doc: "A pattern of Java's date formats; without it ISO 8601.",
    },
    { name: 'text', types: TEXT, doc: 'The text.' },
  ],
  returns: 'datetime',
  nulls: 'null',
  multi: 'null',
  prepare: () => (args, context) => {
    const [format, text] = args.length === 1 ? [undefined, args[0]] : args;
    const date =
      format === undefined
        ? convertAtom(String(text), 'keyword', 'datetime')
        : parseDateWith(String(format), String(text));
    return date ?? lost('convFail', context);
  },
  examples: [
    {
      call: 'DATE_PARSE("dd/MMM/yyyy:HH:mm:ss Z", "31/Jan/2026:08:05:09 +0100")',
      gives: Date.UTC(2026, 0, 31, 7, 5, 9),
    },
    { call: 'DATE_PARSE("2026-01-31")', gives: Date.UTC(2026, 0, 31) },
    { call: 'DATE_PARSE("yyyy-MM-dd", "31/01/2026")', gives: null },
  ],
});
