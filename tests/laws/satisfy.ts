/**
 * Documents that a predicate is likely to accept, made from the predicate: so that rules meet events that nearly or
 * fully match them, which random events never do. Nothing is promised; the evaluators decide.
 */
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { translateLuceneRegexp } from '../../src/data/lucene-regexp.ts';
import { Numeral } from '../../src/data/numeral.ts';
import type { Pattern } from '../../src/data/pattern.ts';
import type { Expression } from '../../src/plan/expression.ts';
import { byKind, occurrencesOf } from '../../src/plan/fold.ts';
import type { FieldRef, Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';

/** Chooses one of so many alternatives. */
export type Choose = (count: number) => number;

type Values = Map<string, JsonValue[]>;

/** Every path as one dotted key. */
export function documentFor(predicate: Predicate, choose: Choose): JsonObject {
  const values: Values = new Map();
  satisfy(predicate, values, choose);
  return Object.fromEntries(
    [...values].map(([path, list]) => [path, list.length === 1 ? (list[0] ?? null) : list]),
  );
}

const satisfy = byKind<Predicate, void, [Values, Choose]>({
  and: (p, go, values, choose) => p.args.forEach((arg) => go(arg, values, choose)),
  or: (p, go, values, choose) => {
    const arg = p.args[choose(p.args.length)];
    if (arg !== undefined) go(arg, values, choose);
  },
  // Now and then what must not be there, so that negations fail too.
  not: (p, go, values, choose) => {
    if (choose(6) === 0) go(p.arg, values, choose);
  },
  some: (p, _, values, choose) => put(values, p.field, valueFor(p.test, choose)),
  exists: (p, _, values) => put(values, p.field, 'present'),
  nested: (p, go, values, choose) => go(p.arg, values, choose),
  compute: (p, _, values, choose) => {
    const said = [...literalsOf(p.expression), 'value', '10.0.0.1', '5'];
    for (const field of occurrencesOf(p.expression)) put(values, field, said[choose(said.length)] ?? '');
  },
});

/** What an expression says, and what is likely to pass the tests in it. */
const literalsOf = byKind<Expression, readonly JsonValue[]>({
  literal: ({ value }) => (value === null || typeof value === 'object' ? [] : [value]),
  field: () => [],
  call: (e, go) => e.args.flatMap((arg) => go(arg)),
  comparison: (e, go) => [...go(e.left), ...go(e.right)],
  passes: (e, go) => [...go(e.arg), valueFor(e.test, () => 0)],
  isNull: (e, go) => go(e.arg),
  logic: (e, go) => e.args.flatMap((arg) => go(arg)),
});

function put(values: Values, field: FieldRef, value: JsonValue): void {
  const path = typeof field.path === 'string' ? field.path : fill(field.path);
  const list = values.get(path) ?? [];
  if (list.length < 3) list.push(value);
  values.set(path, list);
}

const pickFrom = (items: readonly string[], choose: Choose): string => items[choose(items.length)] ?? '';

const valueFor = byKind<Test, JsonValue, [Choose]>({
  present: () => 'present',
  text: (t, _, choose) => pickFrom(t.oneOf, choose),
  pattern: (t, _, choose) => fill(t.oneOf[choose(t.oneOf.length)] ?? [], choose),
  regexp: (t, _, choose) => textMatching(pickFrom(t.oneOf, choose), choose),
  textOrder: (t) => t.than,
  number: (t, _, choose) => new Numeral(pickFrom(t.oneOf, choose)),
  numberOrder: (t, _, choose) => Number(t.than) + choose(3) - 1,
  boolean: (t) => t.is,
  ip: (t, _, choose) => pickFrom(t.blocks, choose).replace(/\/.*$/, ''),
  ipOrder: (t) => t.than,
  dateOrder: () => '2026-01-01T00:00:00Z',
  tokens: (t, _, choose) => (t.mode === 'phrase' ? t.tokens.join(' ') : pickFrom(t.tokens, choose)),
  tokenPattern: (t, _, choose) => fill(t.oneOf[choose(t.oneOf.length)] ?? [], choose),
  anyOf: (t, go, choose) => go(t.tests[choose(t.tests.length)] ?? { kind: 'present' }, choose),
  allOf: (t, go, choose) => go(t.tests[choose(t.tests.length)] ?? { kind: 'present' }, choose),
});

/** A text that the expression matches, unless only RE2 can read it. */
function textMatching(expression: string, choose: Choose): string {
  const translated = translateLuceneRegexp(expression);
  if (!translated.ok) return expression;
  const texts = fc.stringMatching(new RegExp(`^(?:${translated.re2.replaceAll('\\x{', '\\u{')})$`, 'su'));
  return fc.sample(texts, { numRuns: 1, seed: choose(2 ** 31) })[0] ?? '';
}

const fill = (pattern: Pattern, choose: Choose = () => 1): string =>
  pattern
    .map((part) => (typeof part === 'string' ? part : part.any === 'one' ? 'z' : 'yy'.repeat(choose(3))))
    .join('');
