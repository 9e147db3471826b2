import { lost } from './calls.ts';
import { scalar } from './define.ts';
import { NUMERIC } from './types.ts';

export const log = scalar({
  name: 'LOG',
  category: 'number',
  summary: 'The logarithm; null where there is none.',
  parameters: [
    { name: 'base', types: NUMERIC, optional: true, doc: 'The base; e without it.' },
    { name: 'number', types: NUMERIC, doc: 'The number.' },
  ],
  returns: 'double',
  nulls: 'null',
  multi: 'null',
  prepare: () => (args, context) => {
    const [base, number] = args.length === 1 ? [Math.E, Number(args[0])] : args.map(Number);
    const hasLogarithm = number !== undefined && number > 0 && base !== undefined && base > 0 && base !== 1;
    if (!hasLogarithm) return lost('arithmetic', context);
    if (base === 10) return Math.log10(number);
    return base === Math.E ? Math.log(number) : Math.log(number) / Math.log(base);
  },
  examples: [
    { call: 'LOG(1)', gives: 0 },
    { call: 'LOG(2, 8)', gives: 3 },
    { call: 'LOG(10, 1000)', gives: 3 },
    { call: 'LOG(0)', gives: null },
    { call: 'LOG(1, 5)', gives: null },
  ],
});
