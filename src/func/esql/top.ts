import { aggregate } from './define.ts';
import { ORDERED, TEXT, WHOLE } from './types.ts';

export const top = aggregate({
  name: 'TOP',
  category: 'aggregate',
  summary: 'The least or greatest values in order, repeated ones too.',
  parameters: [
    { name: 'value', types: ORDERED, same: true, doc: 'The values.' },
    { name: 'limit', types: WHOLE, constant: true, doc: 'How many are kept.' },
    {
      name: 'order',
      types: TEXT,
      optional: true,
      constant: true,
      oneOf: ['asc', 'desc'],
      doc: 'Which end is kept: `"asc"` the least, `"desc"` the greatest.',
    },
  ],
  returns: 'same',
  examples: [],
});
