/** Columns that are read in one walk through an event, against each column read by itself. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { source } from '../../src/base/source.ts';
import type { ColumnValue } from '../../src/data/column.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import { Numeral } from '../../src/data/numeral.ts';
import { loadColumn } from '../../src/exec/pipeline/field.ts';
import type { Counter } from '../../src/exec/pipeline/index.ts';
import { preparePipeline } from '../../src/exec/pipeline/index.ts';
import { esql } from '../../src/lang/esql/index.ts';
import type { FieldColumn } from '../../src/plan/pipeline.ts';
import { law } from './law.ts';

const FIELDS = [
  'user.name',
  'process.pid',
  'source.ip',
  '@timestamp',
  'process.interactive',
  'event.risk_score',
  'source.geo.location',
  'message',
  'x.y',
  'x.0.z',
];
const query = `FROM * | LIMIT 5 | KEEP ${FIELDS.map((field) => `\`${field}\``).join(', ')}`;
const compiled = esql.compile(source('law', query), { types: builtinFieldTypes });
assert.ok(compiled.ok && compiled.value.kind === 'pipeline');
const pipeline = compiled.value;

const scalar = fc.constantFrom<JsonValue>(
  0,
  -0,
  1.5,
  7,
  1e300,
  false,
  true,
  '',
  ' ',
  'Eve',
  '5',
  '1.50',
  'true',
  '10.0.0.1',
  '::FFFF:10.0.0.1',
  '2026-03-02T09:00:00Z',
  null,
  new Numeral('9007199254740993'),
  new Numeral('2.0'),
);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.record({ z: tie('value'), lat: fc.constant(1), lon: fc.constant(2) }) },
  ),
}));

/** `a.b.c` as nested objects, as one key, or in two pieces. */
const spelled = fc.constantFrom(...FIELDS).chain((field) =>
  fc.tuple(fc.constant(field), fc.nat(2), value).map(([name, cut, given]): JsonObject => {
    const segments = name.split('.');
    const keys = [segments.slice(0, cut).join('.'), ...segments.slice(cut)].filter((key) => key !== '');
    return keys.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), given) as JsonObject;
  }),
);
const documents = fc
  .array(spelled, { maxLength: 8 })
  .map((parts) => Object.assign({}, ...parts) as JsonObject);

law(
  'a column is the same read alone or with the others',
  [documents, documents, fc.constantFrom('lucene', 'source')],
  (before, document, arrayOrder) => {
    const prepared = preparePipeline(pipeline, { arrayOrder, ignoreFrom: true });
    const counts = new Map<Counter, number>();
    const context = (of: Map<Counter, number>) => ({
      now: 0,
      count: (counter: Counter) => void of.set(counter, (of.get(counter) ?? 0) + 1),
    });
    prepared.rowsOf({ id: 'before', document: before }, context(new Map()));
    const [row] = prepared.rowsOf({ id: 'id', document }, context(counts));
    const [from] = pipeline.operators;
    assert.ok(from?.kind === 'source' && row !== undefined);
    const alone = new Map<Counter, number>();
    const columns = from.columns.filter((column): column is FieldColumn => column.from === 'field');
    for (const column of columns) {
      const read: ColumnValue | undefined = prepared.layout.names.includes(column.name)
        ? prepared.layout.reader(column.name)(row, context(new Map()))
        : undefined;
      if (read === undefined) continue;
      const expected = loadColumn(column, arrayOrder)({ id: 'id', document }, context(alone));
      assert.deepEqual(read, expected, column.name);
    }
    assert.deepEqual(counts, alone);
  },
);
