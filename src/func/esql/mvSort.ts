import { scalar } from './define.ts';
import { ORDERED, TEXT } from './types.ts';

export const mvSort = scalar({
  name: 'MV_SORT',
  category: 'list',
  summary: 'The values in order.',
  parameters: [
    { name: 'value', types: ORDERED, same: true, doc: 'The multi-value.' },
    {
      name: 'order',
      types: TEXT,
      optional: true,
      constant: true,
      oneOf: ['asc', 'desc'],
      doc: '`"ASC"` or `"DESC"`.',
    },
  ],
  returns: 'same',
  nulls: 'null',
  multi: 'own',
  examples: [],
});
