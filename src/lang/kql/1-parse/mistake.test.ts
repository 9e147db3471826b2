import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../../base/diagnostic.ts';
import { source } from '../../../base/source.ts';
import { parseKql } from './parse.ts';

/** A query, and the whole of what is said about it below the first line's `q:`. */
const mistakes: readonly (readonly [query: string, said: readonly string[]])[] = [
  [
    'a:(b) c',
    [
      'q:1:7: error KQL101: expected `and`, `or` or the end of the query, found "c"',
      '  1 | a:(b) c',
      '    |       ^',
      '  hint: put `and` or `or` between two conditions',
    ],
  ],
  [
    'a:"b" c:"d"',
    [
      'q:1:7: error KQL101: expected `and`, `or` or the end of the query, found "c"',
      '  1 | a:"b" c:"d"',
      '    |       ^',
      '  hint: put `and` or `or` between two conditions',
    ],
  ],
  [
    'a:b c:d',
    [
      'q:1:6: error KQL105: the colon after "b c" has no meaning here',
      '  1 | a:b c:d',
      '    |      ^',
      '  hint: put `and` or `or` between two conditions; a colon inside a value is written `\\:`, or the value in quotes',
    ],
  ],
  [
    'message:cannot open',
    [
      'q:1:12: error KQL104: `not` followed by white space ends the value before it, even inside a word',
      '  1 | message:cannot open',
      '    |            ^^^',
      '  hint: quote the value if the word belongs to it, else put `and` or `or` before `not`',
    ],
  ],
  [
    'a:not b',
    [
      'q:1:3: error KQL104: `not` cannot stand before a value here',
      '  1 | a:not b',
      '    |   ^^^',
      '  hint: write `not field:value`, or `field:(not value)`; quote the value if the word belongs to it',
    ],
  ],
  [
    'not not a',
    [
      'q:1:5: error KQL104: `not` cannot follow `not`',
      '  1 | not not a',
      '    |     ^^^',
      '  hint: write `not (not …)`',
    ],
  ],
  [
    'a:b not c:d',
    [
      'q:1:5: error KQL104: `not` followed by white space ends the value before it',
      '  1 | a:b not c:d',
      '    |     ^^^',
      '  hint: quote the value if the word belongs to it, else put `and` or `or` before `not`',
    ],
  ],
  [
    'not(a:b)',
    [
      'q:1:1: error KQL108: `not` needs white space on both sides',
      '  1 | not(a:b)',
      '    | ^^^',
      '  hint: write ` not `',
    ],
  ],
  [
    'a:b or(c:d)',
    [
      'q:1:5: error KQL108: `or` needs white space on both sides',
      '  1 | a:b or(c:d)',
      '    |     ^^',
      '  hint: write ` or `',
    ],
  ],
  [
    '(a:b)and(c:d)',
    [
      'q:1:6: error KQL108: `and` needs white space on both sides',
      '  1 | (a:b)and(c:d)',
      '    |      ^^^',
      '  hint: write ` and `',
    ],
  ],
  [
    'a:"b"or"c"',
    [
      'q:1:6: error KQL108: `or` needs white space on both sides',
      '  1 | a:"b"or"c"',
      '    |      ^^',
      '  hint: write ` or `',
    ],
  ],
  [
    'a:>5',
    [
      'q:1:3: error KQL106: `>` cannot follow a colon',
      '  1 | a:>5',
      '    |   ^',
      '  hint: write the operator in place of the colon: `field > value`',
    ],
  ],
  [
    'a:(b or >5)',
    [
      'q:1:9: error KQL106: `>` cannot follow a colon',
      '  1 | a:(b or >5)',
      '    |         ^',
      '  hint: write the operator in place of the colon: `field > value`',
    ],
  ],
  [
    '< 1000',
    [
      'q:1:1: error KQL106: `<` needs a field before it',
      '  1 | < 1000',
      '    | ^',
      '  hint: write `field < value`',
    ],
  ],
  [
    'a > 5 < 6',
    [
      'q:1:7: error KQL106: a second `<` cannot follow',
      '  1 | a > 5 < 6',
      '    |       ^',
      '  hint: put `and` between two comparisons, or quote the value',
    ],
  ],
  [
    'a:x\\-y',
    [
      'q:1:4: error KQL103: `\\-` is no escape',
      '  1 | a:x\\-y',
      '    |    ^^',
      '  hint: write `\\\\` for a backslash, or put the value in quotes, where `\\t`, `\\r`, `\\n`, `\\u`, `\\\\` and `\\"` are the only escapes',
    ],
  ],
  [
    'a:C:\\\\Windows\\\\*',
    [
      'q:1:4: error KQL105: the colon after "C" has no meaning here',
      '  1 | a:C:\\\\Windows\\\\*',
      '    |    ^',
      '  hint: a colon inside a value is written `\\:`, or the value in quotes',
    ],
  ],
  [
    'file.path:"C:\\" and b:c',
    [
      'q:1:11: error KQL102: this quoted string is never closed',
      '  1 | file.path:"C:\\" and b:c',
      '    |           ^^^^^^^^^^^^^',
      '  hint: a backslash before a quote makes the quote a part of the text: write `\\\\"` to end with a backslash',
    ],
  ],
  [
    'a:"b',
    [
      'q:1:3: error KQL102: this quoted string is never closed',
      '  1 | a:"b',
      '    |   ^^',
      '  hint: close it with `"`',
    ],
  ],
  [
    'a:::1',
    [
      'q:1:3: error KQL105: a value cannot begin with a colon',
      '  1 | a:::1',
      '    |   ^',
      '  hint: a colon inside a value is written `\\:`, or the value in quotes',
    ],
  ],
  [
    ':b',
    [
      'q:1:1: error KQL105: a colon needs a field before it',
      '  1 | :b',
      '    | ^',
      '  hint: write `field:value`',
    ],
  ],
  [
    'a:b && c:d',
    [
      'q:1:5: error KQL110: `&&` is no operator of KQL, so it was read as a part of the text "b && c"',
      '  1 | a:b && c:d',
      '    |     ^^',
      '  hint: write `and` between two conditions',
    ],
  ],
  [
    'a == "b"',
    [
      'q:1:3: error KQL110: `==` is no operator of KQL, so it was read as a part of the text "a =="',
      '  1 | a == "b"',
      '    |   ^^',
      '  hint: write `field:value`',
    ],
  ],
  [
    'process where process.name == "x"',
    [
      'q:1:1: error KQL110: this looks like EQL ("process where …"), but the query is read as KQL',
      '  1 | process where process.name == "x"',
      '    | ^^^^^^^^^^^^^',
      '  hint: set `language = "eql"`, or write `event.category:process and field:value`',
    ],
  ],
  ['a:', ['q:1:3: error KQL109: the query ends where a value should stand', '  1 | a:', '    |   ^']],
  [
    'a:200 or ',
    [
      'q:1:10: error KQL109: the query ends where a field, a value, `not` or "(" should stand',
      '  1 | a:200 or ',
      '    |          ^',
    ],
  ],
  [
    'a:(200 or )',
    [
      'q:1:11: error KQL109: expected a value before ")"',
      '  1 | a:(200 or )',
      '    |           ^',
      '  hint: an empty group and an operator without its second operand mean nothing',
    ],
  ],
  [
    '()',
    [
      'q:1:2: error KQL109: expected a field, a value, `not` or "(" before ")"',
      '  1 | ()',
      '    |  ^',
      '  hint: an empty group and an operator without its second operand mean nothing',
    ],
  ],
  ['(a:b', ['q:1:1: error KQL111: this "(" is never closed', '  1 | (a:b', '    | ^']],
  ['a:(b or c', ['q:1:3: error KQL111: this "(" is never closed', '  1 | a:(b or c', '    |   ^']],
  ['n:{ a:1', ['q:1:3: error KQL111: this "{" is never closed', '  1 | n:{ a:1', '    |   ^']],
  [
    'a:b)',
    [
      'q:1:4: error KQL111: this ")" closes nothing',
      '  1 | a:b)',
      '    |    ^',
      '  hint: expected `and`, `or` or the end of the query',
    ],
  ],
  [
    '{a:1}',
    [
      'q:1:1: error KQL101: "{" must follow a field and a colon',
      '  1 | {a:1}',
      '    | ^',
      '  hint: write `field:{ query }` for a nested field; a literal brace is written `\\{`',
    ],
  ],
  [
    'a:b\\',
    [
      'q:1:4: error KQL103: `\\` is no escape',
      '  1 | a:b\\',
      '    |    ^',
      '  hint: write `\\\\` for a backslash, or put the value in quotes, where `\\t`, `\\r`, `\\n`, `\\u`, `\\\\` and `\\"` are the only escapes',
    ],
  ],
  [
    'foo:"ba "r"',
    [
      'q:1:10: error KQL101: expected `and`, `or` or the end of the query, found "r"',
      '  1 | foo:"ba "r"',
      '    |          ^',
      '  hint: write `\\"` for a quote inside a quoted string, or put `and` or `or` between two conditions',
    ],
  ],
  [
    'a != "b"',
    [
      'q:1:3: error KQL110: `!=` is no operator of KQL, so it was read as a part of the text "a !="',
      '  1 | a != "b"',
      '    |   ^^',
      '  hint: write `not field:value`',
    ],
  ],
  [
    'user.name:(a, "b")',
    [
      'q:1:15: error KQL101: a quoted string cannot begin right after a value',
      '  1 | user.name:(a, "b")',
      '    |               ^',
      '  hint: values are separated by `or`, not by commas',
    ],
  ],
  [
    'a:b\nand c:d\nand not (e:f or g:"h)',
    [
      'q:3:19: error KQL102: this quoted string is never closed',
      '  3 | and not (e:f or g:"h)',
      '    |                   ^^^',
      '  hint: close it with `"`',
    ],
  ],
];

for (const [query, said] of mistakes)
  test(`the error for ${JSON.stringify(query)}`, () => {
    const parsed = parseKql(source('q', query));
    assert.deepEqual(
      parsed.diagnostics.flatMap((found) => picture(found).split('\n')),
      said,
    );
  });
