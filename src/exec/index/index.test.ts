import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { RE2JS } from 're2js';
import type { Pattern } from '../../data/pattern.ts';
import { MANY, ONE } from '../../data/pattern.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Test } from '../../plan/test.ts';
import type { CompiledSet } from '../compile/index.ts';
import { compileSet } from '../compile/index.ts';
import { Filing } from './filing.ts';
import { RuleIndex } from './index.ts';
import { Matcher } from './matcher.ts';
import { prior } from './prior.ts';
import type { Need } from './witness.ts';
import { needsOf } from './witness.ts';

const leaf = (path: string, test: Test): Predicate => ({ kind: 'some', field: { name: path, path }, test });
const is = (path: string, ...oneOf: readonly string[]): Predicate =>
  leaf(path, { kind: 'text', oneOf, fold: 'exact' });
const and = (...args: readonly Predicate[]): Predicate => ({ kind: 'and', args });
const or = (...args: readonly Predicate[]): Predicate => ({ kind: 'or', args });
const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });
const like = (path: string): Predicate =>
  leaf(path, { kind: 'pattern', oneOf: [['x', MANY]], fold: 'exact' });

const needText = (need: Need): string =>
  need
    .map((w) => {
      switch (w.kind) {
        case 'present':
          return `${w.path}?`;
        case 'text':
          return `${w.field.name}=${w.text}`;
        case 'number':
          return `${w.field.name}=#${w.number}`;
        case 'block':
          return `${w.field.name} in ${w.block}`;
        case 'order':
          return `${w.field.name} ${w.order} ${w.than}`;
        case 'part':
          return `${w.field.name}~${w.at === 'start' ? '^' : ''}${w.text}${w.at === 'end' ? '$' : ''}`;
      }
    })
    .join(' | ');
const needs = (predicate: Predicate): string[] => needsOf(predicate, prior).map(needText);

const indexOf = (set: CompiledSet): RuleIndex => new RuleIndex(set, new Filing(set.predicates, prior));

test('an and has the needs of all its members', () => {
  assert.deepEqual(needs(and(is('a', 'x', 'y'), is('b', 'z'), not(is('c', 'w')))), ['a=x | a=y', 'b=z']);
});

test('an or has the rarest need of each member, then the next ones, or none at all', () => {
  assert.deepEqual(needs(or(and(is('event.category', 'p'), is('a', 'x')), is('b', 'y'))), [
    'a=x | b=y',
    'event.category=p | b=y',
  ]);
  assert.deepEqual(needs(or(is('a', 'x'), not(is('b', 'y')))), []);
});

const pattern = (path: string, ...oneOf: readonly Pattern[]): Predicate =>
  leaf(path, { kind: 'pattern', oneOf, fold: 'exact' });
const regexp = (path: string, ...oneOf: readonly string[]): Predicate =>
  leaf(path, { kind: 'regexp', oneOf, fold: 'exact' });

test('a pattern is looked up by its rarest piece, with the edge at which it stands', () => {
  const rows: readonly (readonly [Pattern, string])[] = [
    [['x', MANY], 'a~^x'],
    [[MANY, '/Curl'], 'a~/curl$'],
    [[MANY, 'ab', ONE, 'cde', MANY], 'a~cde'],
    [['é', 'bc', MANY], 'a~bc'],
    [[MANY, 'bcé'], 'a~bc'],
    [['é', MANY, 'bcd'], 'a~bcd$'],
    [[`${'x'.repeat(20)}${'y'.repeat(20)}`, MANY], `a~^${'x'.repeat(20)}${'y'.repeat(12)}`],
    [[MANY, `${'x'.repeat(20)}${'y'.repeat(20)}`], `a~${'x'.repeat(12)}${'y'.repeat(20)}$`],
    [['plain'], 'a=plain'],
    [[MANY], 'a?'],
    [[MANY, 'ßé', MANY], 'a?'],
  ];
  for (const [written, found] of rows) assert.deepEqual(needs(pattern('a', written)), [found]);
  assert.deepEqual(needs(pattern('a', ['x', MANY], ['Y'])), ['a~^x | a=y']);
  assert.deepEqual(needs(pattern('a', ['x', MANY], [MANY])), ['a?']);
});

test('an expression is looked up by what all its readings have', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['.*curl.*', 'a~curl'],
    ['(wget|curl)[0-9]+', 'a~wget | a~curl'],
    ['a(b|c)d', 'a~abd | a~acd'],
    ['x?long(y+z){2,3}', 'a~long'],
    ['[Ww]get .*', 'a~wget  | a~wget '],
    ['a\\.b"c.d"', 'a~a.bc.d'],
    ['[a-z]+', 'a?'],
    ['[^a]', 'a?'],
    ['[^a]bc', 'a~bc'],
    ['[ab^]c', 'a~ac | a~bc | a~^c'],
    ['x*', 'a?'],
    ['x|.*', 'a?'],
  ];
  for (const [written, found] of rows) assert.deepEqual(needs(regexp('a', written)), [found], written);
});

test('addresses are looked up by block, and numbers by order', () => {
  assert.deepEqual(needs(leaf('a', { kind: 'ip', blocks: ['10.0.0.0/8', '::1'] })), [
    'a in 10.0.0.0/8 | a in ::1',
  ]);
  assert.deepEqual(needs(leaf('a', { kind: 'numberOrder', order: 'gte', than: '400', strings: 'coerce' })), [
    'a gte 400',
  ]);
});

test('words are looked up as texts that the value holds', () => {
  const words = (mode: 'any' | 'phrase', ...tokens: readonly string[]): Predicate =>
    leaf('a', { kind: 'tokens', analyzer: 'standard', mode, tokens });
  assert.deepEqual(needs(words('any', 'foo', 'ba')), ['a~foo | a~ba']);
  assert.deepEqual(needs(words('phrase', 'of', 'curl')), ['a~curl']);
  assert.deepEqual(needs(words('any', 'foo', 'é')), ['a?']);
});

test('what cannot be looked up by value is looked up by presence', () => {
  assert.deepEqual(needs(leaf('a', { kind: 'textOrder', order: 'lt', than: 'x' })), ['a?']);
  assert.deepEqual(needs({ kind: 'exists', field: { name: 'a', path: 'a' } }), ['a?']);
});

test('patterns of names are looked up by the names that they begin with', () => {
  const rows: readonly (readonly [Pattern, readonly string[]])[] = [
    [['file.hash.', MANY], ['file.hash?']],
    [['file.ha', MANY, '.x'], ['file?']],
    [['file', MANY], []],
    [[MANY, '.hash'], []],
    [['.', MANY], []],
  ];
  for (const [path, found] of rows) {
    const field = { name: 'a', path };
    assert.deepEqual(needs({ kind: 'exists', field }), found);
    assert.deepEqual(
      needs({ kind: 'some', field, test: { kind: 'text', oneOf: ['x'], fold: 'exact' } }),
      found,
    );
  }
});

test('numbers are looked up in one form, and texts in lower case', () => {
  assert.deepEqual(
    needs(leaf('a', { kind: 'number', oneOf: ['1.0', '100000000000000000000'], strings: 'skip' })),
    ['a=#1 | a=#100000000000000000000'],
  );
  assert.deepEqual(needs(leaf('a', { kind: 'text', oneOf: ['ÀB'], fold: 'ascii' })), ['a=àb']);
  assert.deepEqual(needs(leaf('a', { kind: 'text', oneOf: ['ÀB'], fold: 'lower' })), ['a=àb']);
});

test('alternatives are put together, and of tests that must all hold the rarest is taken', () => {
  const text: Test = { kind: 'text', oneOf: ['5'], fold: 'exact' };
  const number: Test = { kind: 'number', oneOf: ['5'], strings: 'skip' };
  assert.deepEqual(needs(leaf('a', { kind: 'anyOf', tests: [text, number] })), ['a=5 | a=#5']);
  assert.deepEqual(needs(leaf('a', { kind: 'allOf', tests: [{ kind: 'present' }, text] })), ['a=5']);
});

test('a pattern of names gives nothing', () => {
  assert.deepEqual(
    needs({ kind: 'some', field: { name: '*', path: [MANY] }, test: { kind: 'present' } }),
    [],
  );
});

test('a computed condition needs the fields without which it is null', () => {
  const field = (path: string) => ({ kind: 'field', field: { name: path, path } }) as const;
  const call = (name: 'length' | 'indexOf', ...args: readonly ReturnType<typeof field>[]) =>
    ({ kind: 'call', name, args }) as const;
  const one = { kind: 'literal', value: 1 } as const;
  const compute = (left: ReturnType<typeof call>): Predicate => ({
    kind: 'compute',
    expression: { kind: 'comparison', op: 'gt', left, right: one },
  });
  assert.deepEqual(needs(compute(call('length', field('a')))), ['a?']);
  assert.deepEqual(needs({ kind: 'compute', expression: { kind: 'isNull', arg: field('a') } }), []);
});

test('rules without a need are candidates for every event and are listed', () => {
  const rules = [is('a', 'x'), not(is('a', 'x')), and(), or()];
  const set = compileSet(rules);
  const index = indexOf(set);
  assert.deepEqual(index.filing.always, [1, 2]);
  set.load({ a: 'y' }, 0);
  assert.deepEqual([...index.candidates()], [1, 2]);
  set.load({ a: ['y', 'x'] }, 0);
  assert.deepEqual([...index.candidates()], [0, 1, 2]);
});

test('a rule is a candidate when all of its needs are met', () => {
  const rules = [and(is('event.category', 'process'), is('event.type', 'start'), like('process.name'))];
  const set = compileSet(rules);
  const index = indexOf(set);
  const candidates = (document: Parameters<typeof set.load>[0]): readonly number[] => {
    set.load(document, 0);
    return [...index.candidates()];
  };
  assert.deepEqual(candidates({ event: { category: 'process', type: 'start' } }), []);
  assert.deepEqual(candidates({ event: { category: 'process' }, process: { name: 'y' } }), []);
  assert.deepEqual(candidates({ event: { category: 'process', type: 'start' }, 'process.name': 'y' }), []);
  assert.deepEqual(candidates({ event: { category: 'process', type: 'start' }, 'process.name': 'xy' }), [0]);
});

test('any number of rules fits into the sets of bits', () => {
  for (const count of [1, 31, 32, 33, 64, 65, 200]) {
    const rules = Array.from({ length: count }, (_, i) => and(is('a', `v${i}`), is('b', 'w')));
    const matcher = new Matcher(rules);
    for (let i = 0; i < count; i++)
      assert.deepEqual(matcher.match({ a: [`v${i}`, 'v0'], b: 'w' }, 0).rules, i === 0 ? [0] : [0, i]);
    assert.equal(
      matcher.tried.reduce((sum, tried) => sum + tried, 0),
      2 * count - 1,
    );
  }
});

test('a matcher leaves out what was not asked for', () => {
  const matcher = new Matcher([is('a', 'x'), is('a', 'x', 'y'), is('a', 'z')]);
  assert.deepEqual(matcher.match({ a: 'x' }, 0).rules, [0, 1]);
  assert.deepEqual(matcher.match({ a: 'x' }, 0, Uint8Array.of(0, 1, 1)).rules, [1]);
});

test('an or keeps witnesses that differ in any way, and each of them once', () => {
  const kinds = [
    is('a b', 'c'),
    is('a', 'b c'),
    leaf('a', { kind: 'number', oneOf: ['5'], strings: 'coerce' }),
    is('a', '5'),
  ];
  assert.deepEqual(needs(or(...kinds, ...kinds)), ['a b=c | a=b c | a=#5 | a=5']);
});

test('an expression is compiled when a value is tested first: threads test few of theirs', () => {
  const compile = mock.method(RE2JS, 'compile');
  const matcher = new Matcher([regexp('a', 'seldom.*tested'), regexp('a', 'often.*tested')]);
  const tested = (a: string) => matcher.match({ a }, 0).rules;
  assert.deepEqual(tested('neither'), []);
  assert.equal(compile.mock.callCount(), 0);
  assert.deepEqual([tested('often tested'), tested('often enough tested')], [[1], [1]]);
  assert.equal(compile.mock.callCount(), 1);
  compile.mock.restore();
});
