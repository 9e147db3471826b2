import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { picture } from '../../base/diagnostic.ts';
import { luceneMessages } from '../../base/messages/lucene.ts';
import type { MessageDefinition } from '../../base/messages/index.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { printPlan } from '../../plan/print-plan.ts';
import { lucene } from './index.ts';

const types = builtinFieldTypes;

for (const [code, { example }] of Object.entries<MessageDefinition>(luceneMessages))
  if (example !== undefined)
    test(`the example of ${code} gives ${code}`, () => {
      const { diagnostics } = lucene.compile(source('q', example), { types });
      const codes = diagnostics.map((found) => found.code);
      assert.ok(codes.includes(code as (typeof codes)[number]), codes.join());
      assert.equal(
        codes.some((other) => other !== code && other < 'LUC200'),
        false,
        codes.join(),
      );
    });

/** A query, and what is said about it. */
const remarks: readonly (readonly [query: string, said: readonly string[]])[] = [
  [
    'user.name:a AND user.name:b OR user.name:c',
    [
      'q:1:32: warning LUC204: this clause changes nothing, as another one beside it is required',
      '  1 | user.name:a AND user.name:b OR user.name:c',
      '    |                                ^^^^^^^^^^^',
      '  hint: put parentheses around what belongs together',
    ],
  ],
  [
    'event.type:(start or end)',
    [
      'q:1:19: warning LUC202: `or` is a term here',
      '  1 | event.type:(start or end)',
      '    |                   ^^',
      '  hint: write `OR` for the operator',
      'q:1:22: warning LUC203: no operator stands before "end"',
      '  1 | event.type:(start or end)',
      '    |                      ^^^',
      '  hint: write `OR` between two terms',
    ],
  ],
  [
    'user.name:root and process.name:nc',
    [
      'q:1:16: warning LUC202: `and` is a term here',
      '  1 | user.name:root and process.name:nc',
      '    |                ^^^',
      '  hint: write `AND` for the operator',
      'q:1:16: warning LUC209: this has no field and is looked for in all of them',
      '  1 | user.name:root and process.name:nc',
      '    |                ^^^',
      '  hint: write `field:value`',
    ],
  ],
  [
    'user.name:root^2',
    [
      'q:1:15: note LUC201: `^2` changes the score of a hit and not whether it is one',
      '  1 | user.name:root^2',
      '    |               ^^',
    ],
  ],
  [
    'process.name:powershel~',
    [
      'q:1:23: error LUC105: a fuzzy term (`powershel~`) is not supported',
      '  1 | process.name:powershel~',
      '    |                       ^',
    ],
  ],
  [
    '"a b"~3',
    [
      'q:1:6: error LUC105: a phrase with room between its words (`"a b"~3`) is not supported',
      '  1 | "a b"~3',
      '    |      ^^',
    ],
  ],
  [
    'a:"b',
    [
      'q:1:3: error LUC102: this phrase is never closed',
      '  1 | a:"b',
      '    |   ^^',
      '  hint: close it with `"`, or write `\\"` for a quote',
    ],
  ],
  [
    'a:/x',
    [
      'q:1:3: error LUC103: this regular expression is never closed',
      '  1 | a:/x',
      '    |   ^^',
      '  hint: close it with `/`, or write `\\/` for a slash',
    ],
  ],
  [
    'a:[1 TO]',
    [
      'q:1:3: error LUC104: `[1 TO]` is no range',
      '  1 | a:[1 TO]',
      '    |   ^^^^^^',
      '  hint: write `[low TO high]`, with `*` for an open end',
    ],
  ],
  [
    'a:b:c',
    [
      'q:1:4: error LUC106: a colon must stand between a field and a value',
      '  1 | a:b:c',
      '    |    ^',
      '  hint: write `\\:` for a colon inside a value, or put the value in double quotes',
    ],
  ],
  [
    'a:b AND',
    [
      'q:1:8: error LUC110: the query ends where a term, a phrase, a range, a regular expression or "(" should stand',
      '  1 | a:b AND',
      '    |        ^',
    ],
  ],
  [
    'AND a',
    [
      'q:1:1: error LUC110: expected a term, a phrase, a range, a regular expression or "(" before `AND`',
      '  1 | AND a',
      '    | ^^^',
    ],
  ],
  ['(a:b', ['q:1:1: error LUC111: this "(" is never closed', '  1 | (a:b', '    | ^']],
  ['a:b)', ['q:1:4: error LUC111: this ")" closes nothing', '  1 | a:b)', '    |    ^']],
  ['a:\\u12', ['q:1:3: error LUC107: `\\u` needs four hexadecimal digits', '  1 | a:\\u12', '    |   ^^']],
  [
    'a:b\\',
    [
      'q:1:4: error LUC107: a backslash at the end escapes nothing',
      '  1 | a:b\\',
      '    |    ^',
      '  hint: write `\\\\` for a backslash',
    ],
  ],
  [
    'message:/x.*/',
    [
      'q:1:9: error LUC108: a regular expression over the words of an analysed field is not supported (field `message`)',
      '  1 | message:/x.*/',
      '    |         ^^^^^',
    ],
  ],
  [
    'process.name:/a~b/',
    [
      'q:1:16: error LUC112: the regular expression cannot be run: complement "~" is not supported: escape it as "\\~" if the character is meant',
      '  1 | process.name:/a~b/',
      '    |                ^',
    ],
  ],
  [
    'destination.port:https',
    [
      'q:1:18: warning LUC207: "https" is no number: this never holds for `destination.port`',
      '  1 | destination.port:https',
      '    |                  ^^^^^',
    ],
  ],
  [
    'mimikatz',
    [
      'q:1:1: warning LUC209: this has no field and is looked for in all of them',
      '  1 | mimikatz',
      '    | ^^^^^^^^',
      '  hint: write `field:value`',
    ],
  ],
  [
    'proces.name:nc',
    [
      'q:1:1: note LUC210: no table knows the field `proces.name`',
      '  1 | proces.name:nc',
      '    | ^^^^^^^^^^^',
      '  hint: did you mean "process.name"?',
    ],
  ],
  [
    'a:b ~',
    [
      'q:1:5: error LUC101: `~` must follow a term or a phrase',
      '  1 | a:b ~',
      '    |     ^',
      '  hint: write `\\~` for the character',
    ],
  ],
  [
    '^2',
    [
      'q:1:1: error LUC101: `^2` must follow a term or a group',
      '  1 | ^2',
      '    | ^^',
      '  hint: write `\\^` for the character',
    ],
  ],
];

for (const [query, said] of remarks)
  test(`what is said about ${JSON.stringify(query)}`, () => {
    const { diagnostics } = lucene.compile(source('q', query), { types });
    assert.deepEqual(
      diagnostics.flatMap((found) => picture(found).split('\n')),
      said,
    );
  });

/** A query as a plan. */
const plans: readonly (readonly [query: string, plan: string])[] = [
  ['', 'and()'],
  ['a:b c:d', 'or(a: text/exact("b"), c: text/exact("d"))'],
  ['a:b AND c:d', 'and(a: text/exact("b"), c: text/exact("d"))'],
  ['NOT a:b', 'not(a: text/exact("b"))'],
  ['+a:b -e:f', 'and(a: text/exact("b"), not(e: text/exact("f")))'],
  [
    'a:(x OR y) AND b:(p OR NOT q)',
    'and(or(a: text/exact("x"), a: text/exact("y")), and(b: text/exact("p"), not(b: text/exact("q"))))',
  ],
  ['a:[1 TO 5}', 'a: allOf(numberOrder/coerce(gte 1), numberOrder/coerce(lt 5))'],
  ['a:>=10', 'a: numberOrder/coerce(gte 10)'],
  ['_exists_:a.b', 'exists a.b'],
  ['_exists_:a.*', 'exists like "a.*"'],
  ['a:*', 'exists a'],
  ['*:x', 'like "*": anyOf(text/exact("x"), tokens/standard/any("x"))'],
  [
    'process.args:(g+s OR /2[0-9]{3}/) AND NOT user.name:root',
    'and(or(process.args: text/exact("g+s"), process.args: regexp/exact("2[0-9]{3}")), not(user.name: text/exact("root")))',
  ],
  ['user.name:wh?t*', 'user.name: pattern/exact("wh?t*")'],
  ['source.ip:"10.0.0.0/8"', 'source.ip: ip("10.0.0.0/8")'],
  ['@timestamp:[now-1d TO now]', '@timestamp: allOf(dateOrder(gte "now-1d"), dateOrder(lte "now"))'],
  ['message:"a b"', 'message: tokens/standard/phrase("a", "b")'],
  ['word', 'like "*": anyOf(text/exact("word"), tokens/standard/any("word"))'],
];

for (const [query, plan] of plans)
  test(`the plan of ${JSON.stringify(query)}`, () => {
    const compiled = lucene.compile(source('q', query), { types });
    assert.equal(compiled.ok ? printPlan(compiled.value) : 'no plan', plan);
  });

const fragment = fc.oneof(
  fc.constantFrom(
    ...' \t\u3000:()[]{}"/*?\\~^+-!<>',
    ' AND ',
    ' OR ',
    'NOT ',
    ' TO ',
    '&&',
    '||',
    'a:',
    '_exists_:',
  ),
  fc.constantFrom(
    'a',
    'b.c',
    '"q"',
    '/r+/',
    '[1 TO 2]',
    '~2',
    '^3',
    '\\u0041',
    '\\(',
    'or',
    'source.ip:',
    '>=1',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

test('any text gives a plan or an error, and highlighting never fails', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const { diagnostics } = lucene.compile(source('q', text), { types });
      for (const { span, message } of diagnostics)
        assert.ok(span !== undefined && span.start >= 0 && span.start <= text.length, message);
      const tokens = lucene.highlight(text);
      assert.ok(
        tokens.every((token, i) => token.start < token.end && token.start >= (tokens[i - 1]?.end ?? 0)),
      );
    }),
    { numRuns: 3000 },
  );
});

test('parentheses nest to a limit, and then there is an error with a name', () => {
  const codes = (text: string): string[] =>
    lucene.compile(source('q', text), { types }).diagnostics.map(({ code }) => code);
  const deep = (levels: number): string => '('.repeat(levels) + 'a:b' + ')'.repeat(levels);
  assert.deepEqual(codes(deep(200)), []);
  assert.deepEqual(codes(deep(201)), ['LUC109']);
  assert.deepEqual(codes('('.repeat(100_000)), ['LUC109']);
});

test('a query is coloured piece by piece, finished or not', () => {
  const text = 'a.b:(x OR "y z" 5) AND NOT c:/r/ +d*:[1 TO 2]^2 (';
  const pieces = lucene.highlight(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
  assert.deepEqual(pieces, [
    'field a.b',
    'operator :',
    'punctuation (',
    'string x',
    'keyword OR',
    'string "y z"',
    'number 5',
    'punctuation )',
    'keyword AND',
    'keyword NOT',
    'field c',
    'operator :',
    'string /r/',
    'operator +',
    'field d*',
    'operator :',
    'string [1 TO 2]',
    'operator ^2',
    'punctuation (',
  ]);
});
