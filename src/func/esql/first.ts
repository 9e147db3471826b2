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
  examples: [],
});
