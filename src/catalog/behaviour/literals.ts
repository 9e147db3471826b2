/** The texts and addresses that a predicate compares whole values with. */
import { byKind } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Test } from '../../plan/test.ts';

const none = (): readonly string[] => [];

const literalsOfTest = byKind<Test, readonly string[]>({
  present: none,
  text: ({ oneOf }) => oneOf,
  pattern: none,
  regexp: none,
  textOrder: none,
  number: none,
  numberOrder: none,
  boolean: none,
  ip: ({ blocks }) => blocks,
  ipOrder: none,
  dateOrder: none,
  tokens: none,
  tokenPattern: none,
  anyOf: ({ tests }, go) => tests.flatMap((test) => go(test)),
  allOf: none,
});

export const literalsOf = byKind<Predicate, readonly string[]>({
  and: ({ args }, go) => args.flatMap((arg) => go(arg)),
  or: ({ args }, go) => args.flatMap((arg) => go(arg)),
  not: ({ arg }, go) => go(arg),
  some: ({ test }) => literalsOfTest(test),
  exists: none,
  nested: ({ arg }, go) => go(arg),
  compute: none,
});
