import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { hasLeaf, leavesBelow, objectsAt, valuesAt } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Column } from './columns.ts';
import { Fields } from './fields.ts';
import { compileSet } from './index.ts';

const all = <T>(column: Column<T>): T[] => Array.from({ length: column.count() }, (_, i) => column.at(i));
const byText = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();

const paths = [
  'a',
  'a.b',
  'a.b.c',
  'a.0',
  'a.0.b',
  'a.1.0',
  'b.c',
  '',
  'a.',
  '.a',
  '__proto__.x',
  'constructor',
];
const documents: readonly JsonObject[] = [
  {},
  { a: 1 },
  { a: { b: { c: 'x' } }, 'a.b': { c: ['y', null] }, 'a.b.c': 'z', 'a.b.c.d': 'below' },
  { a: [{ b: 1 }, { b: [2, [3, { c: 4 }]] }, 'own'] },
  { a: [[{ b: 1 }], ['x', 'y']], 'a.0': 'dotted', 'a.0.b': { c: 1 } },
  { a: [], b: {}, 'b.c': [null, [], {}] },
  { '': { a: 1 }, 'a.': 2, '.a': 3, a: { '': 4 } },
  { a: new Numeral('1.0'), b: { c: new Numeral('9007199254740993') } },
  JSON.parse('{ "__proto__": { "x": 1 }, "constructor": "own" }') as JsonObject,
];

test('one walk finds for every path what is found for it alone', () => {
  const fields = new Fields();
  const columns = paths.map((path) => ({
    path,
    values: fields.readings({ name: path, path }).values,
    below: fields.readings({ name: path, path, below: true }).values,
    exists: fields.exists({ name: path, path }),
    objects: fields.objects(path),
  }));
  for (const document of [...documents, ...documents]) {
    fields.load(document);
    for (const { path, values, below, exists, objects } of columns) {
      const where = `${JSON.stringify(path)} in ${JSON.stringify(document)}`;
      assert.deepEqual(byText(all(values)), byText(valuesAt(document, path)), where);
      assert.deepEqual(byText(all(below)), byText(leavesBelow(document, path)), where);
      assert.deepEqual(byText(all(objects)), byText(objectsAt(document, path)), where);
      assert.equal(exists(), hasLeaf(document, path), where);
    }
  }
});

test('documents with ever new keys are read right, however many there are', () => {
  const fields = new Fields();
  const { values } = fields.readings({ name: 'a.b', path: 'a.b' });
  const labels = fields.readings({ name: 'l*', path: ['l', { any: 'many' }] }).values;
  for (let i = 0; i < 10_000; i++) {
    fields.load({ [`x${i}.y`]: i, 'a.b': i, l: { [`label${i}`]: i } });
    assert.deepEqual([all(values), all(labels)], [[i], [i]]);
  }
});

const dateIs: Predicate = {
  kind: 'some',
  field: { name: 'd', path: 'd' },
  test: { kind: 'dateOrder', order: 'gte', than: 'now-1h' },
};

test('date maths follows the clock from event to event', () => {
  const set = compileSet([dateIs, { kind: 'nested', path: 'n', arg: nestedDate }]);
  const hour = 3_600_000;
  const answers = [0, hour, 2 * hour, hour].map((now) => {
    set.load({ d: 0, n: [{ d: 0 }] }, now);
    return [set.test(0), set.test(1)];
  });
  assert.deepEqual(answers, [
    [true, true],
    [true, true],
    [false, false],
    [true, true],
  ]);
});

const nestedDate: Predicate = { ...dateIs, field: { name: 'n.d', path: 'n.d' } } as Predicate;

test('nothing of an event is left for the next one', () => {
  const some = (test: Extract<Predicate, { kind: 'some' }>['test']): Predicate => ({
    kind: 'some',
    field: { name: 'a', path: 'a' },
    test,
  });
  const set = compileSet([
    some({ kind: 'text', oneOf: ['x'], fold: 'ascii' }),
    some({ kind: 'regexp', oneOf: ['x+'], fold: 'exact' }),
    { kind: 'exists', field: { name: 'a', path: 'a' } },
  ]);
  const answers = (a: JsonValue): boolean[] => {
    set.load({ a }, 0);
    return [0, 1, 2].map((i) => set.test(i));
  };
  assert.deepEqual(answers(['y', 'X', 'xx']), [true, true, true]);
  assert.deepEqual(answers('y'), [false, false, true]);
  assert.deepEqual(answers(null), [false, false, false]);
  assert.deepEqual(answers('x'), [true, true, true]);
});

test('a number that no predicate has is a mistake of the caller', () => {
  assert.throws(() => compileSet([]).test(0), /There is no predicate 0/);
});
