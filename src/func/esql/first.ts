import { extremeRow } from './extreme-row.ts';
import { aggregate } from './define.ts';
import { ANY, ORDERED } from './types.ts';

export const first = aggregate({
  name: 'FIRST',
  category: 'aggregate',
  summary: 'The value in the row with the least sort value.',
  parameters: [
    { name: 'value', types: ANY, same: true, doc: 'The value, which may be null or have several values.' },
    { name: 'sort', types: ORDERED, doc: 'What decides which row is first; nulls come last.' },
  ],
  returns: 'same',
  prepare: ({ types: [, sort = 'null'] }) => extremeRow(sort, 1),
  examples: [
    {
      call: 'FIRST(x, y)',
      rows: [
        ['a', 2],
        ['b', 1],
        ['c', null],
      ],
      gives: 'b',
    },
    {
      call: 'FIRST(x, y)',
      rows: [
        [['a', 'b'], 1],
        [null, 2],
      ],
      gives: ['a', 'b'],
    },
    { call: 'FIRST(x, y)', rows: [], gives: null },
  ],
});
