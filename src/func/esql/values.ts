import { aggregate } from './define.ts';
import { ANY } from './types.ts';

export const values = aggregate({
  name: 'VALUES',
  category: 'aggregate',
  summary: 'The distinct values, in the order in which they came; null when there is none.',
  parameters: [{ name: 'value', types: ANY, same: true, doc: 'The values.' }],
  returns: 'same',
  examples: [],
});
