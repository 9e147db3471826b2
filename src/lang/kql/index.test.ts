import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../base/diagnostic.ts';
import { kqlMessages } from '../../base/messages/kql.ts';
import type { MessageDefinition } from '../../base/messages/index.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes, fieldTypes } from '../../data/fields/index.ts';
import { printPlan } from '../../plan/print-plan.ts';
import { kql } from './index.ts';

const types = builtinFieldTypes;

for (const [code, { example }] of Object.entries<MessageDefinition>(kqlMessages))
  if (example !== undefined)
    test(`the example of ${code} gives exactly ${code}`, () => {
      const { diagnostics } = kql.compile(source('q', example), { types });
      assert.deepEqual([...new Set(diagnostics.map((found) => found.code))], [code]);
    });

/** A query, and what the checks say about it. */
const remarks: readonly (readonly [query: string, said: readonly string[]])[] = [
  [
    'process.name:"kube*"',
    [
      'q:1:14: warning KQL201: the star in "kube*" is a literal star',
      '  1 | process.name:"kube*"',
      '    |              ^^^^^^^',
      '  hint: leave out the quotes if it was meant as a wildcard',
    ],
  ],
  ['rules.verbs:"*"', []],
  [
    'process.name:k?bectl',
    [
      'q:1:14: warning KQL202: the question mark in "k?bectl" is a literal question mark',
      '  1 | process.name:k?bectl',
      '    |              ^^^^^^^',
      '  hint: KQL has only the wildcard `*`',
    ],
  ],
  ['kubernetes.audit.requestURI:(/api/v1/secrets?limit* or *exec?command=sh*)', []],
  [
    'file.path:*/Local/GitHub?Copilot/*',
    [
      'q:1:11: warning KQL202: the question mark in "*/Local/GitHub?Copilot/*" is a literal question mark',
      '  1 | file.path:*/Local/GitHub?Copilot/*',
      '    |           ^^^^^^^^^^^^^^^^^^^^^^^^',
      '  hint: KQL has only the wildcard `*`',
    ],
  ],
  [
    'process.name:(nc\n  socat)',
    [
      'q:1:15: warning KQL203: this value goes on over a line end',
      '  1 | process.name:(nc',
      '    |               ^^',
      '  hint: put `or` between two values, or quote one that holds a line end',
    ],
  ],
  [
    'file.path:"C:\\temp"',
    [
      'q:1:11: warning KQL204: `\\t` is a tab here',
      '  1 | file.path:"C:\\temp"',
      '    |           ^^^^^^^^^',
      '  hint: write `\\\\t` for a backslash',
    ],
  ],
  [
    'user.id > 1000',
    [
      'q:1:1: warning KQL205: `user.id` is a keyword field: its values compare letter by letter',
      '  1 | user.id > 1000',
      '    | ^^^^^^^^^^^^^^',
    ],
  ],
  [
    'source.ip:10.0.*',
    [
      'q:1:11: warning KQL206: a wildcard means nothing on a field of type ip: this never holds for `source.ip`',
      '  1 | source.ip:10.0.*',
      '    |           ^^^^^^',
    ],
  ],
  [
    'destination.port:(http* or https or "443")',
    [
      'q:1:19: warning KQL206: a wildcard means nothing on a field of type long: this never holds for `destination.port`',
      '  1 | destination.port:(http* or https or "443")',
      '    |                   ^^^^^',
      'q:1:28: warning KQL207: "https" is no number: this never holds for `destination.port`',
      '  1 | destination.port:(http* or https or "443")',
      '    |                            ^^^^^',
    ],
  ],
  [
    'process.name:nc or socat',
    [
      'q:1:20: warning KQL209: "socat" has no field and is looked for in all of them',
      '  1 | process.name:nc or socat',
      '    |                    ^^^^^',
      '  hint: write `field:socat`, or `field:(a or b)` for a list',
    ],
  ],
  [
    'a == b',
    [
      'q:1:1: warning KQL209: "a == b" has no field and is looked for in all of them',
      '  1 | a == b',
      '    | ^^^^^^',
      '  hint: KQL has no `=`: write `field:value`',
    ],
  ],
  [
    'a && b',
    [
      'q:1:1: warning KQL209: "a && b" has no field and is looked for in all of them',
      '  1 | a && b',
      '    | ^^^^^^',
      '  hint: KQL has no `&&` and `||`: write `and` and `or`',
    ],
  ],
  [
    'proces.name:(nc or socat)',
    [
      'q:1:1: note KQL210: no table knows the field `proces.name`',
      '  1 | proces.name:(nc or socat)',
      '    | ^^^^^^^^^^^',
      '  hint: did you mean "process.name"?',
    ],
  ],
  [
    'message:elastic-agent',
    [
      'q:1:9: warning KQL211: any one word of "elastic-agent" is enough: "elastic" or "agent"',
      '  1 | message:elastic-agent',
      '    |         ^^^^^^^^^^^^^',
      '  hint: write "elastic-agent" in quotes to ask for the words side by side',
    ],
  ],
  [
    'message:"/"',
    [
      'q:1:9: warning KQL212: "/" holds no word: this never holds for `message`',
      '  1 | message:"/"',
      '    |         ^^^',
    ],
  ],
  [
    'user.name:null',
    [
      'q:1:11: error KQL221: `null` is not a value that can be looked for',
      '  1 | user.name:null',
      '    |           ^^^^',
      '  hint: write `not field:*` for a field without a value',
    ],
  ],
  [
    'n.k:p',
    [
      'q:1:1: error KQL222: `n.k` belongs to the nested field `n`',
      '  1 | n.k:p',
      '    | ^^^',
      '  hint: write `n:{ k:… }`',
    ],
  ],
  [
    'n:{ m.x:1 }',
    [
      'q:1:5: error KQL222: `n.m.x` belongs to the nested field `n.m`',
      '  1 | n:{ m.x:1 }',
      '    |     ^^^',
      '  hint: write `n.m:{ x:… }`',
    ],
  ],
  [
    'process.name:{ a:b }',
    [
      'q:1:1: error KQL223: `process.name` is a field of type keyword, not a nested one',
      '  1 | process.name:{ a:b }',
      '    | ^^^^^^^^^^^^',
    ],
  ],
  [
    'a.*:{ b:1 }',
    [
      'q:1:1: error KQL224: "a.*" is a pattern of names, not a nested field',
      '  1 | a.*:{ b:1 }',
      '    | ^^^',
    ],
  ],
  [
    'message > b',
    [
      'q:1:11: error KQL225: a range over the words of an analysed field is not supported (field `message`)',
      '  1 | message > b',
      '    |           ^',
    ],
  ],
  [
    'event.created:soon',
    [
      'q:1:15: warning KQL207: "soon" is no date: this never holds for `event.created`',
      '  1 | event.created:soon',
      '    |               ^^^^',
    ],
  ],
  [
    'process.pid:"x" and null:y',
    [
      'q:1:13: warning KQL207: "x" is no number: this never holds for `process.pid`',
      '  1 | process.pid:"x" and null:y',
      '    |             ^^^',
      'q:1:21: warning KQL209: "y" has no field and is looked for in all of them',
      '  1 | process.pid:"x" and null:y',
      '    |                     ^^^^^^',
      '  hint: write `field:y`, or `field:(a or b)` for a list',
    ],
  ],
];

for (const [query, said] of remarks)
  test(`what is said about ${JSON.stringify(query)}`, () => {
    const overlay = fieldTypes({ n: 'nested', 'n.m': 'nested' });
    const { diagnostics } = kql.compile(source('q', query), { types: overlay });
    assert.deepEqual(
      diagnostics.flatMap((found) => picture(found).split('\n')),
      said,
    );
  });

const PLAN =
  'and(or(user.name: text/exact("a"), user.name: pattern/exact("b*")), ' +
  'not(nested("n", n.x: numberOrder/coerce(gte 1))), source.ip: ip("10.0.0.0/8"), like "k8s.*": text/exact("c"))';

test('a query as a plan', () => {
  const query = 'user.name:(a or b*) and not n:{ x >= 1 } and source.ip:10.0.0.0/8 and k8s.*:"c"';
  const compiled = kql.compile(source('q', query), { types });
  assert.ok(compiled.ok);
  assert.equal(printPlan(compiled.value), PLAN);
});

test('every node of a plan knows where it stands in the query', () => {
  const text = 'a:(b or  c) and d:*';
  const compiled = kql.compile(source('q', text), { types });
  assert.ok(compiled.ok && compiled.value.kind === 'filter');
  const spans: string[] = [];
  JSON.stringify(compiled.value.where, (key, value: unknown) => {
    if (key === 'span')
      spans.push(text.slice((value as { start: number }).start, (value as { end: number }).end));
    return value;
  });
  assert.deepEqual(spans, ['b', 'c', 'a:(b or  c)', 'd:*', text]);
});
