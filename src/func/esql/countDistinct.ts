import type { Accumulator } from './define.ts';
import { atomsOf } from '../../data/atom.ts';
import { addKey, emptyRegisters, estimate, mergeRegisters } from './hyperloglog.ts';
import type { Registers } from './hyperloglog.ts';
import { keyOf } from './partials.ts';
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
  prepare: (): Accumulator<Distinct> => ({
    empty: () => ({ count: 0, keys: {} }),
    add: (partial, [value = null]) =>
      atomsOf(value).reduce((distinct, atom) => addDistinct(distinct, keyOf(atom)), partial),
    merge: (left, right) =>
      right.registers === undefined
        ? Object.keys(right.keys).reduce(addDistinct, left)
        : { count: 0, keys: {}, registers: mergeRegisters(registersOf(left), right.registers) },
    finish: ({ count, registers }, context) => {
      if (registers === undefined) return count;
      context.count('approximate');
      return estimate(registers);
    },
    size: ({ count, registers }) => registers?.length ?? count,
    quietUpTo: MAX_EXACT_DISTINCT,
  }),
  examples: [
    { call: 'COUNT_DISTINCT(x)', rows: [['a'], [['b', 'a']], [null]], gives: 2 },
    { call: 'COUNT_DISTINCT(x)', rows: [], gives: 0 },
    {
      call: 'COUNT_DISTINCT(x)',
      // Only documentation and tests ask for them.
      get rows() {
        return Array.from({ length: MAX_EXACT_DISTINCT }, (_, i) => [i]);
      },
      gives: 10_000,
    },
  ],
});

/** Up to so many different values the count is exact; beyond them it is estimated, and the estimate noted. */
const MAX_EXACT_DISTINCT = 10_000;

interface Distinct {
  count: number;
  keys: Record<string, 1>;
  /** In place of the keys once there were too many. */
  registers?: Registers;
}

function addDistinct(distinct: Distinct, key: string): Distinct {
  if (distinct.registers !== undefined) addKey(distinct.registers, key);
  else if (!Object.hasOwn(distinct.keys, key)) {
    distinct.keys[key] = 1;
    distinct.count++;
    if (distinct.count > MAX_EXACT_DISTINCT) return { count: 0, keys: {}, registers: registersOf(distinct) };
  }
  return distinct;
}

function registersOf({ keys, registers }: Distinct): Registers {
  if (registers !== undefined) return registers;
  const filled = emptyRegisters();
  for (const key of Object.keys(keys)) addKey(filled, key);
  return filled;
}
