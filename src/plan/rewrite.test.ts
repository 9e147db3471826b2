import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANY } from '../data/pattern.ts';
import type { Predicate } from './predicate.ts';
import { printPredicate } from './print.ts';
import { FALSE, simplify, TRUE } from './rewrite.ts';
import type { Test } from './test.ts';

const is = (path: string, text: string): Predicate =>
  leaf(path, { kind: 'text', oneOf: [text], fold: 'exact' });
const leaf = (path: string, test: Test): Predicate => ({ kind: 'some', field: { name: path, path }, test });
const and = (...args: readonly Predicate[]): Predicate => ({ kind: 'and', args });
const or = (...args: readonly Predicate[]): Predicate => ({ kind: 'or', args });
const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });

const simplified = (predicate: Predicate): string => printPredicate(simplify(predicate));

test('equalities of one field under an or become one list, at the place of the first', () => {
  assert.equal(
    simplified(or(is('a', 'x'), is('b', 'x'), or(is('a', 'y')), is('a', 'z'))),
    'or(a: text/exact("x", "y", "z"), b: text/exact("x"))',
  );
});

test('different tests of one field under an or become one leaf with alternatives', () => {
  const like = leaf('a', { kind: 'pattern', oneOf: [['p', MANY]], fold: 'exact' });
  const both: Test = {
    kind: 'anyOf',
    tests: [{ kind: 'text', oneOf: ['q'], fold: 'exact' }, { kind: 'present' }],
  };
  assert.equal(
    simplified(or(is('a', 'x'), like, leaf('a', both))),
    'a: anyOf(text/exact("x", "q"), pattern/exact("p*"), present)',
  );
});

test('tests that differ in more than their list stay apart', () => {
  const folded = leaf('a', { kind: 'text', oneOf: ['x'], fold: 'ascii' });
  const phrase = (word: string): Predicate =>
    leaf('m', { kind: 'tokens', analyzer: 'standard', mode: 'phrase', tokens: [word] });
  assert.equal(simplified(or(is('a', 'x'), folded)), 'a: anyOf(text/exact("x"), text/ascii("x"))');
  assert.equal(
    simplified(or(phrase('p'), phrase('q'))),
    'm: anyOf(tokens/standard/phrase("p"), tokens/standard/phrase("q"))',
  );
});

test('an and asks for several values and merges nothing', () => {
  assert.equal(simplified(and(is('a', 'x'), is('a', 'y'))), 'and(a: text/exact("x"), a: text/exact("y"))');
});

test('constants, single members and double negations go away', () => {
  assert.equal(simplified(and(and(is('a', 'x')), TRUE)), 'a: text/exact("x")');
  assert.equal(simplified(not(not(is('a', 'x')))), 'a: text/exact("x")');
  assert.equal(simplified(and(is('a', 'x'), FALSE)), 'or()');
  assert.equal(simplified(or(is('a', 'x'), not(FALSE))), 'and()');
  assert.equal(simplified(not(or(and(), is('a', 'x')))), 'or()');
});
