import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANY, ONE } from '../../data/pattern.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Test } from '../../plan/test.ts';
import { readsOf } from './reads.ts';

const field = { name: 'process.args', path: 'process.args' };
const slots = new Map([['process.args', 7]]);
const is = (one: Test): Predicate => ({ kind: 'some', field, test: one });

const text: Test = { kind: 'text', oneOf: ['Evil', '5'], fold: 'exact' };
const pattern: Test = {
  kind: 'pattern',
  oneOf: [
    ['/tmp/', MANY],
    [MANY, 'x', ONE],
  ],
  fold: 'lower',
};
const wild: Test = { kind: 'pattern', oneOf: [[ONE, MANY]], fold: 'lower' };
const number: Test = { kind: 'number', oneOf: ['5'], strings: 'coerce' };
const texts = ['evil', '5'];
const pieces = [
  { text: '/tmp/', at: 'start' },
  { text: 'x', at: 'anywhere' },
];

test('tests of texts read the texts and pieces that they ask for, all others all values', () => {
  const read = (...tests: readonly Test[]) => {
    const { emptiness, sought } = readsOf({ kind: 'not', arg: { kind: 'or', args: tests.map(is) } }, slots)!;
    return { emptiness, sought: [...sought] };
  };
  const of = (sought: object) => ({ emptiness: [], sought: [[7, sought]] });
  const all = { emptiness: [], sought: [] };
  assert.deepEqual(read(text), of({ texts, pieces: [] }));
  assert.deepEqual(read(pattern), of({ texts: [], pieces }));
  assert.deepEqual(read(text, pattern, wild), of({ texts, pieces }));
  assert.deepEqual(read({ kind: 'anyOf', tests: [text, pattern] }), of({ texts, pieces }));
  assert.deepEqual(read({ kind: 'text', oneOf: [], fold: 'exact' }), of({ texts: [], pieces: [] }));
  assert.deepEqual(read(wild, wild), { emptiness: [7], sought: [] });
  assert.deepEqual(read(number), all);
  assert.deepEqual(read(text, number), all);
  assert.deepEqual(read({ kind: 'anyOf', tests: [text, number] }), all);
  assert.deepEqual(read(text, { kind: 'pattern', oneOf: [['é', MANY]], fold: 'lower' }), all);
});

test('what expressions compute with is read as it is', () => {
  const call = { kind: 'call', name: 'length', args: [{ kind: 'field', field }] } as const;
  const zero = { kind: 'literal', value: 0 } as const;
  const longer = { kind: 'comparison', op: '>', left: call, right: zero } as unknown as Extract<
    Predicate,
    { kind: 'compute' }
  >['expression'];
  const reads = readsOf({ kind: 'and', args: [is(text), { kind: 'compute', expression: longer }] }, slots);
  assert.deepEqual(reads, {
    values: [7],
    emptiness: [],
    sought: new Map(),
    beginnings: new Map(),
    presences: [],
    clock: false,
  });
});

test('of what another text may begin with only beginnings are read', () => {
  const other = { name: 'process.name', path: 'process.name' };
  const both = new Map([...slots, ['process.name', 3]]);
  const call = (source: typeof field, start: typeof field): Predicate => ({
    kind: 'compute',
    expression: {
      kind: 'call',
      name: 'startsWith',
      args: [
        { kind: 'field', field: source },
        { kind: 'field', field: start },
      ],
    },
  });
  const read = (...args: readonly Predicate[]) => readsOf({ kind: 'or', args }, both)?.beginnings;
  assert.deepEqual(read(call(field, other)), new Map([[3, [7]]]));
  assert.deepEqual(read(call(field, other), call(other, field)), new Map());
  assert.deepEqual(read(call(field, other), { ...is(wild), field: other } as Predicate), new Map([[3, [7]]]));
  assert.deepEqual(read(call(field, other), { ...is(text), field: other } as Predicate), new Map());
  assert.deepEqual(read(call(field, field)), new Map());
});
