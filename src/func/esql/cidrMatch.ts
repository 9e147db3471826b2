import { scalar } from './define.ts';
import { TEXT } from './types.ts';

export const cidrMatch = scalar({
  name: 'CIDR_MATCH',
  category: 'address',
  summary: 'Whether the address lies in one of the blocks.',
  parameters: [
    { name: 'ip', types: ['ip'], doc: 'The address.' },
    { name: 'block', types: TEXT, variadic: true, doc: 'Blocks such as `10.0.0.0/8`.' },
  ],
  returns: 'boolean',
  nulls: 'null',
  multi: 'null',
  examples: [],
});
