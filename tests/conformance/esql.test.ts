/** Every case of every table of ES|QL, whole and cut into what runs as events arrive and what runs at the end. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import * as z from 'zod';
import { picture } from '../../src/base/diagnostic.ts';
import { source } from '../../src/base/source.ts';
import { columnValue } from '../../src/data/atom.ts';
import type { Atom, Column, ColumnType, ColumnValue } from '../../src/data/column.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { isObject } from '../../src/data/document.ts';
import type { FieldType, FieldTypes } from '../../src/data/field-type.ts';
import { fieldTypes } from '../../src/data/fields/index.ts';
import { Numeral } from '../../src/data/numeral.ts';
import type { LocalTable, PipelineEvent, ResultTable, RunContext } from '../../src/exec/pipeline/index.ts';
import { Groups, preparePipeline } from '../../src/exec/pipeline/index.ts';
import { parseJson } from '../../src/ingest/decode/json.ts';
import { esql } from '../../src/lang/esql/index.ts';
import type { Tables } from '../../src/lang/kit/language.ts';
import type { Pipeline } from '../../src/plan/pipeline.ts';

const caseShape = z
  .strictObject({
    name: z.string(),
    query: z.string(),
    columns: z.string().optional(),
    rows: z.string().optional(),
    any_order: z.boolean().optional(),
    counts: z.record(z.string(), z.int()).optional(),
    error: z.string().optional(),
    warns: z.array(z.string()).optional(),
    array_order: z.enum(['lucene', 'source']).optional(),
  })
  .refine((c) => (c.columns === undefined) !== (c.error === undefined), 'a case has either columns or error')
  .refine((c) => (c.columns === undefined) === (c.rows === undefined), 'columns and rows stand together');

const fileShape = z.strictObject({
  now: z.iso.datetime().optional(),
  types: z.record(z.string(), z.string()).optional(),
  event: z
    .array(z.strictObject({ id: z.string(), index: z.string().optional(), json: z.string() }))
    .default([]),
  table: z
    .array(z.strictObject({ name: z.string(), key: z.string(), columns: z.string(), rows: z.string() }))
    .default([]),
  case: z.array(caseShape),
});

type Case = z.infer<typeof caseShape>;

interface TableFile {
  readonly now: number;
  readonly types: FieldTypes;
  readonly events: readonly PipelineEvent[];
  readonly local: ReadonlyMap<string, LocalTable>;
  readonly shapes: Tables;
  readonly cases: readonly Case[];
}

const folder = new URL('esql/', import.meta.url);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.toml'))) {
  suite(`esql/${name}`, () => {
    const file = readFile(new URL(name, folder));
    test('names are given once', () => assertDistinct(file.cases.map((one) => one.name)));
    for (const one of file.cases) test(one.name, () => runCase(one, file));
  });
}

function readFile(url: URL): TableFile {
  const data = fileShape.parse(getStaticTOMLValue(parseTOML(readFileSync(url, 'utf8'))));
  return {
    now: Date.parse(data.now ?? '2026-01-01T00:00:00Z'),
    types: fieldTypes((data.types ?? {}) as Record<string, FieldType>),
    events: data.event.map(({ id, index, json: text }) => ({
      id,
      index,
      document: json(text) as JsonObject,
    })),
    local: new Map(
      data.table.map(({ name, key, columns, rows }) => [name, { key, rows: records(columns, rows) }]),
    ),
    shapes: new Map(data.table.map(({ name, columns }) => [name, { columns: columnsOf(columns) }])),
    cases: data.case,
  };
}

function json(text: string): JsonValue {
  const parsed = parseJson(text);
  assert.ok(parsed.ok, text);
  return parsed.value;
}

function columnsOf(text: string): Column[] {
  return text.split(',').map((part) => {
    const [, name = '', type = ''] = /^(.*):(\w+)$/.exec(part.trim()) ?? assert.fail(part);
    return { name, type: type as ColumnType };
  });
}

function rowsOf(text: string): ColumnValue[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (json(line) as JsonValue[]).map(valueOf));
}

function records(columns: string, rows: string): Record<string, ColumnValue>[] {
  const names = columnsOf(columns).map(({ name }) => name);
  return rowsOf(rows).map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
}

function valueOf(value: JsonValue): ColumnValue {
  if (Array.isArray(value)) return columnValue(value.map((one: JsonValue) => valueOf(one) as Atom));
  return value instanceof Numeral
    ? value.valueOf()
    : isObject(value)
      ? (value as Atom)
      : (value as ColumnValue);
}

/** JSON does not tell a double without a fraction from a long. */
const asType = (value: ColumnValue, column: Column | undefined): ColumnValue =>
  column?.type === 'double' && typeof value === 'bigint' ? Number(value) : value;

function runCase(one: Case, file: TableFile): void {
  const compiled = esql.compile(source(one.name, one.query), { types: file.types, tables: file.shapes });
  const pictures = compiled.diagnostics.map((found) => picture(found)).join('\n');
  const codes = (severity: string): string[] =>
    compiled.diagnostics.filter((d) => d.severity === severity).map(({ code }) => code);
  assert.equal(codes('error')[0], one.error, pictures);
  if (one.warns !== undefined) assert.deepEqual(codes('warning'), one.warns, pictures);
  if (!compiled.ok || one.columns === undefined || one.rows === undefined) return;
  assert.equal(compiled.value.kind, 'pipeline');
  for (const way of ways) {
    const { table, counts }: Outcome = way(compiled.value as Pipeline, one, file);
    assert.deepEqual(table.columns, columnsOf(one.columns), one.query);
    const expected: ColumnValue[][] = rowsOf(one.rows).map((row) =>
      row.map((value, i) => asType(value, table.columns[i])),
    );
    assert.deepEqual(ordered(table.rows, one), ordered(expected, one), one.query);
    if (one.counts !== undefined) assert.deepEqual(counts, one.counts);
  }
}

const ordered = (rows: ResultTable['rows'], { any_order: anyOrder }: Case): unknown[] =>
  anyOrder === true ? rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1)) : [...rows];

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

interface Outcome {
  readonly table: ResultTable;
  readonly counts: Record<string, number>;
}

function contextOf(now: number): { readonly context: RunContext; readonly counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  const context: RunContext = {
    now,
    count: (counter) => (counts[counter] = (counts[counter] ?? 0) + 1),
    complete: (prompt, inferenceId) => `${inferenceId}: ${prompt}`,
  };
  return { context, counts };
}

type Evaluator = 'interpreted' | 'compiled';

const options = ({ array_order: arrayOrder }: Case, { types, local }: TableFile, evaluator: Evaluator) => ({
  types,
  tables: local,
  evaluator,
  ...(arrayOrder === undefined ? {} : { arrayOrder }),
});

type Way = (pipeline: Pipeline, one: Case, file: TableFile) => Outcome;

const whole =
  (evaluator: Evaluator): Way =>
  (pipeline, one, file) => {
    const { context, counts } = contextOf(file.now);
    return {
      table: preparePipeline(pipeline, options(one, file, evaluator)).run(file.events, context),
      counts,
    };
  };

/** Rows as they are kept and stored for a window; asking twice must change nothing. */
const apart: Way = (pipeline, one, file) => {
  if (pipeline.operators[0]?.kind === 'row') return whole('compiled')(pipeline, one, file);
  const { context, counts } = contextOf(file.now);
  const prepared = preparePipeline(pipeline, options(one, file, 'compiled'));
  const rows = file.events.flatMap((event) =>
    prepared.rowsOf(event, context).map((row) => {
      // What is shown of a document is never stored: the event is, and it comes back as it was.
      const stored = prepared.store(row);
      return prepared.restore(isPlain(stored) ? (JSON.parse(text(stored)) as typeof stored) : stored, event);
    }),
  );
  prepared.finish(rows, contextOf(file.now).context);
  return { table: prepared.finish(rows, context), counts };
};

const isPlain = (stored: unknown): boolean => !text(stored).includes('"object"');

/** A part of the rows in each of several groups of their own, where partial aggregates can stand for rows. */
const inParts: Way = (pipeline, one, file) => {
  const prepared = preparePipeline(pipeline, options(one, file, 'compiled'));
  const { partials } = prepared;
  if (partials === undefined || pipeline.operators[0]?.kind === 'row') return apart(pipeline, one, file);
  const { context, counts } = contextOf(file.now);
  const merged = new Groups(partials);
  for (const event of file.events) {
    const own = new Groups(partials);
    for (const row of prepared.rowsOf(event, context)) own.add(row, context);
    merged.mergeGroups(own, context);
  }
  return { table: prepared.finishGroups(merged, context), counts };
};

const ways: readonly Way[] = [whole('interpreted'), whole('compiled'), apart, inParts];

function assertDistinct(items: readonly string[]): void {
  assert.deepEqual(
    items.filter((item, i) => items.indexOf(item) !== i),
    [],
  );
}
