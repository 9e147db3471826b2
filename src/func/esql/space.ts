import { LONGEST_TEXT, lost } from './calls.ts';
import { scalar } from './define.ts';
import { WHOLE } from './types.ts';

export const space = scalar({
  name: 'SPACE',
  category: 'text',
  summary: 'A text of so many spaces.',
  parameters: [{ name: 'number', types: WHOLE, doc: 'How many.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  prepare:
    () =>
    ([count], context) =>
      Number(count) >= 0 && Number(count) <= LONGEST_TEXT
        ? ' '.repeat(Number(count))
        : lost('convFail', context),
  examples: [
    { call: 'SPACE(3)', gives: '   ' },
    { call: 'SPACE(0)', gives: '' },
    { call: 'SPACE(-1)', gives: null },
  ],
});
