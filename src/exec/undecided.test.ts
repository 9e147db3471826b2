import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../data/document.ts';
import type { Expression } from '../plan/expression.ts';
import type { Predicate } from '../plan/predicate.ts';
import { compileSet } from './compile/index.ts';
import { Matcher } from './index/matcher.ts';
import { interpret } from './interpret/index.ts';
import { MAX_COMBINATIONS, Undecided } from './undecided.ts';

const field = (path: string): Expression => ({ kind: 'field', field: { name: path, path } });
const same: Predicate = {
  kind: 'compute',
  expression: { kind: 'comparison', op: 'eq', left: field('a'), right: field('b') },
};
const isX: Predicate = {
  kind: 'some',
  field: { name: 'x', path: 'x' },
  test: { kind: 'boolean', is: true },
};
/** As costly as the leaf that cannot be decided, so that no evaluator has a reason to look at it first. */
const computedX: Predicate = {
  kind: 'compute',
  expression: { kind: 'comparison', op: 'eq', left: field('x'), right: { kind: 'literal', value: true } },
};
const and = (...args: readonly Predicate[]): Predicate => ({ kind: 'and', args });
const or = (...args: readonly Predicate[]): Predicate => ({ kind: 'or', args });
const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const atTheLimit: JsonObject = {
  a: numbers(100),
  b: numbers(MAX_COMBINATIONS / 100).map((n) => n + 1000),
  x: true,
};
const overTheLimit: JsonObject = { a: numbers(101), b: numbers(MAX_COMBINATIONS / 100), x: true };

/** What both evaluators answer, which must be the same. */
function answer(predicate: Predicate, document: JsonObject): boolean | string {
  const set = compileSet([predicate]);
  set.load(document, 0);
  const answers = [() => interpret(predicate, document, { now: 0 }), () => set.test(0)].map((decide) => {
    try {
      return decide();
    } catch (error) {
      if (error instanceof Undecided) return `undecided: ${error.limit}`;
      throw error;
    }
  });
  assert.equal(answers[1], answers[0]);
  return answers[0] ?? 'none';
}

test('a leaf at the limit is decided, one over it is not, even if a match would come early', () => {
  assert.equal(answer(same, atTheLimit), false);
  assert.equal(answer(same, overTheLimit), 'undecided: field combinations');
});

test('what is not decided stays so under a negation', () => {
  assert.equal(answer(not(same), overTheLimit), 'undecided: field combinations');
});

test('a false member decides an and, a true one an or, in whichever order they stand', () => {
  for (const [yes, no] of [isX, computedX].map((p) => [p, not(p)] as const)) {
    assert.equal(answer(and(same, no), overTheLimit), false);
    assert.equal(answer(and(no, same), overTheLimit), false);
    assert.equal(answer(or(same, yes), overTheLimit), true);
    assert.equal(answer(or(yes, same), overTheLimit), true);
    assert.equal(answer(and(same, yes), overTheLimit), 'undecided: field combinations');
    assert.equal(answer(or(no, same), overTheLimit), 'undecided: field combinations');
  }
});

test('one object that satisfies a nested condition decides it, whatever the others do', () => {
  const nested: Predicate = { kind: 'nested', path: 'n', arg: { ...same, expression: inside } };
  const big = { a: numbers(101), b: numbers(100) };
  assert.equal(answer(nested, { n: [big, { a: 1, b: 1 }] }), true);
  assert.equal(answer(nested, { n: [big, { a: 1, b: 2 }] }), 'undecided: field combinations');
});

const inside: Expression = { kind: 'comparison', op: 'eq', left: field('n.a'), right: field('n.b') };

test('a matcher reports it by rule and goes on', () => {
  const matcher = new Matcher([same, isX, and(same, not(isX))]);
  const { rules, undecided } = matcher.match(overTheLimit, 0);
  assert.deepEqual(rules, [1]);
  assert.deepEqual(
    undecided.map(({ rule, reason }) => [rule, reason.message]),
    [[0, 'One condition would try 10100 combinations of field values; the limit is 10000.']],
  );
});

test('an error that is no limit is never taken for one', () => {
  const broken = { kind: 'and', args: [{ kind: 'unheard of' }] } as unknown as Predicate;
  assert.throws(() => interpret(broken, {}, { now: 0 }), /No handler/);
});
