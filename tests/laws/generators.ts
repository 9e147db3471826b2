/**
 * Random plans and documents for the laws. Names and values come from small pools, so that conditions hold often
 * enough to tell right from wrong.
 */
import * as fc from 'fast-check';
import type { JsonObject, JsonValue, Scalar } from '../../src/data/document.ts';
import type { Fold, Order } from '../../src/data/fold.ts';
import { Numeral } from '../../src/data/numeral.ts';
import type { Pattern } from '../../src/data/pattern.ts';
import { MANY, ONE } from '../../src/data/pattern.ts';
import type { FunctionDefinition, FunctionName, Parameter } from '../../src/func/index.ts';
import { functions } from '../../src/func/index.ts';
import type { Expression } from '../../src/plan/expression.ts';
import type { FieldRef, Predicate } from '../../src/plan/predicate.ts';
import type { Test } from '../../src/plan/test.ts';

/** Longer than what is looked up of a text. */
const LONG = 'a path of forty characters, or even more';

const texts = [
  '',
  'a',
  'A',
  'ab',
  'aB',
  'b',
  'É',
  'é',
  'Σ',
  'true',
  'false',
  '1',
  '1.0',
  '01',
  '443',
  '-1',
  'foo bar',
  'x-y_z',
  'bar',
  '10.0.0.1',
  '10.1.2.3',
  '::1',
  '::ffff:10.0.0.1',
  '2026-02-03',
  '2026-02-03T04:05:06Z',
  '1e3',
  '*',
  'a\nb',
  '😀',
  '\u212a',
  'kb',
  'abΣ',
  'abΣa',
  'İb',
  'ÉbΣ',
  LONG,
  `${LONG}b`,
  `a${LONG}`,
];
const names = ['a', 'b', 'c', '0', '1', 'a.b', 'b.c', 'a.0', 'B'];
const paths = [
  'a',
  'a',
  'b',
  'b',
  'a',
  'b',
  'a.b',
  'b.c',
  'a.b.c',
  'a.0',
  'a.0.b',
  'a.1.0',
  'c',
  'c.a',
  'B',
  'a.a',
  '0',
  'zz',
];
const regexps = [
  'a.*',
  '[a-z]+',
  '.*b',
  'a|b',
  '(foo|x).*',
  '[0-9]+(\\.[0-9]+)*',
  '.',
  '',
  '<1-500>',
  '.*(o b|x-y).*',
  '[Kk]?b+',
  '[^a]b',
  '.*[^x].',
  '(a|A)b.?',
];
const dates = ['now', 'now-1d/d', '2026-02-03', '2026-02-03||+1M/d', '2026', '1770000000000', 'never'];
const numbers = [
  '0',
  '1',
  '1.0',
  '-1',
  '443',
  '1.5',
  '9007199254740993',
  '100000000000000000000',
  '1e3',
  'x',
];
const blocks = ['10.0.0.0/8', '10.0.0.1', '::1', '::/0', '10.0.0.0/33', 'x'];

const pick = <T>(...items: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...items);
const listOf = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 3 });

const text = pick(...texts);
const folding = pick<Fold>('exact', 'ascii', 'lower');
const order = pick<Order>('lt', 'lte', 'gt', 'gte');
const strings = pick<'coerce' | 'skip'>('coerce', 'skip');

const plainNumbers = [0, 1, -1, 443, 1.5, 1e20, -0, 1770091506000];
const numerals = ['1.0', '9007199254740993', '100000000000000000000'].map((t) => new Numeral(t));

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 5, arbitrary: text },
  { weight: 2, arbitrary: pick<Scalar>(...plainNumbers) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: pick(...numerals) },
);

/** All values that documents have. */
export const scalars: readonly Scalar[] = [...texts, ...plainNumbers, true, false, ...numerals];

/** Nested objects, dotted keys, digits as keys, nulls and empty containers in any mix. */
export const documents: fc.Arbitrary<JsonObject> = fc.letrec<{ value: JsonValue; object: JsonObject }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 6, arbitrary: scalar },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
      { weight: 3, arbitrary: tie('object') },
    ),
    object: fc.dictionary(pick(...names), tie('value'), {
      minKeys: 1,
      maxKeys: 5,
    }) as fc.Arbitrary<JsonObject>,
  }),
).object;

const pattern: fc.Arbitrary<Pattern> = fc.array(
  pick<Pattern[number]>(
    'a',
    'b',
    'A',
    'É',
    '.',
    '1',
    '0',
    'k',
    'Σ',
    'bΣ',
    'Éb',
    LONG,
    'i',
    'o b',
    MANY,
    MANY,
    ONE,
  ),
  {
    maxLength: 4,
  },
);

const field: fc.Arbitrary<FieldRef> = fc.oneof(
  { weight: 8, arbitrary: pick(...paths).map((path): FieldRef => ({ name: path, path })) },
  { weight: 1, arbitrary: pick(...paths).map((path): FieldRef => ({ name: path, path, below: true })) },
  { weight: 1, arbitrary: pattern.map((path): FieldRef => ({ name: 'pattern', path })) },
  {
    weight: 1,
    arbitrary: pick(...paths).map((path): FieldRef => ({ name: path, path: [`${path}.`, MANY] })),
  },
);

const simpleTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ kind: fc.constant('present' as const) }),
  fc.record({ kind: fc.constant('text' as const), oneOf: listOf(text), fold: folding }),
  fc.record({ kind: fc.constant('pattern' as const), oneOf: listOf(pattern), fold: folding }),
  fc.record({ kind: fc.constant('regexp' as const), oneOf: listOf(pick(...regexps)), fold: folding }),
  fc.record({ kind: fc.constant('textOrder' as const), order, than: text }),
  fc.record({ kind: fc.constant('number' as const), oneOf: listOf(pick(...numbers)), strings }),
  fc.record({ kind: fc.constant('numberOrder' as const), order, than: pick(...numbers), strings }),
  fc.record({ kind: fc.constant('boolean' as const), is: fc.boolean() }),
  fc.record({ kind: fc.constant('ip' as const), blocks: listOf(pick(...blocks)) }),
  fc.record({ kind: fc.constant('ipOrder' as const), order, than: pick('10.0.0.1', '::1', 'x') }),
  fc.record({ kind: fc.constant('dateOrder' as const), order, than: pick(...dates) }),
  fc.record({
    kind: fc.constant('tokens' as const),
    analyzer: pick<'standard' | 'word'>('standard', 'word'),
    mode: pick<'any' | 'phrase'>('any', 'phrase'),
    tokens: listOf(pick('foo', 'bar', 'a', 'b', 'x', 'y_z', '10.0.0.1')),
  }),
  fc.record({
    kind: fc.constant('tokenPattern' as const),
    analyzer: pick<'standard' | 'word'>('standard', 'word'),
    oneOf: listOf(pattern),
  }),
);

export const tests: fc.Arbitrary<Test> = fc.oneof(
  { weight: 8, arbitrary: simpleTest },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('anyOf' as const), tests: listOf(simpleTest) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('allOf' as const), tests: listOf(simpleTest) }) },
);

const literal: fc.Arbitrary<Expression> = fc
  .oneof(
    text,
    pick<string | number | boolean | null>(null, 0, 1, -1, 2, 1.5, true, false),
    pick({ integer: '9007199254740993' }),
  )
  .map((value): Expression => ({ kind: 'literal', value }));

function argumentsOf(
  definition: FunctionDefinition,
  argument: fc.Arbitrary<Expression>,
): fc.Arbitrary<readonly Expression[]> {
  const count = (parameter: Parameter): { minLength: number; maxLength: number } => ({
    minLength: parameter.optional === true ? 0 : 1,
    maxLength: parameter.variadic === true ? 2 : 1,
  });
  return fc
    .tuple(...definition.parameters.map((parameter) => fc.array(argument, count(parameter))))
    .map((lists) => lists.flat());
}

const calls = (argument: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  pick(...(Object.keys(functions) as FunctionName[])).chain((name) =>
    fc.tuple(argumentsOf(functions[name], argument), fc.boolean()).map(([args, insensitive]): Expression => ({
      kind: 'call',
      name,
      args,
      ...(insensitive ? { insensitive } : {}),
    })),
  );

export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 2, arbitrary: literal },
    { weight: 4, arbitrary: field.map((ref): Expression => ({ kind: 'field', field: ref })) },
    { weight: 3, arbitrary: calls(tie('any')) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('comparison' as const),
        op: pick<'eq' | 'neq' | Order>('eq', 'neq', 'lt', 'lte', 'gt', 'gte'),
        left: tie('any'),
        right: tie('any'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('passes' as const), arg: tie('any'), test: tests }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('isNull' as const), arg: tie('any') }) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.record({
          kind: fc.constant('logic' as const),
          op: pick<'and' | 'or'>('and', 'or'),
          args: fc.array(tie('any'), { minLength: 1, maxLength: 2 }),
        }),
        fc.record({
          kind: fc.constant('logic' as const),
          op: fc.constant('not' as const),
          args: tie('any').map((arg) => [arg]),
        }),
      ),
    },
  ),
})).any;

/** Whether a call of any function is of a value at all. */
export const calling: fc.Arbitrary<Expression> = calls(
  fc.oneof(
    literal,
    field.map((ref): Expression => ({ kind: 'field', field: ref })),
  ),
).map((call): Expression => ({ kind: 'passes', arg: call, test: { kind: 'present' } }));

/** Truths of three values, put together in any way. */
export const truths: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    {
      weight: 2,
      arbitrary: pick(true, false, null).map((value): Expression => ({ kind: 'literal', value })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(pick('a', 'b', 'zz'), pick<'eq' | 'neq'>('eq', 'neq'))
        .map(([path, op]): Expression => ({
          kind: 'comparison',
          op,
          left: { kind: 'field', field: { name: path, path } },
          right: { kind: 'literal', value: 'a' },
        })),
    },
    {
      weight: 2,
      arbitrary: tie('any').map((arg): Expression => ({ kind: 'logic', op: 'not', args: [arg] })),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('logic' as const),
        op: pick<'and' | 'or'>('and', 'or'),
        args: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
})).any;

export const predicates: fc.Arbitrary<Predicate> = fc.letrec<{ any: Predicate }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('some' as const), field, test: tests }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('exists' as const), field }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('compute' as const), expression: expressions }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('and' as const),
        args: fc.array(tie('any'), { maxLength: 3 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('or' as const),
        args: fc.array(tie('any'), { maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('not' as const), arg: tie('any') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('nested' as const),
        path: pick('a', 'b', 'a.b', 'a.0'),
        arg: tie('any'),
      }),
    },
  ),
})).any;
