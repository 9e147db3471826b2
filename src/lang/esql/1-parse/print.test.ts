import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { source } from '../../../base/source.ts';
import { parseEsql, printQuery } from '../index.ts';
import type { PatternPart } from '../../../data/pattern.ts';
import { MANY } from '../../../data/pattern.ts';
import type { Command, Expression, Field, Name, NamePattern, Query, Text } from './ast.ts';

const read = (text: string): Query => {
  const parsed = parseEsql(source('q', text));
  assert.ok(parsed.ok, `${text}\n${parsed.diagnostics.map(({ message }) => message).join('\n')}`);
  return parsed.value;
};

/** A tree without places, and without the text of values that have a name. */
const essence = (query: Query): string =>
  JSON.stringify(query, (key, value: unknown) => {
    if (key === 'span' || key.endsWith('Span')) return undefined;
    return isNamedField(value) ? { ...value, text: undefined } : value;
  });

const isNamedField = (value: unknown): value is Field =>
  typeof value === 'object' && value !== null && 'value' in value && 'text' in value && 'name' in value;

const corpus = fileURLToPath(new URL('../../../../../shared/corpus/elastic/', import.meta.url));
const skip = existsSync(corpus) ? false : 'the corpus of public rules is not beside the repository';

test('every public query reads the same when it is printed', { skip, timeout: 300_000 }, () => {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.toml'));
  let count = 0;
  for (const file of files) {
    const text = readFileSync(join(corpus, file), 'utf8');
    if (!/^type = "esql"/m.test(text)) continue;
    const { rule } = getStaticTOMLValue(parseTOML(text)) as unknown as { rule: { query: string } };
    const query = read(rule.query);
    assert.equal(essence(read(printQuery(query))), essence(query), file);
    count++;
  }
  assert.equal(count, 212);
});

/** A query, and how it is printed. */
const printed: readonly (readonly [query: string, text: string])[] = [
  [
    'from logs-* , -logs-x metadata _id,_index | where (a == 1) and (b or (c and not d)) // why',
    'FROM logs-*, -logs-x METADATA _id, _index\n| WHERE a == 1 AND (b OR c AND NOT d)',
  ],
  [
    'row a = [1,-2], b = 5m | eval x = ((a + 1)) * -2::double, count( * )',
    'ROW a = [1, -2], b = 5 minutes\n| EVAL x = (a + 1) * -2::double, count( * )',
  ],
  [
    'from a | stats n = count(*) where x in ("a") , values(`b c`) by y = z, w | inline stats max(q)',
    'FROM a\n| STATS n = count(*) WHERE x IN ("a"), values(`b c`) BY y = z, w\n| INLINE STATS max(q)',
  ],
  [
    'from a | keep a.*, `b.c`, *, `x y`.* | drop q | rename a as b, c = d | sort a desc nulls last, b | limit 010',
    'FROM a\n| KEEP a.*, b.c, *, `x y`.*\n| DROP q\n| RENAME a AS b, d AS c\n| SORT a DESC NULLS LAST, b\n| LIMIT 010',
  ],
  [
    'from a | grok m """%{IP:`x`}""" , "\\\\d" | dissect m "%{a} %{b}" append_separator = "," | mv_expand a.`0`.b',
    'FROM a\n| GROK m "%{IP:`x`}", "\\\\d"\n| DISSECT m "%{a} %{b}" APPEND_SEPARATOR = ","\n| MV_EXPAND a.`0`.b',
  ],
  [
    'from a | enrich p on x with n = m, o | lookup join t on a, b | completion r = concat(a) with {"inference_id": "m", "n": 1}',
    'FROM a\n| ENRICH p ON x WITH n = m, o\n| LOOKUP JOIN t ON a, b\n| COMPLETION r = concat(a) WITH { "inference_id": "m", "n": 1 }',
  ],
  [
    'from a | where x not like ("a*", """b\\*""") and y rlike "c" and z is not null and q : "r" and match(f, "g", {"fuzziness": 1})',
    'FROM a\n| WHERE x NOT LIKE ("a*", "b\\\\*") AND y RLIKE "c" AND z IS NOT NULL AND q : "r" AND match(f, "g", { "fuzziness": 1 })',
  ],
];

test('queries are printed in one way', () => {
  for (const [query, text] of printed) {
    assert.equal(printQuery(read(query)), text);
    assert.equal(printQuery(read(text)), text);
  }
});

const span = { start: 0, end: 0 };
const word = fc.constantFrom(
  'a',
  'b1',
  '_c',
  '@timestamp',
  'by',
  'and',
  'NULL',
  'é',
  '0',
  '-',
  'x y',
  'd`e',
  'where',
  'from',
  '*',
);
const name: fc.Arbitrary<Name> = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((parts) => ({ kind: 'name', name: parts.join('.'), span }));
const texts = fc.constantFrom('', 'a', '"', '\\', 'a\n\tb', '*', '%{a}', '"""', '🔥', '//', '|');
const text: fc.Arbitrary<Text> = texts.map((value) => ({ kind: 'string', value, span }));
const functionName = fc.constantFrom('COUNT', 'to_lower', 'CASE', 'from', 'by');
const digits = fc.constantFrom('0', '1', '42', '1.5', '.5', '1e9', '18446744073709551616');
const timespan = fc.record({
  kind: fc.constant('timespan' as const),
  count: fc.nat(100),
  unit: fc.constantFrom('millisecond' as const, 'minute' as const, 'day' as const, 'month' as const),
  span: fc.constant(span),
});
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  text,
  digits.map((written): Expression => ({ kind: 'number', text: written, span })),
  fc.boolean().map((value): Expression => ({ kind: 'boolean', value, span })),
  fc.constant<Expression>({ kind: 'null', span }),
  timespan,
  name,
);

const { expression } = fc.letrec<{ expression: Expression; signed: Expression }>((tie) => ({
  signed: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('expression').map((arg): Expression => ({ kind: 'sign', op: '-', arg, span })),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .array(tie('signed'), { minLength: 1, maxLength: 3 })
      .map((items): Expression => ({ kind: 'list', items, span })),
    fc
      .tuple(functionName, fc.array(tie('expression'), { maxLength: 3 }))
      .map(([called, args]): Expression => ({ kind: 'call', name: called, nameSpan: span, args, span })),
    functionName.map((called): Expression => ({
      kind: 'call',
      name: called,
      nameSpan: span,
      args: [],
      star: true,
      span,
    })),
    tie('expression').map((arg): Expression => ({ kind: 'cast', arg, to: 'long', toSpan: span, span })),
    tie('expression').map((arg): Expression => ({ kind: 'not', arg, span })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, args]): Expression => ({ kind, args, span })),
    fc
      .tuple(
        fc.constantFrom('+' as const, '-' as const, '*' as const, '%' as const),
        tie('expression'),
        tie('expression'),
      )
      .map(([op, left, right]): Expression => ({ kind: 'arithmetic', op, left, right, span })),
    fc
      .tuple(
        fc.constantFrom('==' as const, '<=' as const, '!=' as const),
        tie('expression'),
        tie('expression'),
      )
      .map(([op, left, right]): Expression => ({ kind: 'comparison', op, left, right, span })),
    fc
      .tuple(tie('expression'), fc.array(tie('expression'), { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([arg, list, negated]): Expression => ({ kind: 'in', arg, list, negated, span })),
    fc
      .tuple(tie('expression'), fc.array(text, { minLength: 1, maxLength: 2 }), fc.boolean())
      .map(([arg, patterns, negated]): Expression => ({ kind: 'like', arg, patterns, negated, span })),
    fc
      .tuple(tie('expression'), fc.boolean())
      .map(([arg, negated]): Expression => ({ kind: 'isNull', arg, negated, span })),
    fc
      .tuple(name, tie('expression'))
      .map(([field, value]): Expression => ({ kind: 'search', field, value, span })),
  ),
}));

const field: fc.Arbitrary<Field> = fc
  .tuple(name, expression)
  .map(([column, value]) => ({ name: column, value, text: '', span }));
const piece = word.map((part): PatternPart => (part === '*' ? MANY : part));
const namePattern: fc.Arbitrary<NamePattern> = fc
  .array(piece, { minLength: 1, maxLength: 3 })
  .map((parts) => ({
    pattern: parts.filter((part, i) => i === 0 || (part === MANY) !== (parts[i - 1] === MANY)),
    span,
  }));
const several = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(item, { minLength: 1, maxLength: 3 });

const command: fc.Arbitrary<Command> = fc.oneof(
  expression.map((condition): Command => ({ kind: 'where', condition, span })),
  several(field).map((fields): Command => ({ kind: 'eval', fields, span })),
  fc
    .tuple(
      several(fc.tuple(field, expression).map(([set, where]) => ({ ...set, where }))),
      fc.array(field, { maxLength: 2 }),
    )
    .map(([aggregates, by]): Command => ({ kind: 'stats', aggregates, by, span })),
  several(namePattern).map((columns): Command => ({ kind: 'keep', columns, span })),
  fc.tuple(name, name).map(([from, to]): Command => ({ kind: 'rename', pairs: [{ from, to }], span })),
  several(fc.tuple(expression, fc.constantFrom('asc' as const, 'desc' as const))).map((keys): Command => ({
    kind: 'sort',
    keys: keys.map(([value, order]) => ({ value, order, span })),
    span,
  })),
  fc
    .tuple(expression, several(text))
    .map(([input, patterns]): Command => ({ kind: 'grok', input, patterns, span })),
  fc.tuple(expression, text, text).map(([input, pattern, appendSeparator]): Command => ({
    kind: 'dissect',
    input,
    pattern,
    appendSeparator,
    span,
  })),
  fc
    .tuple(
      texts.filter((table) => table !== ''),
      several(name),
    )
    .map(([table, on]): Command => ({ kind: 'lookupJoin', table, tableSpan: span, on, span })),
  fc.tuple(name, expression).map(([column, prompt]): Command => ({
    kind: 'completion',
    column,
    prompt,
    options: [{ key: 'inference_id', value: { kind: 'string', value: 'm', span }, span }],
    span,
  })),
);

test('every tree reads the same when it is printed', () => {
  const from: Command = {
    kind: 'from',
    indices: [{ text: 'logs-*', exclude: false, span }],
    metadata: [],
    span,
  };
  const queries = fc
    .array(command, { maxLength: 4 })
    .map((commands): Query => ({ commands: [from, ...commands], span }));
  fc.assert(
    fc.property(queries, (query) => {
      assert.equal(essence(read(printQuery(query))), essence(query));
    }),
    { numRuns: 1000 },
  );
});
