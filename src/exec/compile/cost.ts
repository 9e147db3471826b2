/** Guesses at the work of a predicate, in look-ups: a wrong one costs time, never an answer. */
import { byKind } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Test } from '../../plan/test.ts';

const costOfTest = byKind<Test, number>({
  present: () => 1,
  text: () => 1,
  pattern: (t) => 2 + t.oneOf.length,
  regexp: (t) => 100 * t.oneOf.length,
  textOrder: () => 2,
  number: (t) => 2 + t.oneOf.length,
  numberOrder: () => 3,
  boolean: () => 1,
  ip: (t) => 5 + t.blocks.length,
  ipOrder: () => 5,
  dateOrder: () => 20,
  tokens: () => 20,
  tokenPattern: (t) => 20 + t.oneOf.length,
  anyOf: (t, go) => t.tests.reduce((sum, test) => sum + go(test), 0),
  allOf: (t, go) => t.tests.reduce((sum, test) => sum + go(test), 0),
});

/** Whether remembering the answer would cost more than finding it again. */
export const isCheap = (test: Test): boolean => costOfTest(test) <= 1;

/** Patterns of names have every leaf of the event compared with them. */
const costOfField = (field: FieldRef): number => (typeof field.path === 'string' ? 0 : 50);

/** The cheapest member of an `and` comes first and mostly fails, so the others count for a part only. */
const SHARE_OF_THE_REST = 0.2;

export const cost = byKind<Predicate, number>({
  and: (p, go) => {
    const costs = p.args.map((arg) => go(arg));
    const cheapest = costs.length === 0 ? 0 : Math.min(...costs);
    return cheapest + SHARE_OF_THE_REST * (costs.reduce((sum, one) => sum + one, 0) - cheapest);
  },
  or: (p, go) => p.args.reduce((sum, arg) => sum + go(arg), 0),
  not: (p, go) => go(p.arg),
  some: (p) => costOfTest(p.test) + costOfField(p.field),
  exists: (p) => 1 + costOfField(p.field),
  nested: (p, go) => 20 + go(p.arg),
  compute: () => 20,
});
