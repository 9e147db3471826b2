import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText } from '../../tests/support/engine.ts';
import type { JsonObject } from '../data/document.ts';
import { MAX_COMBINATIONS } from '../exec/undecided.ts';
import type { Expression } from '../plan/expression.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { MatcherMaker } from './matcher.ts';
import { indexingMatcher, interpretingMatcher } from './matcher.ts';

const makers: Readonly<Record<string, MatcherMaker>> = { interpretingMatcher, indexingMatcher };

const field = (path: string): Expression => ({ kind: 'field', field: { name: path, path } });
/** `a == b`, over every choice of a value for each. */
const sameValue: Predicate = {
  kind: 'compute',
  expression: { kind: 'comparison', op: 'eq', left: field('a'), right: field('b') },
};

const conditions: readonly Predicate[] = [
  isText('a', 'x'),
  { kind: 'not', arg: isText('a', 'x') },
  sameValue,
  isText('b', 'y', 'x'),
];

function ask(maker: MatcherMaker, document: JsonObject, asked = [1, 1, 1, 1]) {
  const undecided: [number, string][] = [];
  const holding = maker(conditions).match({
    document,
    environment: { now: 0 },
    asked: Uint8Array.from(asked),
    undecided: (position, limit) => undecided.push([position, limit]),
  });
  return { holding: [...holding], undecided };
}

for (const [name, maker] of Object.entries(makers)) {
  test(`${name}: the conditions that hold, ascending, of those that are asked for`, () => {
    assert.deepEqual(ask(maker, { a: 'x', b: 'x' }).holding, [0, 2, 3]);
    assert.deepEqual(ask(maker, { a: 'x', b: 'x' }, [0, 1, 0, 1]).holding, [3]);
    assert.deepEqual(ask(maker, {}).holding, [1]);
  });

  test(`${name}: a condition that meets a limit is neither true nor false`, () => {
    const side = Math.ceil(Math.sqrt(MAX_COMBINATIONS)) + 1;
    const many = (letter: string): string[] => Array.from({ length: side }, (_, i) => `${letter}${i}`);
    assert.deepEqual(ask(maker, { a: many('a'), b: many('b') }), {
      holding: [1],
      undecided: [[2, 'field combinations']],
    });
  });
}
