import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { FunctionName, FunctionValue } from './index.ts';
import { functionOf } from './index.ts';

const call = (name: FunctionName, ...args: readonly FunctionValue[]): FunctionValue =>
  functionOf(name).call(args, false);

const integers = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-1000n, 1000n));

/** As documents give it: a plain number where that is exact. */
const given = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;

const in64Bits = (value: bigint): FunctionValue => (BigInt.asIntN(64, value) === value ? given(value) : null);

test('integer arithmetic is exact to 64 bits and null beyond', () => {
  const exact: Readonly<Partial<Record<FunctionName, (a: bigint, b: bigint) => bigint | null>>> = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    multiply: (a, b) => a * b,
    divide: (a, b) => (b === 0n ? null : a / b),
    modulo: (a, b) => (b === 0n ? null : a % b),
  };
  fc.assert(
    fc.property(integers, integers, (a, b) => {
      for (const [name, operation] of Object.entries(exact)) {
        const wanted = operation(a, b);
        const got = call(name as FunctionName, given(a), given(b));
        assert.equal(got, wanted === null ? null : in64Bits(wanted), `${name}(${a}, ${b})`);
      }
      assert.equal(call('negate', given(a)), in64Bits(-a));
    }),
  );
});

test('a fraction makes arithmetic inexact, and what is not finite is null', () => {
  assert.equal(call('divide', 7.5, 2), 3.75);
  assert.equal(call('modulo', 7.5, 2), 1.5);
  assert.equal(call('modulo', 7.5, 0), null);
  assert.equal(call('divide', 7.5, 0), null);
  assert.equal(call('add', 9223372036854775807n, 0.5), 9223372036854775808);
  assert.equal(call('multiply', 1e300, 1e300), null);
  assert.equal(call('multiply', 1e300, 1), 1e300);
});

test('arguments are coerced as fields without a mapping are', () => {
  assert.equal(call('add', '5', 2), 7);
  assert.equal(call('add', 'five', 2), null);
  assert.equal(call('add', true, 2), null);
  assert.equal(call('length', 443), 3);
  assert.equal(call('startsWith', 443, 4), true);
  assert.equal(call('substring', 'abc', 'x'), null);
  assert.equal(call('indexOf', 'abc', 'c', 'x'), null);
  assert.equal(call('number', true), null);
  assert.equal(call('number', 7n), 7n);
  assert.equal(call('cidrMatch', 443, '10.0.0.0/8'), null);
  assert.equal(call('cidrMatch', '10.0.0.1', 'nonsense'), null);
  assert.equal(call('cidrMatch', '10.0.0.1', 'nonsense', '10.0.0.1'), true);
});

test('numbers of a base are read back, to 64 bits', () => {
  fc.assert(
    fc.property(integers, fc.integer({ min: 2, max: 36 }), (value, base) => {
      assert.equal(call('number', value.toString(base), base), in64Bits(value));
      assert.equal(call('number', value.toString(base).toUpperCase(), base), in64Bits(value));
    }),
  );
  for (const [text, base] of [
    ['12', 2],
    ['1', 1],
    ['1', 37],
    ['', 16],
    ['-', 8],
    ['1.5', 8],
    ['10', 'x'],
  ] as const)
    assert.equal(call('number', text, base), null, `${text} to base ${base}`);
});

test('a text is its two parts, and contains each of its parts where indexOf says', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const text = call('concat', before, after);
      assert.equal(call('substring', text, 0, before.length), before);
      assert.equal(call('substring', text, before.length), after);
      assert.equal(call('startsWith', text, before), true);
      assert.equal(call('endsWith', text, after), true);
      assert.equal(call('stringContains', text, after), after !== '');
      assert.equal(call('indexOf', text, after, before.length), before.length);
    }),
  );
});

test('between gives what stands between its marks, also greedily', () => {
  const parts = fc.string({ unit: fc.constantFrom('a', 'b', '😀') });
  fc.assert(
    fc.property(parts, parts, (first, second) => {
      const text = `${first}(${first})${second})`;
      assert.equal(call('between', text, '(', ')'), first);
      assert.equal(call('between', text, '(', ')', true), `${first})${second}`);
    }),
  );
  assert.equal(call('between', 'a)b(c', '(', ')', true), '');
  assert.equal(call('between', 'aXb', 'X', 'b', false), '');
});
