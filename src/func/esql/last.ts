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
  examples: [],
});
