import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../../base/diagnostic.ts';
import type { MessageDefinition } from '../../../base/messages/index.ts';
import { eqlMessages } from '../../../base/messages/eql.ts';
import { source } from '../../../base/source.ts';
import { builtinFieldTypes } from '../../../data/fields/index.ts';
import { eql } from '../index.ts';

const found = (text: string) => eql.compile(source('query', text), { types: builtinFieldTypes }).diagnostics;
const pictures = (text: string): string =>
  found(text)
    .map((d) => picture(d))
    .join('\n');
const lines = (...all: readonly string[]): string => all.join('\n');

test('each example in the catalogue gives exactly its code', () => {
  const examples = Object.entries<MessageDefinition>(eqlMessages).filter(
    ([, { example }]) => example !== undefined,
  );
  assert.deepEqual(
    examples.map(([code, { example = '' }]) => [code, [...new Set(found(example).map((d) => d.code))]]),
    examples.map(([code]) => [code, [code]]),
  );
});

test('a regular expression is refused at its place inside the string', () => {
  assert.equal(
    pictures('process where process.name regex ("ok", "C:\\\\x[a") or process.name regex~ """a&b"""'),
    lines(
      'query:1:47: error EQL207: "[" is never closed',
      '  1 | process where process.name regex ("ok", "C:\\\\x[a") or process.name regex~ """a&b"""',
      '    |                                               ^^',
      'query:1:79: error EQL207: intersection "&" is not supported: escape it as "\\&" if the character is meant',
      '  1 | process where process.name regex ("ok", "C:\\\\x[a") or process.name regex~ """a&b"""',
      '    |                                                                               ^',
    ),
  );
});

test('errors and warnings come in the order of the text', () => {
  assert.equal(
    pictures(
      'process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
    ),
    lines(
      'query:1:15: warning EQL302: process.pid, a field of type long, never equals "x"',
      '  1 | process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
      '    |               ^^^^^^^^^^^^^^^^^^',
      'query:1:38: error EQL201: there is no function "lenght"',
      '  1 | process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
      '    |                                      ^^^^^^',
      '  hint: did you mean "length"?',
      'query:1:69: warning EQL301: "in" takes the * literally',
      '  1 | process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
      '    |                                                                     ^^^^',
      '  hint: use "like" or ":" if it is meant as a wildcard',
      'query:1:75: warning EQL302: null in a list equals nothing',
      '  1 | process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
      '    |                                                                           ^^^^',
      '  hint: compare with null by itself: … == null',
      'query:1:85: warning EQL302: a boolean never equals 1',
      '  1 | process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
      '    |                                                                                     ^^^^^^^^^^^^^^^^^^^^^',
      'query:1:99: error EQL204: startsWith takes a string as "prefix", not a number',
      '  1 | process where process.pid == "x" and lenght(a) and process.name in ("a*", null) and startsWith(b, 3) == 1',
      '    |                                                                                                   ^',
      '  hint: write startsWith(source, prefix)',
    ),
  );
});

/** The messages with their codes, without pictures. */
const heads = (text: string): readonly string[] =>
  found(text).map((d) => `${d.code} ${d.message}${d.hint === undefined ? '' : ` | ${d.hint}`}`);

test('comparisons that never hold', () => {
  const doubtful: Readonly<Record<string, readonly string[]>> = {
    'any where process.pid != "x"': ['EQL302 process.pid, a field of type long, always differs from "x"'],
    'any where process.pid == "5" and process.pid > -1 and process.pid in (1, "2")': [],
    'any where process.interactive == "yes"': [
      'EQL302 process.interactive, a field of type boolean, never equals "yes"',
    ],
    'any where process.interactive > true': [
      'EQL302 process.interactive, a field of type boolean, has no order to true',
    ],
    'any where source.ip in ("10.0.0.1", "host")': [
      'EQL302 source.ip, a field of type ip, never equals "host"',
    ],
    'any where source.ip > "10.0.0.0/8"': [
      'EQL302 source.ip, a field of type ip, has no order to "10.0.0.0/8"',
    ],
    'any where @timestamp > "yesterday" or @timestamp > "now-1d"': [
      'EQL302 @timestamp, a field of type date, has no order to "yesterday"',
    ],
    'any where a > null or null == b': ['EQL302 a, a field of type dynamic, has no order to null'],
    'any where length(a) == "x" or length(a) == "3" or string(a) == 3': ['EQL302 a number never equals "x"'],
    'any where (a == 1) in (true, 3)': ['EQL302 a boolean never equals 3'],
    'any where a.b/c == "allow" and a / b == "allow"': [
      'EQL302 a number never equals "allow" | a name with such a sign in it stands in back quotes: `a.b/c`',
      'EQL302 a number never equals "allow"',
    ],
    'any where a : (null, "b")': ['EQL302 ":" never matches null | write … == null'],
    'any where process.pid : ("a", "1*", "2")': [
      'EQL302 process.pid, a field of type long, never equals "a"',
      'EQL303 process.pid is a field of type long; the wildcard sees its text | use a comparison',
    ],
    'any where process.name or process.interactive or ?a': [
      'EQL302 process.name alone means process.name == true, and it is a field of type keyword | write process.name != null for "has any value"',
    ],
    'any where NULL == a or TRUE': [
      'EQL304 "NULL" is read as the name of a field | write null',
      'EQL304 "TRUE" is read as the name of a field | write true',
    ],
    'ANY where true': ['EQL304 "ANY" is read as the name of a category | write any'],
    'any where a regex ("^b", "b$", """b\\$""", """b\\\\$""")': [
      'EQL305 ^ is an ordinary character here | the expression always matches the whole value: leave it out',
      'EQL305 $ is an ordinary character here | the expression always matches the whole value: leave it out',
      'EQL305 $ is an ordinary character here | the expression always matches the whole value: leave it out',
    ],
    'any where proces.name == "a" and ?proces.name == "a"': [
      'EQL306 no table knows the field proces.name | did you mean "process.name"?',
    ],
    'any where nothing.like.it == "a" and not ?nor.this == 3': [],
  };
  assert.deepEqual(Object.fromEntries(Object.keys(doubtful).map((text) => [text, heads(text)])), doubtful);
});

test('functions and their arguments', () => {
  const refused: Readonly<Record<string, readonly string[]>> = {
    'any where wildcard(a, "b*") and arrayCount(c) == 1': [
      'EQL202 Elasticsearch\'s EQL has no function "wildcard" | use the operator ":": field : ("a*", "b*")',
      'EQL202 Elasticsearch\'s EQL has no function "arrayCount" | compare a field that holds the count, such as process.args_count',
    ],
    'any where frobnicate(a)': [
      'EQL201 there is no function "frobnicate" | the functions are add, between, cidrMatch, concat, divide, endsWith, indexOf, length, modulo, multiply, number, startsWith, string, stringContains, substring, subtract',
    ],
    'any where negate(1) == -1': [
      'EQL201 there is no function "negate" | the functions are add, between, cidrMatch, concat, divide, endsWith, indexOf, length, modulo, multiply, number, startsWith, string, stringContains, substring, subtract',
    ],
    'any where concat() == "" and between(a) == "" and cidrmatch(a)': [
      'EQL203 concat takes at least 1 argument, not 0 | write concat(value, …)',
      'EQL203 between takes 3 to 4 arguments, not 1 | write between(source, left, right, greedy?)',
      'EQL203 cidrMatch takes at least 2 arguments, not 1 | write cidrMatch(address, block, …)',
    ],
    'any where length(substring(a, "0")) == length(length(a))': [
      'EQL204 substring takes a number as "start", not a string | write substring(source, start, end?)',
      'EQL204 length takes a string as "text", not a number | write length(text)',
    ],
    'any where cidrMatch(a, "::1", "10.0.0.0/8", "x/8", b)': [
      'EQL206 "x/8" is neither an IP address nor a block of them | write an address or a block, such as "10.0.0.0/8" or "::1"',
    ],
    'any where a + "b" == concat("c") or -true == 1': [
      'EQL204 "+" takes numbers, not a string | texts are joined with concat(…)',
      'EQL204 "-" takes numbers, not a boolean | number(…) reads a text as a number',
    ],
    'any where (length(a) and "b") == true or not string(c)': [
      'EQL208 a number is not a condition | compare it with something, as in "… == …"',
      'EQL208 a string is not a condition | compare it with something, as in "… == …"',
      'EQL208 a string is not a condition | compare it with something, as in "… == …"',
    ],
    'any where startsWith(null, a) and INDEXOF~(a, "b", null) > 1': [],
  };
  assert.deepEqual(Object.fromEntries(Object.keys(refused).map((text) => [text, heads(text)])), refused);
});

test('sequences and samples as a whole', () => {
  const refused: Readonly<Record<string, readonly string[]>> = {
    'sequence by a [any where true] [any where true] by b until [any where true]': [
      'EQL220 this event has 2 keys, the first one 1 | every event, also that of "until", needs as many fields after "by"',
    ],
    'sequence [any where true] by a, b [any where true] by c, d until [any where true]': [
      'EQL220 this event has 0 keys, the first one 2 | every event, also that of "until", needs as many fields after "by"',
    ],
    'sequence by a [any where true] with runs=0 ![any where true] with runs=2': [
      'EQL221 the number of runs is 1 to 100, not 0',
      'EQL222 a sequence with a missing event has no time span | add "with maxspan=…": without it there is no time at which the event can be said to be missing',
      'EQL225 an event that must be missing has no runs | leave "with runs" out',
    ],
    'sequence by a [any where true] with runs=1': [
      'EQL224 a sequence needs two events | add an event, or repeat this one: [ … ] with runs=2',
    ],
    'sequence by a [any where true] [any where true] until ![any where true]': [
      'EQL225 "until" cannot hold a missing event | write "[" instead of "!["',
    ],
    'sequence by a [any where true] [any where true] until [any where true] with runs=2': [
      'EQL225 "until" has no runs | leave "with runs" out',
    ],
    'sequence by proces.name [any where true] with runs=2': [
      'EQL306 no table knows the field proces.name | did you mean "process.name"?',
    ],
    'sequence [any where true] [any where true]': [],
    'sample by a [any where true] [any where true] [any where true]': [],
    'sequence by a with maxspan=1m [any where true] with runs=100 ![any where true]': [],
  };
  assert.deepEqual(Object.fromEntries(Object.keys(refused).map((text) => [text, heads(text)])), refused);
});
