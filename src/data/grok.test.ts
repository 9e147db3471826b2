import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDissect } from './dissect.ts';
import { grokNames, readGrok } from './grok.ts';

/** The captures of a pattern in a text, by column; undefined when it is not found. */
function grok(pattern: string, text: string): Record<string, readonly unknown[]> | undefined {
  const read = readGrok(pattern);
  assert.ok(read.ok, read.ok ? '' : read.message);
  const found = read.match(text);
  return found && Object.fromEntries(read.columns.map(({ name }, i) => [name, found[i] ?? []]));
}

test('every name of the library can be read, and runs in linear time', () => {
  for (const name of grokNames) {
    const read = readGrok(`%{${name}}`);
    assert.ok(read.ok && read.linear, name);
  }
});

/** Name, texts that match from end to end, texts that do not. */
const whole: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['INT', ['0', '-17', '+5'], ['1.5', '', 'x']],
  ['NUMBER', ['1', '-1.5', '.5'], ['1.', '1e5']],
  ['IPV4', ['10.0.0.1', '255.255.255.255'], ['256.0.0.1', '1.2.3']],
  [
    'IPV6',
    ['::1', '2001:db8::8a2e:370:7334', '::ffff:10.0.0.1', 'fe80::1%eth0', '1:2:3:4:5:6:7:8'],
    ['1.2.3.4', ':'],
  ],
  ['IP', ['10.0.0.1', '::1'], ['host']],
  ['HOSTNAME', ['a', 'a-b.example.com', 'x.y.'], ['-a', 'a b']],
  ['UUID', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
  ['MAC', ['00:1B:44:11:3A:B7', '001b.4411.3ab7', '00-1B-44-11-3A-B7'], ['00:1B']],
  ['PATH', ['/usr/bin/curl', 'C:\\Windows\\cmd.exe'], ['usr']],
  ['URI', ['https://example.com:8443/a/b?c=d', 'ftp://u:p@h/'], ['example.com']],
  ['TIMESTAMP_ISO8601', ['2026-01-31T08:05:00Z', '2026-01-31 08:05:00.123+01:00'], ['2026-13-01T00:00:00Z']],
  ['HTTPDATE', ['31/Jan/2026:08:05:00 +0000'], ['2026-01-31']],
  ['LOGLEVEL', ['INFO', 'warn', 'Error'], ['loud']],
  ['QUOTEDSTRING', ['"a \\" b"', "'x'"], ['"a']],
  ['EMAILADDRESS', ['a.b@example.com'], ['@x']],
  ['WORD', ['abc_1'], ['a-b']],
];

for (const [name, matching, others] of whole) {
  test(`%{${name}} matches what it is documented to match`, () => {
    const matches = (text: string): boolean => grok(`\\A%{${name}}\\z`, text) !== undefined;
    for (const text of matching) assert.equal(matches(text), true, text);
    for (const text of others) assert.equal(matches(text), false, text);
  });
}

test('captures have names with dots, types, and collect when given twice', () => {
  assert.deepEqual(grok('%{INT:a.b:int} %{NUMBER:c:float} (?<d>x+)', 'at 12 1.5 xx'), {
    'a.b': [12],
    c: [1.5],
    d: ['xx'],
  });
  assert.deepEqual(grok('%{WORD:a} %{WORD:a}', 'one two'), { a: ['one', 'two'] });
  assert.deepEqual(grok('%{INT:a}|%{WORD:b}', 'word'), { a: [], b: ['word'] });
  assert.deepEqual(grok('%{NOTSPACE:a:int}', 'x'), { a: [] });
  assert.equal(grok('%{INT:a}', 'none'), undefined);
});

test('it is found anywhere; ends are those of lines, and (?m) lets the point match line ends', () => {
  assert.deepEqual(grok('^b(?<x>.*)$', 'a\nbc\nd'), { x: ['c'] });
  assert.deepEqual(grok('(?m)^b(?<x>.*)$', 'a\nbc\nd'), { x: ['c\nd'] });
  assert.deepEqual(grok('(?i:HTTP)(?<x>\\h+)', 'httpbeef'), { x: ['beef'] });
});

test('lookaround and possessive quantifiers run too, on short texts', () => {
  assert.deepEqual(grok('(?<=a)(?<x>b++)(?!b)', 'abbb'), { x: ['bbb'] });
  assert.equal(grok('(?<=a)(?<x>b)', `${' '.repeat(5000)}ab`), undefined);
});

test('what cannot be read is refused', () => {
  for (const pattern of ['%{NOPE:x}', '%{INT:x', '%{INT:x:money}', '(?<x>', '%{INT:x:int} %{INT:x}'])
    assert.equal(readGrok(pattern).ok, false, pattern);
});

/** Pattern, text, columns with values; undefined when it does not fit. */
const dissected: readonly (readonly [string, string, Record<string, string> | undefined])[] = [
  ['%{a} %{b}', 'one two three', { a: 'one', b: 'two three' }],
  ['%{a}-%{b}', 'one two', undefined],
  ['[%{a}] %{b}', '[x] y', { a: 'x', b: 'y' }],
  ['[%{a}]', 'x]', undefined],
  ['%{a},%{b},%{c}', '1,,3', { a: '1', b: '', c: '3' }],
  ['%{a->} %{b}', 'x     y', { a: 'x', b: 'y' }],
  ['%{a} %{b}', 'x  y', { a: 'x', b: ' y' }],
  ['%{?skip}=%{a}', 'k=v', { a: 'v' }],
  ['%{}=%{a}', 'k=v', { a: 'v' }],
  ['%{+a} %{+a}', 'x y', { a: 'x+y' }],
  ['%{+a/2} %{+a/1}', 'x y', { a: 'y+x' }],
  ['%{{?b}=%{c}', '{x=y', { '{?b': '{x', c: 'y' }],
  ['%{a}.', 'x.y', { a: 'x' }],
  ['%{a}', '', undefined],
];

for (const [pattern, text, expected] of dissected) {
  test(`DISSECT ${pattern} of "${text}"`, () => {
    const read = readDissect(pattern, '+');
    assert.ok(read.ok);
    const values = read.match(text);
    assert.deepEqual(
      values && Object.fromEntries(read.columns.map((name, i) => [name, values[i]])),
      expected,
    );
  });
}

test('DISSECT refuses patterns without keys, with names from values, with nothing to keep', () => {
  for (const pattern of ['abc', '%{*a}=%{&a}', '%{?a}'])
    assert.equal(readDissect(pattern).ok, false, pattern);
});
