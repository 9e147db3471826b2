import { scalar } from './define.ts';

export const toIp = scalar({
  name: 'TO_IP',
  category: 'conversion',
  summary: 'The address that the text means; null when it is none.',
  parameters: [{ name: 'value', types: ['keyword', 'ip'], doc: 'The value.' }],
  returns: 'ip',
  nulls: 'null',
  multi: 'each',
  examples: [],
});
