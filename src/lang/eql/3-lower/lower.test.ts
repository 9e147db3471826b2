import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../../base/diagnostic.ts';
import { source } from '../../../base/source.ts';
import { builtinFieldTypes } from '../../../data/fields/index.ts';
import type { Plan } from '../../../plan/plan.ts';
import { printPlan } from '../../../plan/print-plan.ts';
import { eql } from '../index.ts';

function plan(text: string, eventCategoryField?: string): Plan {
  const options = {
    types: builtinFieldTypes,
    ...(eventCategoryField === undefined ? {} : { eventCategoryField }),
  };
  const compiled = eql.compile(source('query', text), options);
  assert.ok(compiled.ok, compiled.diagnostics.map((d) => picture(d)).join('\n'));
  return compiled.value;
}

/** The plans of conditions that follow `any where`. */
function assertPlans(wanted: Readonly<Record<string, string>>): void {
  const given = Object.keys(wanted).map((condition) => [
    condition,
    printPlan(plan(`any where ${condition}`)),
  ]);
  assert.deepEqual(Object.fromEntries(given), wanted);
}

test('a field against constants is a test of the field', () => {
  assertPlans({
    'a == "x"': 'a: text/exact("x")',
    '"x" == a': 'a: text/exact("x")',
    'a != "x"': 'not(a: text/exact("x"))',
    '"x" != a': 'not(a: text/exact("x"))',
    'not a != "x"': 'not(not(a: text/exact("x")))',
    'a in ("x", "y*", null)': 'a: text/exact("x", "y*")',
    'a not in~ ("x")': 'not(a: text/ascii("x"))',
    'a > "x" and 5 > a': 'and(a: textOrder(gt "x"), a: numberOrder/coerce(lt 5))',
    'a : ("x", "y*", "z?", "W")': 'a: anyOf(text/ascii("x", "W"), pattern/ascii("y*", "z?"))',
    'a like ("x", "y")': 'a: text/exact("x", "y")',
    'a like~ "*"': 'a: pattern/ascii("*")',
    'a regex~ ("x.*", "y")': 'a: regexp/ascii("x.*", "y")',
    a: 'a: text/exact("true")',
    'not ?a': 'not(a: text/exact("true"))',
    'a == -(1 + 2)': 'a: number/coerce(-3)',
    'a == concat("x", 1)': 'a: text/exact("x1")',
    'a > -9223372036854775808': 'a: numberOrder/coerce(gt -9223372036854775808)',
  });
});

test('null asks whether the field has a value', () => {
  assertPlans({
    'a == null': 'not(exists a)',
    'null == a': 'not(exists a)',
    'a != null': 'exists a',
    'not a == null': 'not(not(exists a))',
    'length(a) == null': 'compute (length({a}) is null)',
    'length(a) != null': 'not(compute (length({a}) is null))',
    'a > null': 'or()',
    'a : null': 'or()',
    'a in (null)': 'or()',
    'null == null': 'compute (null is null)',
  });
});

test('the type of a field decides what a constant means', () => {
  assertPlans({
    'process.pid == 5 and process.pid == "5"':
      'and(process.pid: number/coerce(5), process.pid: number/coerce(5))',
    'process.pid == "x"': 'or()',
    'process.pid != "x"': 'not(or())',
    'process.pid in (1, "2", "x")': 'process.pid: number/coerce(1, 2)',
    'process.pid : ("1*", "2")': 'process.pid: anyOf(number/coerce(2), pattern/ascii("1*"))',
    'process.pid >= "7"': 'process.pid: numberOrder/coerce(gte 7)',
    'process.name == 5': 'process.name: number/coerce(5)',
    'user.id >= "1000000000"': 'user.id: textOrder(gte "1000000000")',
    'source.ip in ("10.0.0.1", "::1", "x")': 'source.ip: ip("10.0.0.1", "::1")',
    'source.ip : ("10.*", "10.0.0.1")': 'source.ip: anyOf(ip("10.0.0.1"), pattern/ascii("10.*"))',
    'source.ip < "10.0.0.9"': 'source.ip: ipOrder(lt "10.0.0.9")',
    '@timestamp == "2026-03-02"':
      '@timestamp: allOf(dateOrder(gte "2026-03-02"), dateOrder(lte "2026-03-02"))',
    '@timestamp > 1700000000000': '@timestamp: dateOrder(gt "1700000000000")',
    'process.interactive and process.interactive == "false"':
      'and(process.interactive: boolean(true), process.interactive: boolean(false))',
    'process.interactive > true': 'or()',
    'process.name.caseless == "CMD" and process.name.caseless : "CMD*"':
      'and(process.name: text/lower("CMD"), process.name: pattern/lower("CMD*"))',
    'gcp.audit.labels == "x"': 'below gcp.audit.labels: text/exact("x")',
  });
});

test('calls over one field and constants are tests where they ask the same', () => {
  assertPlans({
    'cidrMatch(source.ip, "10.0.0.0/8", "::1")': 'source.ip: ip("10.0.0.0/8", "::1")',
    'cidrmatch(a, "1.2.3.4")': 'a: ip("1.2.3.4")',
    'cidrMatch(a, b)': 'compute cidrMatch({a}, {b})',
    'cidrMatch(string(a), "::1")': 'compute cidrMatch(string({a}), "::1")',
    'startsWith(a, "x")': 'a: pattern/exact("x*")',
    'startsWith(a, "*")': 'a: pattern/exact("\\\\**")',
    'endsWith~(a, "x")': 'a: pattern/ascii("*x")',
    'stringContains(a, "x")': 'a: pattern/exact("*x*")',
    'stringContains(a, "")': 'compute stringContains({a}, "")',
    'startsWith(a, b)': 'compute startsWith({a}, {b})',
    'startsWith("x", a)': 'compute startsWith("x", {a})',
    'startsWith("xy", "x")': 'and()',
    'startsWith(a, "x") == false': 'not(a: pattern/exact("x*"))',
    'startsWith(a, "x") == null': 'compute (startsWith({a}, "x") is null)',
  });
});

test('everything else is computed, with three values inside', () => {
  assertPlans({
    'length(a) > 3': 'compute (length({a}) gt 3)',
    '3 <= length(a)': 'compute (length({a}) gte 3)',
    'length(a) != 3': 'compute (length({a}) neq 3)',
    'length(a) in (1, 2)': 'compute (length({a}) passes number/coerce(1, 2))',
    'length(a) not in (1, b)': 'not(compute or((length({a}) passes number/coerce(1)), (length({a}) eq {b})))',
    'string(a) : ("y*", "z")': 'compute (string({a}) passes anyOf(text/ascii("z"), pattern/ascii("y*")))',
    'a == b': 'compute ({a} eq {b})',
    'a != b': 'compute ({a} neq {b})',
    'a + 1 > b * 2 - -c': 'compute (add({a}, 1) gt subtract(multiply({b}, 2), negate({c})))',
    'a / 2 % 3 == 1': 'compute (modulo(divide({a}, 2), 3) eq 1)',
    'null == (a > 1)': 'compute (({a} passes numberOrder/coerce(gt 1)) is null)',
    '(a != 1) == (b == null or not c)':
      'compute (not(({a} passes number/coerce(1))) eq or(({b} is null), not(({c} passes text/exact("true")))))',
  });
});

test('a condition that is compared with true or false is split like any other', () => {
  assertPlans({
    '(a == 1 or b == 2) == true': 'or(a: number/coerce(1), b: number/coerce(2))',
    '(a == 1 or b == 2) != true': 'not(or(a: number/coerce(1), b: number/coerce(2)))',
    'false == (a == 1)': 'not(a: number/coerce(1))',
    'false != (a == 1)': 'a: number/coerce(1)',
    'a == false': 'a: text/exact("false")',
    'true and not false and null': 'and(and(), not(or()), or())',
  });
});

test('the category is one condition more', () => {
  const both = [printPlan(plan('process where a')), printPlan(plan('info where a', 'event.type'))];
  assert.deepEqual(both, [
    'and(event.category: text/exact("process"), a: text/exact("true"))',
    'and(event.type: text/exact("info"), a: text/exact("true"))',
  ]);
});

test('a sequence has its steps written out', () => {
  const text = [
    'sequence by host.id with maxspan=2m',
    '  [process where a] by ?b with runs=2',
    '  ![any where true] by c',
    'until [file where d] by e',
    '| head 3 | tail 1',
  ].join('\n');
  const sequence = plan(text);
  assert.equal(
    printPlan(sequence),
    [
      'sequence with maxspan=120000ms',
      '[and(event.category: text/exact("process"), a: text/exact("true"))] by host.id, ?b',
      '[and(event.category: text/exact("process"), a: text/exact("true"))] by host.id, ?b',
      '![and()] by host.id, c',
      'until [and(event.category: text/exact("file"), d: text/exact("true"))] by host.id, e',
      '| head 3',
      '| tail 1',
    ].join('\n'),
  );
  assert.ok(sequence.kind === 'sequence');
  assert.deepEqual(
    sequence.steps.map(({ span }) => text.slice(span.start, span.end)),
    ['[process where a] by ?b with runs=2', '[process where a] by ?b with runs=2', '![any where true] by c'],
  );
});

test('a sample has its steps', () => {
  assert.equal(
    printPlan(plan('sample by a [any where b] [any where c]')),
    ['sample', '[b: text/exact("true")] by a', '[c: text/exact("true")] by a'].join('\n'),
  );
});

test('each part of a predicate says where it stands', () => {
  const text = 'process where a == "x" and not startsWith(b, c)';
  const { where } = plan(text) as { where: import('../../../plan/predicate.ts').Predicate };
  const places: string[] = [];
  const visit = (node: typeof where): void => {
    places.push(`${node.kind} ${node.span === undefined ? '' : text.slice(node.span.start, node.span.end)}`);
    if (node.kind === 'and' || node.kind === 'or') node.args.forEach(visit);
    if (node.kind === 'not') visit(node.arg);
  };
  visit(where);
  assert.deepEqual(places, [
    `and ${text}`,
    'some process',
    'and a == "x" and not startsWith(b, c)',
    'some a == "x"',
    'not not startsWith(b, c)',
    'compute startsWith(b, c)',
  ]);
});
