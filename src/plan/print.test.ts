import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANY, ONE } from '../data/pattern.ts';
import type { FieldRef, Predicate } from './predicate.ts';
import { printPlan } from './print-plan.ts';
import { printPredicate } from './print.ts';
import type { Test } from './test.ts';

const a: FieldRef = { name: 'a', path: 'a' };
const some = (test: Test, field: FieldRef = a): Predicate => ({ kind: 'some', field, test });

test('every kind of test has its own text', () => {
  const tests: readonly (readonly [Test, string])[] = [
    [{ kind: 'present' }, 'a: present'],
    [{ kind: 'text', oneOf: ['x', 'y"'], fold: 'ascii' }, 'a: text/ascii("x", "y\\"")'],
    [
      {
        kind: 'pattern',
        oneOf: [
          ['x', MANY],
          [ONE, '*'],
        ],
        fold: 'exact',
      },
      'a: pattern/exact("x*", "?\\\\*")',
    ],
    [{ kind: 'regexp', oneOf: ['x.*'], fold: 'lower' }, 'a: regexp/lower("x.*")'],
    [{ kind: 'textOrder', order: 'lt', than: 'x' }, 'a: textOrder(lt "x")'],
    [{ kind: 'number', oneOf: ['1', '2.5'], strings: 'skip' }, 'a: number/skip(1, 2.5)'],
    [{ kind: 'numberOrder', order: 'gte', than: '5', strings: 'coerce' }, 'a: numberOrder/coerce(gte 5)'],
    [{ kind: 'boolean', is: true }, 'a: boolean(true)'],
    [{ kind: 'ip', blocks: ['10.0.0.0/8'] }, 'a: ip("10.0.0.0/8")'],
    [{ kind: 'ipOrder', order: 'gt', than: '::1' }, 'a: ipOrder(gt "::1")'],
    [{ kind: 'dateOrder', order: 'lte', than: 'now-1d' }, 'a: dateOrder(lte "now-1d")'],
    [
      { kind: 'tokens', analyzer: 'word', mode: 'phrase', tokens: ['x', 'y'] },
      'a: tokens/word/phrase("x", "y")',
    ],
    [{ kind: 'tokenPattern', analyzer: 'standard', oneOf: [['x', MANY]] }, 'a: tokenPattern/standard("x*")'],
    [{ kind: 'anyOf', tests: [{ kind: 'present' }] }, 'a: anyOf(present)'],
    [
      { kind: 'allOf', tests: [{ kind: 'present' }, { kind: 'boolean', is: false }] },
      'a: allOf(present, boolean(false))',
    ],
  ];
  for (const [node, text] of tests) assert.equal(printPredicate(some(node)), text);
});

test('fields that read differently are written differently', () => {
  const texts = [
    a,
    { name: 'a', path: ['a'] },
    { name: 'a', path: 'a', below: true as const },
    { name: 'a*', path: 'a*' },
    { name: 'a*', path: ['a', MANY] },
    { name: 'like "a"', path: 'like "a"' },
  ].map((field) => printPredicate({ kind: 'exists', field }));
  assert.deepEqual(texts, [
    'exists a',
    'exists like "a"',
    'exists below a',
    'exists "a*"',
    'exists like "a*"',
    'exists "like \\"a\\""',
  ]);
});

test('spans and the spelling of a name are left out', () => {
  const spelled: Predicate = {
    kind: 'and',
    span: { start: 1, end: 2 },
    args: [{ kind: 'exists', field: { name: '`a`', path: 'a' }, span: { start: 3, end: 4 } }],
  };
  assert.equal(printPredicate(spelled), 'and(exists a)');
});

test('a computed condition is written as its expression', () => {
  const field = { kind: 'field', field: a } as const;
  const predicate: Predicate = {
    kind: 'compute',
    expression: {
      kind: 'logic',
      op: 'or',
      args: [
        { kind: 'isNull', arg: { kind: 'call', name: 'length', args: [field], insensitive: true } },
        {
          kind: 'comparison',
          op: 'gt',
          left: field,
          right: { kind: 'literal', value: { integer: '9007199254740993' } },
        },
        { kind: 'passes', arg: field, test: { kind: 'present' } },
        { kind: 'literal', value: null },
      ],
    },
  };
  assert.equal(
    printPredicate(predicate),
    'compute or((length~({a}) is null), ({a} gt 9007199254740993n), ({a} passes present), null)',
  );
});

test('a sequence is written step by step', () => {
  const where: Predicate = { kind: 'exists', field: a };
  const step = { where, key: [{ field: a, optional: true }], absent: false, span: { start: 0, end: 1 } };
  assert.equal(
    printPlan({
      kind: 'sequence',
      steps: [step, { ...step, key: [], absent: true }],
      until: step,
      maxspan: 5000,
      pipes: [{ kind: 'head', count: 3 }],
    }),
    [
      'sequence with maxspan=5000ms',
      '[exists a] by ?a',
      '![exists a]',
      'until [exists a] by ?a',
      '| head 3',
    ].join('\n'),
  );
});
