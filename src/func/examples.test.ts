import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FunctionDefinition, FunctionValue } from './index.ts';
import { functionNamed, functionOf, functions } from './index.ts';

/** Evaluates calls over literals: `name~("text", -1, other(null))`, also after a minus. */
function evaluate(call: string): FunctionValue {
  const tokens = call.match(/"[^"]*"|[A-Za-z]\w*~?|\d+(\.\d+)?|[-(),]/g) ?? [];
  assert.equal(tokens.join(''), call.replaceAll(/ (?=(?:[^"]*"[^"]*")*[^"]*$)/g, ''), `cannot read ${call}`);
  const take = (): string => tokens.shift() ?? '';
  const value = (): FunctionValue => {
    const token = take();
    if (token === '-') return apply(functionOf('negate'), [value()], false);
    if (token.startsWith('"')) return token.slice(1, -1);
    if (/^\d/.test(token)) return numeric(token);
    if (tokens[0] !== '(') return literals[token] ?? null;
    return invoke(token);
  };
  const invoke = (name: string): FunctionValue => {
    const definition = functionNamed(name.replace('~', ''));
    assert.ok(definition, `no function is called ${name}`);
    const args: FunctionValue[] = [];
    take();
    for (args.push(value()); take() === ',';) args.push(value());
    return apply(definition, args, name.endsWith('~'));
  };
  return value();
}

const literals: Readonly<Record<string, FunctionValue>> = { true: true, false: false };

const numeric = (text: string): number | bigint =>
  text.includes('.') || Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);

function apply(
  definition: FunctionDefinition,
  args: readonly FunctionValue[],
  insensitive: boolean,
): FunctionValue {
  assert.ok(definition.insensitive || !insensitive, `${definition.name} has no form with ~`);
  if (definition.onNull === 'null' && args.includes(null)) return null;
  return definition.call(args, insensitive);
}

for (const definition of Object.values(functions) as readonly FunctionDefinition[]) {
  for (const { call, gives } of definition.examples) {
    test(`${call} gives ${JSON.stringify(gives)}`, () => assert.equal(evaluate(call), gives));
  }
}

test('every function has examples, says what its parameters are, and is listed under its own name', () => {
  for (const [key, definition] of Object.entries(functions) as readonly [string, FunctionDefinition][]) {
    assert.equal(definition.name, key);
    assert.ok(definition.examples.length >= 2, `${key} has fewer than two examples`);
    assert.ok(definition.examples.some(({ call }) => definition.operatorOnly || call.startsWith(key)));
    assert.deepEqual(
      definition.parameters.filter((p, i) => p.variadic && i < definition.parameters.length - 1),
      [],
    );
  }
});

test('functions with a form with ~ show it', () => {
  for (const definition of Object.values(functions) as readonly FunctionDefinition[]) {
    const shown = definition.examples.some(({ call }) => call.startsWith(`${definition.name}~`));
    assert.equal(shown, definition.insensitive, definition.name);
  }
});

test('names are found in any case, and operators are not names', () => {
  assert.equal(functionNamed('CIDRMATCH'), functions.cidrMatch);
  assert.equal(functionNamed('startswith'), functions.startsWith);
  assert.equal(functionNamed('negate'), undefined);
  assert.equal(functionNamed('constructor'), undefined);
  assert.equal(functionNamed('arrayContains'), undefined);
});
