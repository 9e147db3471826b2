import { aggregate } from './define.ts';
import { ANY, WHOLE } from './types.ts';

export const countDistinct = aggregate({
  name: 'COUNT_DISTINCT',
  category: 'aggregate',
  summary: 'How many different values there are.',
  parameters: [
    { name: 'value', types: ANY, doc: 'The values.' },
    {
      name: 'precision',
      types: WHOLE,
      optional: true,
      constant: true,
      doc: 'The number up to which the count shall be exact; more is exact here.',
    },
  ],
  returns: 'long',
  examples: [],
});
