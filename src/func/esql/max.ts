import { aggregate } from './define.ts';
import { ORDERED } from './types.ts';

export const max = aggregate({
  name: 'MAX',
  category: 'aggregate',
  summary: 'The greatest value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The values.' }],
  returns: 'same',
  examples: [],
});
