import { extremeRow } from './extreme-row.ts';
import { aggregate } from './define.ts';
import { ANY, ORDERED } from './types.ts';

export const last = aggregate({
  name: 'LAST',
  category: 'aggregate',
  summary: 'The value in the row with the greatest sort value.',
  parameters: [
    { name: 'value', types: ANY, same: true, doc: 'The value, which may be null or have several values.' },
    { name: 'sort', types: ORDERED, doc: 'What decides which row is last; nulls do not count.' },
  ],
  returns: 'same',
  prepare: ({ types: [, sort = 'null'] }) => extremeRow(sort, -1),
  examples: [
    {
      call: 'LAST(x, y)',
      rows: [
        ['a', 2],
        ['b', 1],
        ['c', null],
      ],
      gives: 'a',
    },
    {
      call: 'LAST(x, y)',
      rows: [
        [['a', 'b'], 1],
        [null, 2],
      ],
      gives: null,
    },
    { call: 'LAST(x, y)', rows: [], gives: null },
  ],
});
