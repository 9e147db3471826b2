/** Laws that hold for every predicate and every document: the fast ways must answer as the interpreter does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import { compileSet } from '../../src/exec/compile/index.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { Undecided } from '../../src/exec/undecided.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { printPredicate } from '../../src/plan/print.ts';
import { simplify } from '../../src/plan/rewrite.ts';
import { calling, documents, expressions, predicates, scalars, tests, truths } from './generators.ts';
import { law } from './law.ts';

const NOW = Date.UTC(2026, 1, 4, 12);

type Answer = boolean | 'undecided';

function answer(decide: () => boolean): Answer {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Undecided) return 'undecided';
    throw error;
  }
}

const truth = (predicate: Predicate, document: JsonObject): Answer =>
  answer(() => interpret(predicate, document, { now: NOW }));

const sets = fc.array(predicates, { minLength: 1, maxLength: 6 });
const streams = fc.array(documents, { minLength: 1, maxLength: 4 });

const text = (list: readonly Predicate[]): string => list.map(printPredicate).join('\n');

law('simplifying changes no answer', [predicates, documents], (predicate, document) => {
  assert.equal(truth(simplify(predicate), document), truth(predicate, document), text([simplify(predicate)]));
});

law('a compiled set answers as the interpreter does', [sets, streams], (list, events) => {
  const set = compileSet(list);
  for (const event of events) {
    set.load(event, NOW);
    list.forEach((predicate, i) =>
      assert.equal(
        answer(() => set.test(i)),
        truth(predicate, event),
        text([predicate]),
      ),
    );
  }
});

law(
  'the index loses no match, and a matcher answers as the interpreter does',
  [sets, streams],
  assertMatched,
);

function assertMatched(list: readonly Predicate[], events: readonly JsonObject[]): void {
  const matcher = new Matcher(list);
  for (const event of events) {
    const { rules, undecided } = matcher.match(event, NOW);
    const expected = list.map((predicate) => truth(predicate, event));
    assert.deepEqual(
      { rules, undecided: undecided.map(({ rule }) => rule) },
      { rules: numbersOf(expected, true), undecided: numbersOf(expected, 'undecided') },
      text(list),
    );
  }
}

const everyValue = scalars.map((value): JsonObject => ({ a: value }));

law(
  'the index loses no value that a test lets through',
  [tests],
  (one) => assertMatched([{ kind: 'some', field: { name: 'a', path: 'a' }, test: one }], everyValue),
  { cost: 0.5 },
);

const numbersOf = (answers: readonly Answer[], wanted: Answer): number[] =>
  answers.flatMap((given, i) => (given === wanted ? [i] : []));

const computed = fc.oneof(expressions, calling, truths);

law(
  'of an expression and its opposite the index loses neither',
  [computed, streams],
  (expression, events) => {
    const opposite = { kind: 'logic', op: 'not', args: [expression] } as const;
    assertMatched(
      [expression, opposite].map((one): Predicate => ({ kind: 'compute', expression: one })),
      [{}, ...events],
    );
  },
);

law('all that a field could hold meets what each value meets', [fc.array(tests)], (list) => {
  const field = { name: 'a', path: 'a' };
  const screen = new Matcher(list.map((one): Predicate => ({ kind: 'some', field, test: one }))).screen([
    'a',
  ]);
  const everything = new Map(screen.anything(0)?.entries());
  for (const value of scalars)
    for (const [word, bits] of screen.value(0, value)?.entries() ?? [])
      assert.equal(bits & ~(everything.get(word) ?? 0), 0, `${String(value)} of ${JSON.stringify(list)}`);
});

law('an event is matched alike alone and after others', [sets, streams], (list, events) => {
  const matcher = new Matcher(list);
  const together = events.map((event) => matcher.match(event, NOW).rules);
  const alone = events.map((event) => new Matcher(list).match(event, NOW).rules);
  assert.deepEqual(together, alone, text(list));
});

law('predicates with the same text have the same answers', [predicates, documents], (predicate, document) => {
  const copy = JSON.parse(JSON.stringify(predicate)) as Predicate;
  assert.equal(printPredicate(copy), printPredicate(predicate));
  assert.equal(truth(copy, document), truth(predicate, document));
});

test('generated conditions hold often enough to tell right from wrong', () => {
  const held = fc
    .sample(fc.tuple(predicates, documents), { numRuns: 500, seed: 1 })
    .filter(([predicate, document]) => truth(predicate, document) === true).length;
  assert.ok(held > 100 && held < 400, `${held} of 500 hold`);
});
