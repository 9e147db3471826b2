import { aggregate } from './define.ts';
import { ORDERED } from './types.ts';

export const min = aggregate({
  name: 'MIN',
  category: 'aggregate',
  summary: 'The least value.',
  parameters: [{ name: 'value', types: ORDERED, same: true, doc: 'The values.' }],
  returns: 'same',
  examples: [],
});
