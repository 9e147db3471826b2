import { conversionTo } from './calls.ts';
import { scalar } from './define.ts';

export const toIp = scalar({
  name: 'TO_IP',
  category: 'conversion',
  summary: 'The address that the text means; null when it is none.',
  parameters: [{ name: 'value', types: ['keyword', 'ip'], doc: 'The value.' }],
  returns: 'ip',
  nulls: 'null',
  multi: 'each',
  prepare: conversionTo('ip'),
  examples: [
    { call: 'TO_IP("::ffff:10.0.0.1")', gives: '10.0.0.1' },
    { call: 'TO_IP("2001:DB8::1")', gives: '2001:db8::1' },
    { call: 'TO_IP("10.0.0")', gives: null },
  ],
});
