import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source } from '../../base/source.ts';
import { embedded, source } from '../../base/source.ts';
import type { JsonObject } from '../../data/document.ts';
import { MANY } from '../../data/pattern.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import { blame, explain, renderExplanation } from './index.ts';

const query = 'category: process and not (user: (root or sys*)) and args: (-e or -c)';
const file = source('rules/shell.toml', `# a rule\nquery = '${query}'\n`);
const text: Source = embedded(file, query, (offset) => offset + "# a rule\nquery = '".length);

function at(part: string): { span: { start: number; end: number } } {
  const start = query.indexOf(part);
  return { span: { start, end: start + part.length } };
}
const field = (path: string): FieldRef => ({ name: path, path });
const is = (path: string, value: string, part: string): Predicate => ({
  kind: 'some',
  field: field(path),
  test: { kind: 'text', oneOf: [value], fold: 'exact' },
  ...at(part),
});

const predicate: Predicate = {
  kind: 'and',
  ...at(query),
  args: [
    is('category', 'process', 'category: process'),
    {
      kind: 'not',
      ...at('not (user: (root or sys*))'),
      arg: {
        kind: 'or',
        ...at('user: (root or sys*)'),
        args: [
          is('user', 'root', 'root'),
          {
            kind: 'some',
            field: field('user'),
            test: { kind: 'pattern', oneOf: [['sys', MANY]], fold: 'exact' },
            ...at('sys*'),
          },
        ],
      },
    },
    { kind: 'or', ...at('args: (-e or -c)'), args: [is('args', '-e', '-e'), is('args', '-c', '-c')] },
  ],
};

const rendered = (document: JsonObject, options: { ascii?: boolean; all?: boolean } = {}): string =>
  renderExplanation(explain(predicate, document, { now: 0 }), text, options);

test('an event that matches: without the alternatives that made no difference', () => {
  assert.equal(
    rendered({ category: 'process', args: ['sh', '-c'] }),
    `✓ 2:10 all of these
  ✓ 2:10 category: process (category is "process")
  ✓ 2:32 not this
    ✗ 2:37 user: (root or sys*): any of these (user has no value)
      … none of 2 alternatives held
  ✓ 2:63 args: (-e or -c): any of these
    ✓ 2:76 -c (args is "sh", "-c")
    … 1 more alternative did not hold

The event matches.
`,
  );
});

test('an event that matches: every clause', () => {
  assert.equal(
    rendered({ category: 'process', args: ['sh', '-c'] }, { all: true }),
    `✓ 2:10 all of these
  ✓ 2:10 category: process (category is "process")
  ✓ 2:32 not this
    ✗ 2:37 user: (root or sys*): any of these
      ✗ 2:44 root (user has no value)
      ✗ 2:52 sys* (wanted text like "sys*"; user has no value)
  ✓ 2:63 args: (-e or -c): any of these
    ✗ 2:70 -e (args is "sh", "-c")
    ✓ 2:76 -c (args is "sh", "-c")

The event matches.
`,
  );
});

test('an event that does not match, and the smallest set of clauses in the way', () => {
  assert.equal(
    rendered({ category: 'process', user: ['a', 'b', 'c', 'system'], args: [] }, { ascii: true }),
    `- 2:10 all of these
  + 2:10 category: process (category is "process")
  - 2:32 not this
    + 2:37 user: (root or sys*): any of these
      + 2:52 sys* (wanted text like "sys*"; user is "a", "b", "c" and 1 more)
      … 1 more alternative did not hold
  - 2:63 args: (-e or -c): any of these
    - 2:70 -e (args has no value)
    - 2:76 -c (args has no value)

The event does not match; these 2 clauses prevented it:
  2:52 sys* (wanted text like "sys*"; user is "a", "b", "c" and 1 more), which held and must not
  2:63 args: (-e or -c): any of these (args has no value)
`,
  );
});

const exists = (path: string): Predicate => ({ kind: 'exists', field: field(path) });
const blamed = (p: Predicate, document: JsonObject): string[] =>
  blame(explain(p, document, { now: 0 })).map(({ text: clause }) => clause);

test('of the members of an or, the one that is nearest is blamed', () => {
  const near: Predicate = { kind: 'and', args: [exists('a'), exists('b')] };
  const far: Predicate = { kind: 'and', args: [exists('c'), exists('d')] };
  assert.deepEqual(blamed({ kind: 'or', args: [far, near] }, { a: 1 }), ['exists b']);
});

test('under a negation the cheapest way to break what held is blamed', () => {
  const both: Predicate = {
    kind: 'and',
    args: [{ kind: 'or', args: [exists('a'), exists('b')] }, exists('c')],
  };
  assert.deepEqual(blamed({ kind: 'not', arg: both }, { a: 1, b: 2, c: 3 }), ['exists c']);
  assert.deepEqual(blamed({ kind: 'not', arg: both }, { a: 1 }), []);
});

test('a nested clause is explained on the object that came nearest', () => {
  const nested: Predicate = {
    kind: 'nested',
    path: 'n',
    arg: { kind: 'and', args: [exists('n.a'), exists('n.b')] },
  };
  const explanation = explain(nested, { n: [{ c: 1 }, { b: 2 }] }, { now: 0 });
  assert.equal(
    renderExplanation(explanation, source('q', '')),
    `✗ nested("n", and(exists n.a, exists n.b)) (wanted one object with all of this; n has 2 objects)
  ✗ all of these
    ✗ exists n.a (wanted any value; n.a has no value)
    ✓ exists n.b (wanted any value; n.b is 2)

The event does not match; this clause prevented it:
  nested("n", and(exists n.a, exists n.b)) (wanted one object with all of this; n has 2 objects)
`,
  );
});

test('what met a limit is neither a match nor none', () => {
  const many = Array.from({ length: 101 }, (_, i) => i);
  const compute: Predicate = {
    kind: 'compute',
    expression: {
      kind: 'comparison',
      op: 'eq',
      left: { kind: 'field', field: field('a') },
      right: { kind: 'field', field: field('b') },
    },
  };
  assert.equal(
    renderExplanation(explain(compute, { a: many, b: many }, { now: 0 }), source('q', '')),
    `? compute ({a} eq {b}) (wanted true for ({a} eq {b}); not decided: limit of field combinations; a is 0, 1, 2 and 98 more; b is 0, 1, 2 and 98 more)

The event could not be decided; this clause prevented it:
  compute ({a} eq {b}) (wanted true for ({a} eq {b}); not decided: limit of field combinations; a is 0, 1, 2 and 98 more; b is 0, 1, 2 and 98 more)
`,
  );
});

const linesOf = (p: Predicate, document: JsonObject): string[] =>
  renderExplanation(explain(p, document, { now: 0 }), source('q', '')).split('\n');

test('a long list of names that failed is cut short', () => {
  const args = Array.from({ length: 20 }, (_, i) => exists(`f${i}`));
  assert.deepEqual(linesOf({ kind: 'or', args }, {}).slice(8, 10), [
    '  ✗ exists f7 (wanted any value; f7 has no value)',
    '  … 12 more that failed too',
  ]);
});

test('of an alternative that failed, and of an exclusion that did not apply, only what failed is shown', () => {
  const both: Predicate = {
    kind: 'and',
    args: [exists('a'), { kind: 'and', args: [exists('b'), exists('c')] }],
  };
  const other: Predicate = { kind: 'and', args: [exists('d'), exists('e')] };
  const p: Predicate = {
    kind: 'and',
    args: [
      { kind: 'or', args: [both, other] },
      { kind: 'not', arg: both },
    ],
  };
  assert.deepEqual(linesOf(p, { a: 1, b: 1, d: 1 }).slice(0, 11), [
    '✗ all of these',
    '  ✗ or(and(exists a, and(exists b, exists c)), and(exists d, exists e)): any of these',
    '    ✗ all of these',
    '      ✗ exists c (wanted any value; c has no value)',
    '      … 2 more clauses held',
    '    ✗ all of these',
    '      ✗ exists e (wanted any value; e has no value)',
    '      … 1 more clause held',
    '  ✓ not this',
    '    ✗ all of these',
    '      ✗ exists c (wanted any value; c has no value)',
  ]);
});
