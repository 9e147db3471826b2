import { scalar } from './define.ts';
import { WHOLE } from './types.ts';

export const space = scalar({
  name: 'SPACE',
  category: 'text',
  summary: 'A text of so many spaces.',
  parameters: [{ name: 'number', types: WHOLE, doc: 'How many.' }],
  returns: 'keyword',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
