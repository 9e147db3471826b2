import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { picture } from '../../../base/diagnostic.ts';
import { source } from '../../../base/source.ts';
import type { Query } from './ast.ts';
import { parseEql } from './parse.ts';
import { printQuery } from './print.ts';

/** The canonical text of a query; the test fails when it cannot be read. */
function canonical(text: string): string {
  const parsed = parseEql(source('query', text));
  assert.ok(parsed.ok, parsed.diagnostics.map((d) => picture(d)).join('\n'));
  return printQuery(parsed.value);
}

const pictures = (text: string): string =>
  parseEql(source('query', text))
    .diagnostics.map((d) => picture(d))
    .join('\n');

const lines = (...all: readonly string[]): string => all.join('\n');

test('operators bind as the grammar says', () => {
  const readings: Readonly<Record<string, string>> = {
    'any where not a and b or c': 'any where not a and b or c',
    'any where not (a and b) or c': 'any where not (a and b) or c',
    'any where a and (b or c)': 'any where a and (b or c)',
    'any where (a and b) and c': 'any where (a and b) and c',
    'any where ((a)) == (b)': 'any where a == b',
    'any where (a == b) == true': 'any where (a == b) == true',
    'any where a + b * c - d == 1': 'any where a + b * c - d == 1',
    'any where (a + b) * c == a - (b - c)': 'any where (a + b) * c == a - (b - c)',
    'any where - -a == -(a + 1)': 'any where --a == -(a + 1)',
    'any where a + b in (1)': 'any where a + b in (1)',
    'any where (a + b) in (1)': 'any where (a + b) in (1)',
    'any where not a in (1) and a not in~ ("x")': 'any where not a in (1) and a not in~ ("x")',
    'any where a : ("x") and b like~ ("y", 1, null)': 'any where a : "x" and b like~ ("y", 1, null)',
    'any where not not true': 'any where not not true',
  };
  assert.deepEqual(
    Object.keys(readings).map((text) => canonical(text)),
    Object.values(readings),
  );
});

test('names and literals in every spelling', () => {
  const readings: Readonly<Record<string, string>> = {
    'any where `a.b-c`.d == ?e.`0`.where': 'any where a.`b-c`.d == ?e.`0`.`where`',
    'any where `sequence` and `a``b` and @timestamp': 'any where `sequence` and `a``b` and @timestamp',
    '"two words" where true': '"two words" where true',
    '"any" where true': '"any" where true',
    '"plain" where true': 'plain where true',
    'any where a == """C:\\x"y"""""': 'any where a == "C:\\\\x\\"y\\"\\""',
    'any where a == """""""': 'any where a == "\\""',
    'any where a == "\\u{20ac}\\t\\u{202e}\\\'"': 'any where a == "€\\t\\u{202e}\'"',
    'any where a in (1., .5, 1e3, 1.5e-3, .5E2)': 'any where a in (1., .5, 1e3, 1.5e-3, .5E2)',
    'any where STARTSWITH~(a, "b")': 'any where STARTSWITH~(a, "b")',
    '/* a /* b */ */any/**/where// c\r\n\ttrue': 'any where true',
    'SEQUENCE where NOT not in (1) and NOT == OR': 'SEQUENCE where NOT not in (1) and NOT == OR',
    'any where a.with == 1 and `a.` == 2': 'any where a.`with` == 1 and `a.` == 2',
  };
  assert.deepEqual(
    Object.keys(readings).map((text) => canonical(text)),
    Object.values(readings),
  );
});

test('sequences, samples and pipes', () => {
  const text = lines(
    'sequence by a.b, ?c with maxspan = 5 m',
    '  [process where true] by d with runs=3',
    '  ![any where true] by e',
    'until [file where true] by f',
    '| head 4 | tail 2',
  );
  assert.equal(
    canonical(text),
    'sequence by a.b, ?c with maxspan=5m [process where true] by d with runs=3 ![any where true] by e' +
      ' until [file where true] by f | head 4 | tail 2',
  );
  assert.equal(
    canonical('sample by a [any where b][any where c]'),
    'sample by a [any where b] [any where c]',
  );
});

test('spans say where things stand', () => {
  const text = 'any where a == "b" and length(c) > 1';
  const parsed = parseEql(source('query', text));
  assert.ok(parsed.ok && parsed.value.kind === 'event');
  const { condition } = parsed.value.event;
  assert.ok(condition.kind === 'and');
  const written = [condition, ...condition.args].map(({ span }) => text.slice(span.start, span.end));
  assert.deepEqual(written, ['a == "b" and length(c) > 1', 'a == "b"', 'length(c) > 1']);
});

test('several errors are reported at once', () => {
  const text = lines(
    'sequence by host.id with maxspan=1min',
    '  [process where process.name = \'sh\' AND user.id not like "0*"]',
    '  [file where file.path in ("a" "b") or (x == 1] with runs=1.5',
    '  [network where ]',
    '| unique host.id | tail -1',
  );
  assert.equal(
    pictures(text),
    lines(
      'query:1:35: error EQL120: "min" is not a unit of time',
      '  1 | sequence by host.id with maxspan=1min',
      '    |                                   ^^^',
      '  hint: the units are ms, s, m, h and d: 1m',
      'query:2:31: error EQL111: "=" does not compare',
      '  2 |   [process where process.name = \'sh\' AND user.id not like "0*"]',
      '    |                               ^',
      '  hint: write "=="',
      "query:2:33: error EQL106: a string stands in double quotes, not in '…'",
      '  2 |   [process where process.name = \'sh\' AND user.id not like "0*"]',
      '    |                                 ^^^^',
      '  hint: write "sh"',
      'query:2:38: error EQL112: "AND" is not a keyword; keywords are in lower case',
      '  2 |   [process where process.name = \'sh\' AND user.id not like "0*"]',
      '    |                                      ^^^',
      '  hint: write "and"',
      'query:2:50: error EQL113: "not" cannot stand before "like"; only "in" has such a form',
      '  2 |   [process where process.name = \'sh\' AND user.id not like "0*"]',
      '    |                                                  ^^^',
      '  hint: put it before the field: not field like "…"',
      'query:3:33: error EQL101: expected "," or ")", found the string "b"',
      '  3 |   [file where file.path in ("a" "b") or (x == 1] with runs=1.5',
      '    |                                 ^^^',
      '  hint: a double quote inside a string is written \\"; values of a list are separated by commas',
      'query:3:48: error EQL101: expected "and", "or" or ")", found "]"',
      '  3 |   [file where file.path in ("a" "b") or (x == 1] with runs=1.5',
      '    |                                                ^',
      '  hint: the parenthesis of line 3, column 41 is not closed',
      'query:3:60: error EQL122: the number of runs is a whole number without a sign, not 1.5',
      '  3 |   [file where file.path in ("a" "b") or (x == 1] with runs=1.5',
      '    |                                                            ^^^',
      'query:4:18: error EQL101: expected a field, a value or "(", found "]"',
      '  4 |   [network where ]',
      '    |                  ^',
      'query:5:3: error EQL121: EQL has no pipe "unique"',
      '  5 | | unique host.id | tail -1',
      '    |   ^^^^^^',
      '  hint: leave it to the alert suppression of the rule',
      'query:5:25: error EQL122: the number behind "tail" is a whole number without a sign, not -1',
      '  5 | | unique host.id | tail -1',
      '    |                         ^^',
    ),
  );
});

test('habits of KQL are told apart', () => {
  assert.equal(
    pictures('process where process.name : (cmd*.exe or "b") and user.id : * and a:length() > 1'),
    lines(
      'query:1:31: error EQL118: text after ":" stands in double quotes',
      '  1 | process where process.name : (cmd*.exe or "b") and user.id : * and a:length() > 1',
      '    |                               ^^^^^^^^',
      '  hint: write "cmd*.exe"',
      'query:1:40: error EQL118: values of a list are separated by commas, not by "or"',
      '  1 | process where process.name : (cmd*.exe or "b") and user.id : * and a:length() > 1',
      '    |                                        ^^',
      '  hint: write ("a", "b"): any of them',
      'query:1:62: error EQL118: text after ":" stands in double quotes',
      '  1 | process where process.name : (cmd*.exe or "b") and user.id : * and a:length() > 1',
      '    |                                                              ^',
      '  hint: write field != null for "has any value"',
      'query:1:70: error EQL123: "length" cannot be called as a method',
      '  1 | process where process.name : (cmd*.exe or "b") and user.id : * and a:length() > 1',
      '    |                                                                      ^^^^^^',
      '  hint: write length(field, …)',
    ),
  );
});

/** The heads of the messages, without pictures. */
const heads = (text: string): readonly string[] =>
  parseEql(source('query', text)).diagnostics.map(
    (d) => `${d.code} ${d.message}${d.hint === undefined ? '' : ` | ${d.hint}`}`,
  );

test('what is refused says what to write', () => {
  const refused: Readonly<Record<string, readonly string[]>> = {
    '': ['EQL101 expected a query, found the end of the query | the smallest one is: any where true'],
    'any where a == 10.0.0.1': [
      'EQL101 expected "and", "or", "|" or the end of the query, found the number .0 | an address or a version stands in double quotes',
    ],
    'any where a == "he said "hi""': [
      'EQL101 expected "and", "or", "|" or the end of the query, found "hi" | a double quote inside a string is written \\"; values of a list are separated by commas',
    ],
    'any where a == "C:\\"': [
      'EQL102 the string that begins with " does not end on its line | a backslash before the closing quote escapes it: write "\\\\"',
    ],
    'any where a == "\\u{110000}"': [
      'EQL103 "\\u{110000}" is not an escape | a character by its number is written "\\u{20ac}", with two to eight hexadecimal digits',
    ],
    'any where `` == 1': ['EQL104 there is no name between the back quotes'],
    'any where a == “b”': ['EQL106 a string stands in double quotes, not in “…” | write "b"'],
    "any where a == ?'b'": ['EQL107 ?\'…\' is the raw string of an older EQL | write """b"""'],
    'any where a == 1 \u200b': ['EQL109 the character U+200B means nothing here'],
    'any where !a || b <> 1 and c ≠ 2': [
      'EQL110 "!" is not an operator of EQL | write "not"',
      'EQL110 "||" is not an operator of EQL | write "or"',
      'EQL110 "<>" is not an operator of EQL | write "!="',
      'EQL110 "≠" is not an operator of EQL | write "!="',
    ],
    'any where NOT a == 1 OR (NOT b IN (1))': [
      'EQL112 "NOT" is not a keyword; keywords are in lower case | write "not"',
      'EQL112 "OR" is not a keyword; keywords are in lower case | write "or"',
      'EQL112 "NOT" is not a keyword; keywords are in lower case | write "not"',
      'EQL112 "IN" is not a keyword; keywords are in lower case | write "in"',
    ],
    'any where a in ["b"] and c in "d"': [
      'EQL101 expected "(", found "[" | a list stands in parentheses: ("a", "b")',
      'EQL101 expected "(" after "in" | a list stands in parentheses, also one with a single value',
    ],
    'any where a is null': [
      'EQL101 expected "and", "or", "|" or the end of the query, found "is" | write == null for "is missing", != null for "has any value"',
    ],
    'any where 1 < a < 3 < 4': ['EQL115 comparisons cannot be chained | write "a < x and x < b"'],
    'process.name == "a"': [
      'EQL117 the condition does not begin with a category and "where" | write "any where …" for events of any category',
    ],
    'sequence with runs=3 [any where true]': [
      'EQL119 "with runs" is at the wrong place, where "with maxspan" may stand | "with runs" stands behind one event: [ … ] with runs=3',
    ],
    'sequence by a with maxspan=5 [any where true]': [
      'EQL120 the time span has no unit | the units are ms, s, m, h and d: 5s',
    ],
    'any where true | haed 3': ['EQL121 EQL has no pipe "haed" | did you mean "head"?'],
    'process where child of [process where true]': [
      'EQL123 "child of" is not part of Elasticsearch\'s EQL | write a sequence by the keys that join the events, such as process.entity_id and process.parent.entity_id',
    ],
    'any where naïve == 1 and a.0b == 2': [
      'EQL125 "naïve" has letters that a plain name cannot have | as the name of a field it stands in back quotes, as a text in double quotes: "naïve"',
      'EQL125 a part of a name that begins with a digit stands in back quotes | write `a.0b`',
    ],
  };
  assert.deepEqual(Object.fromEntries(Object.keys(refused).map((text) => [text, heads(text)])), refused);
});

test('nesting and arithmetic are bounded, lists are not', () => {
  const within = `any where ${'('.repeat(190)}true${')'.repeat(190)}`;
  assert.equal(canonical(within), 'any where true');
  const deep = ['(', 'not ', '-', 'length('].map((open) => heads(`any where ${open.repeat(100_000)}`));
  const message = 'EQL116 more than 200 levels of parentheses, calls and signs stand inside each other';
  assert.deepEqual(deep, [[message], [message], [message], [message]]);
  assert.deepEqual(heads(`any where 1${' + 1'.repeat(100_000)} == 2`), [
    'EQL116 the query has more than 200 arithmetic operators',
  ]);
  const many = Array.from({ length: 20_000 }, (_, i) => `"name-${i}*"`).join(', ');
  assert.equal(canonical(`any where a : (${many})`), `any where a : (${many})`);
  assert.equal(canonical(`any where a${' or a'.repeat(20_000)}`).length, 'any where a'.length + 100_000);
});

test('after many errors the rest is counted out', () => {
  const found = heads(`any where ${'a = 1 and '.repeat(60)}true`);
  assert.equal(found.length, 26);
  assert.equal(found.at(-1), 'EQL126 there are more than 25 problems; the others are not shown');
});

const withoutSpans = (query: Query): unknown =>
  JSON.parse(
    JSON.stringify(query, (key, value: unknown) =>
      /[sS]pan$/.test(key) && key !== 'maxspan' ? undefined : value,
    ),
  );

const word = fc.constantFrom(
  'a',
  'process',
  'where',
  'any',
  '@timestamp',
  '_x',
  '0',
  'b-c',
  'a`b',
  'ü',
  'NOT',
  'OR',
  'in',
);
const fieldText = fc
  .tuple(fc.constantFrom('', '?'), fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([optional, parts]) => optional + parts.map((part) => `\`${part.replaceAll('`', '``')}\``).join('.'));
const textLiteral = fc
  .string({ unit: 'binary', maxLength: 8 })
  .map((text) => `"${text.replace(/["\\\r\n]/g, (c) => ({ '\r': '\\r', '\n': '\\n' })[c] ?? `\\${c}`)}"`);
const constantText = fc.oneof(
  textLiteral,
  fc.constantFrom('1', '.5', '1e3', '2.', 'true', 'false', 'null', '"""raw\\"""'),
);

/** Queries as people write them, with more parentheses than needed. */
const queryText = fc
  .letrec<{ readonly expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fieldText,
      constantText,
      fc
        .tuple(
          tie('expression'),
          fc.constantFrom('and', 'or', '==', '!=', '<', '>=', '+', '-', '*', '%'),
          tie('expression'),
        )
        .map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(fc.constantFrom('not', '-', '+'), tie('expression')).map(([op, a]) => `${op} (${a})`),
      fc
        .tuple(
          tie('expression'),
          fc.constantFrom('in', 'not in', 'in~'),
          fc.array(tie('expression'), { minLength: 1, maxLength: 3 }),
        )
        .map(([a, op, list]) => `(${a}) ${op} (${list.join(',')})`),
      fc
        .tuple(
          fieldText,
          fc.constantFrom(':', 'like', 'like~', 'regex', 'regex~'),
          fc.array(constantText, { minLength: 1, maxLength: 3 }),
        )
        .map(([a, op, list]) => `${a} ${op} (${list.join(' , ')})`),
      fc
        .tuple(fc.constantFrom('length', 'startsWith~', 'f'), fc.array(tie('expression'), { maxLength: 3 }))
        .map(([name, args]) => `${name}(${args.join(', ')})`),
    ),
  }))
  .expression.map((condition) => `any where ${condition}`);

const stepText = fc
  .tuple(
    queryText,
    fc.constantFrom('[', '!['),
    fc.array(fieldText, { maxLength: 2 }),
    fc.constantFrom('', ' with runs=7'),
  )
  .map(
    ([query, open, keys, runs]) =>
      `${open}${query}]${keys.length === 0 ? '' : ` by ${keys.join(',')}`}${runs}`,
  );
const sequenceText = fc
  .tuple(
    fc.constantFrom(
      'sequence',
      'sequence with maxspan=5ms',
      'sequence by a.b with maxspan=1d',
      'sample by `x`',
    ),
    fc.array(stepText, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', ' | head 3', ' | tail 0 | head 9'),
  )
  .map(([head, steps, pipes]) => `${head} ${steps.join(' ')}${pipes}`);

test('the printed form reads as the same tree', () => {
  fc.assert(
    fc.property(fc.oneof(queryText, sequenceText), (text) => {
      const parsed = parseEql(source('query', text));
      assert.ok(parsed.ok, parsed.diagnostics.map((d) => picture(d)).join('\n'));
      const printed = printQuery(parsed.value);
      const again = parseEql(source('printed', printed));
      assert.ok(again.ok, `${printed}\n${again.diagnostics.map((d) => picture(d)).join('\n')}`);
      assert.deepEqual(withoutSpans(again.value), withoutSpans(parsed.value));
      assert.equal(printQuery(again.value), printed);
    }),
  );
});
