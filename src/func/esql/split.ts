import { columnValue } from '../../data/atom.ts';
import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { TEXT } from './types.ts';

const DELIMITER = /^[\0-\x7f]$/;

export const split = scalar({
  name: 'SPLIT',
  category: 'text',
  summary: 'The pieces between the delimiters, as a multi-value in order.',
  parameters: [
    { name: 'text', types: TEXT, doc: 'The text.' },
    {
      name: 'delimiter',
      types: TEXT,
      mistake: (delimiter) =>
        DELIMITER.test(String(delimiter)) ? undefined : 'is not a single character of one byte',
      doc: 'A single character of one byte.',
    },
  ],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([text, delimiter], context) => {
      if (!DELIMITER.test(String(delimiter))) return lost('convFail', context);
      return columnValue(String(text).split(String(delimiter)));
    },
  examples: [
    { call: 'SPLIT("b;a;;c", ";")', gives: ['b', 'a', '', 'c'] },
    { call: 'SPLIT("a", ";")', gives: 'a' },
    { call: 'SPLIT("a::b", "::")', gives: null },
    { call: 'SPLIT(null, ";")', gives: null },
  ],
});
