import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { source } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import { highlightKql } from './highlight.ts';
import type { KqlNode, Value } from '../index.ts';
import { parseKql, printKql } from '../index.ts';

const probesFile = new URL('../../../../../shared/data/kql/parser_probes.jsonl', import.meta.url);

interface Probe {
  readonly q: string;
  readonly ast?: unknown;
  readonly error?: true;
  readonly at?: number;
}

const valueShape = (value: Value): unknown => {
  if (value.kind === 'quoted') return { quoted: value.text };
  return value.kind === 'literal' ? { lit: value.value } : { wc: value.pieces };
};

/** The probes' shape of a tree. */
function shape(node: KqlNode): unknown {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { [node.kind]: node.args.map(shape) };
    case 'not':
      return { not: [shape(node.arg)] };
    case 'is':
      return { is: [node.field && valueShape(node.field), valueShape(node.value)] };
    case 'range':
      return { range: [valueShape(node.field), node.order, valueShape(node.value)] };
    case 'nested':
      return { nested: [valueShape(node.field), shape(node.arg)] };
  }
}

const probes = (): Probe[] =>
  readFileSync(probesFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Probe);

const skip = existsSync(probesFile) ? false : 'the probes are not beside the repository';

test('every probe of the reference grammar gives the tree or the error that it says', { skip }, () => {
  const given = probes().map(({ q }) => {
    const result = parseKql(source('q', q));
    return result.ok ? { q, ast: shape(result.value) } : { q, error: true };
  });
  assert.deepEqual(
    given,
    probes().map(({ q, ast, error }) => (error ? { q, error } : { q, ast })),
  );
  assert.equal(given.length, 206);
});

test(
  'errors stand where the reference grammar stops, but for those that point at their cause',
  { skip },
  () => {
    const elsewhere = probes().flatMap(({ q, at }) => {
      const result = parseKql(source('q', q));
      const start = result.diagnostics[0]?.span?.start;
      return result.ok || start === at ? [] : [[q, at, start]];
    });
    assert.deepEqual(elsewhere, [
      ['not(a:b)', 3, 0],
      ['a:b or(c:d)', 6, 4],
      ['a:b && c:d', 8, 4],
      ['a:b || c:d', 8, 4],
    ]);
  },
);

test('every node knows where it stands', () => {
  const text = 'a:(x or  not "y z") and  not b >= 5 or n:{ c:* }  or  d*';
  const parsed = parseKql(source('q', text));
  assert.ok(parsed.ok);
  const slices: string[] = [];
  const note = (kind: string, { start, end }: Span): unknown =>
    slices.push(`${kind} ${text.slice(start, end)}`);
  const walk = (node: KqlNode): void => {
    note(node.kind, node.span);
    if (node.kind === 'and' || node.kind === 'or') node.args.forEach(walk);
    if (node.kind === 'not' || node.kind === 'nested') walk(node.arg);
    if (node.kind === 'is' || node.kind === 'range') note('value', node.value.span);
    if ('field' in node && node.field !== null) note('field', node.field.span);
  };
  walk(parsed.value);
  assert.deepEqual(slices, [
    'or a:(x or  not "y z") and  not b >= 5 or n:{ c:* }  or  d*',
    'and a:(x or  not "y z") and  not b >= 5',
    'or a:(x or  not "y z")',
    'is x',
    'value x',
    'field a',
    'not not "y z"',
    'is "y z"',
    'value "y z"',
    'field a',
    'not not b >= 5',
    'range b >= 5',
    'value 5',
    'field b',
    'nested n:{ c:* }',
    'is c:*',
    'value *',
    'field c',
    'field n',
    'is d*',
    'value d*',
  ]);
});

test('brackets nest to a limit, and then there is an error with a name', () => {
  const codes = (text: string): string[] => parseKql(source('q', text)).diagnostics.map(({ code }) => code);
  const deep = (levels: number): string => '('.repeat(levels) + 'a:b' + ')'.repeat(levels);
  assert.deepEqual(codes(deep(200)), []);
  assert.deepEqual(codes(deep(201)), ['KQL113']);
  assert.deepEqual(codes('('.repeat(100_000)), ['KQL113']);
  assert.deepEqual(codes('a:' + '('.repeat(100_000)), ['KQL113']);
  assert.deepEqual(codes('a:{'.repeat(100_000)), ['KQL113']);
});

/** Pieces that the grammar cares about, so that most texts get far. */
const fragment = fc.oneof(
  fc.constantFrom(...' \t\n\u00a0:()<>{}"*\\', ' and ', ' or ', 'not ', 'a:', '<=', '>=', 'null', 'true'),
  fc.constantFrom(
    'a',
    'b.c',
    'x y',
    'or',
    '"q"',
    '"a\\"b"',
    '*.d',
    '\\or',
    '\\(',
    '\\t',
    '\\u0041',
    '\u3000',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const queryText = fc.array(fragment, { maxLength: 12 }).map((pieces) => pieces.join(''));

test('any text gives a tree or an error, and highlighting never fails', () => {
  fc.assert(
    fc.property(queryText, (text) => {
      const result = parseKql(source('q', text));
      for (const { span, message } of result.diagnostics)
        assert.ok(span !== undefined && span.start >= 0 && span.start <= text.length, message);
      const tokens = highlightKql(text);
      assert.ok(
        tokens.every((token, i) => token.start < token.end && token.start >= (tokens[i - 1]?.end ?? 0)),
      );
    }),
    { numRuns: 3000 },
  );
});

test('a printed tree reads as the same tree', () => {
  fc.assert(
    fc.property(queryText, (text) => {
      const first = parseKql(source('q', text));
      if (!first.ok) return;
      const printed = printKql(first.value);
      const second = parseKql(source('q', printed));
      assert.ok(second.ok, `${JSON.stringify(printed)} is not read back`);
      assert.deepEqual(shape(second.value), shape(first.value), printed);
      assert.equal(printKql(second.value), printed);
    }),
    { numRuns: 5000 },
  );
});

test('a query is coloured piece by piece, finished or not', () => {
  const text = 'a.b:(x or "y" or 5) and not c* >= z* and (';
  const pieces = highlightKql(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
  assert.deepEqual(pieces, [
    'field a.b',
    'operator :',
    'punctuation (',
    'string x',
    'keyword or',
    'string "y"',
    'keyword or',
    'number 5',
    'punctuation )',
    'keyword and',
    'keyword not',
    'field c*',
    'operator >=',
    'wildcard z*',
    'keyword and',
    'punctuation (',
  ]);
});
