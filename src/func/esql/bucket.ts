import { scalar } from './define.ts';
import { DATE, NUMERIC, SPAN } from './types.ts';

export const bucket = scalar({
  name: 'BUCKET',
  category: 'grouping',
  summary: 'The lower end of the bucket that the value falls into.',
  parameters: [
    { name: 'value', types: [...NUMERIC, ...DATE], doc: 'A date or a number.' },
    {
      name: 'buckets',
      types: [...NUMERIC, ...SPAN],
      constant: true,
      doc: 'The size of a bucket; or with bounds, about how many of them.',
    },
    { name: 'from', types: [...NUMERIC, ...DATE], optional: true, constant: true, doc: 'The lower bound.' },
    { name: 'to', types: [...NUMERIC, ...DATE], optional: true, constant: true, doc: 'The upper bound.' },
  ],
  returns: ([type]) => (type === 'datetime' ? 'datetime' : 'double'),
  nulls: 'null',
  multi: 'null',
  grouping: true,
  examples: [],
});
