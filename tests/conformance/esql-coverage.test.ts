/**
 * The tables of ES|QL have a row for every function over each type that a parameter takes, null, and several values;
 * and for every operator over null and several values, and every command. What has none is listed by name.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { isMulti } from '../../src/data/atom.ts';
import { fieldTypes } from '../../src/data/fields/index.ts';
import type { FieldType } from '../../src/data/field-type.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { interpreted, rowCall } from '../../src/exec/pipeline/expression.ts';
import { buildOperator } from '../../src/exec/pipeline/operator.ts';
import type { PipelineEvent, Row, RunContext } from '../../src/exec/pipeline/row.ts';
import { Layout } from '../../src/exec/pipeline/row.ts';
import { pass } from '../../src/exec/pipeline/stage.ts';
import { esqlFunctions } from '../../src/func/esql/index.ts';
import { esql } from '../../src/lang/esql/index.ts';
import { source } from '../../src/base/source.ts';
import type { Operator, Pipeline } from '../../src/plan/pipeline.ts';
import type { RowExpression } from '../../src/plan/row.ts';

interface Data {
  readonly types?: Readonly<Record<string, FieldType>>;
  readonly event?: readonly { readonly id: string; readonly json: string }[];
  readonly table?: readonly { readonly name: string; readonly columns: string }[];
  readonly case: readonly { readonly query: string; readonly error?: string }[];
}

/** `NAME parameter type`, `NAME null`, `NAME several`, `OPERATOR null`, `command NAME`. */
const seen = new Set<string>();
const context: RunContext = { now: Date.parse('2026-01-01T00:00:00Z'), count: () => {} };

const folder = new URL('esql/', import.meta.url);
for (const name of readdirSync(folder).filter((file) => file.endsWith('.toml'))) {
  const data = getStaticTOMLValue(parseTOML(readFileSync(new URL(name, folder), 'utf8'))) as unknown as Data;
  const tables = new Map(data.table?.map((table) => [table.name, shapeOf(table.columns)]));
  for (const one of data.case) {
    const compiled = esql.compile(source(name, one.query), { types: fieldTypes(data.types ?? {}), tables });
    if (compiled.ok && compiled.value.kind === 'pipeline') look(compiled.value, eventsOf(data));
  }
}

function shapeOf(columns: string) {
  return {
    columns: columns.split(',').map((part) => {
      const [name = '', type = ''] = part.trim().split(':');
      return { name, type: type as 'keyword' };
    }),
  };
}

function eventsOf({ event = [] }: Data): readonly PipelineEvent[] {
  return event.map(({ id, json }) => ({ id, document: JSON.parse(json) as JsonObject }));
}

/** Runs the operators one by one, and notes what stands in front of each of their expressions. */
function look({ operators }: Pipeline, events: readonly PipelineEvent[]): void {
  let layout = new Layout(interpreted);
  let rows: readonly Row[] =
    operators[0]?.kind === 'row' ? [{ values: [] }] : events.map((event) => ({ values: [], event }));
  for (const operator of operators) {
    seen.add(`command ${operator.kind}`);
    if (operator.kind === 'enrich' || operator.kind === 'lookupJoin') return;
    noteOperator(operator, layout, rows);
    const built = buildOperator(operator, layout, { tables: new Map(), arrayOrder: 'lucene' });
    rows = pass([built.stage], rows, context);
    layout = built.layout;
  }
}

function noteOperator(operator: Operator, before: Layout, rows: readonly Row[]): void {
  let layout = before;
  const note = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(note);
    else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && 'type' in value) noteExpression(value as RowExpression, layout, rows);
      else if ('args' in value && 'name' in value) noteCall(value as Call, layout, rows);
      Object.values(value).forEach(note);
    }
  };
  if (operator.kind !== 'eval' && operator.kind !== 'row') return note({ ...operator });
  // A later value reads what an earlier one has set.
  for (const column of operator.columns) {
    note(column.value);
    for (const row of rows) row.values[layout.width] = rowCall(column.value, layout)(row, context);
    layout = layout.with(column.name).layout;
  }
}

function noteExpression(e: RowExpression, layout: Layout, rows: readonly Row[]): void {
  if (e.kind === 'call') noteCall(e, layout, rows);
  const operands = operandsOf(e);
  for (const operand of operands) noteValues(labelOf(e), operand, layout, rows);
}

function labelOf(e: RowExpression): string {
  return 'op' in e ? `${e.kind} ${e.op}` : e.kind;
}

function operandsOf(e: RowExpression): readonly RowExpression[] {
  switch (e.kind) {
    case 'arithmetic':
    case 'compare':
      return [e.left, e.right];
    case 'negate':
    case 'like':
    case 'rlike':
    case 'isNull':
    case 'not':
      return [e.arg];
    case 'shift':
      return [e.arg];
    case 'in':
      return [e.arg, ...e.list];
    case 'and':
    case 'or':
      return e.args;
    case 'case':
      return e.branches.map(({ when }) => when);
    default:
      return [];
  }
}

interface Call {
  readonly name: string;
  readonly args: readonly RowExpression[];
}

function noteCall(call: Call, layout: Layout, rows: readonly Row[]): void {
  const definition = esqlFunctions.find(({ name }) => name === call.name);
  const parameters = definition?.parameters ?? [];
  const missing = parameters.length - call.args.length;
  const used = parameters.filter(
    (one, i) => missing <= 0 || one.optional !== true || i < parameters.length - missing,
  );
  call.args.forEach((arg, i) => {
    // Without its optional first parameter the only argument stands for the second one.
    const parameter = used[i] ?? parameters.at(-1);
    seen.add(`${call.name} ${parameter?.name} ${arg.type}`);
    noteValues(call.name, arg, layout, rows);
  });
}

function noteValues(label: string, operand: RowExpression, layout: Layout, rows: readonly Row[]): void {
  const call = rowCall(operand, layout);
  for (const row of rows) {
    const value = call(row, context);
    if (value === null) seen.add(`${label} null`);
    if (isMulti(value)) seen.add(`${label} several`);
  }
}

const without = (wanted: readonly string[]): string[] => wanted.filter((one) => !seen.has(one));

test('every function has rows for each type of each parameter', () => {
  const wanted = esqlFunctions.flatMap(({ name, parameters }) =>
    parameters.flatMap((parameter) => parameter.types.map((type) => `${name} ${parameter.name} ${type}`)),
  );
  assert.deepEqual(without(wanted), []);
});

test('every function has rows for null and for several values', () => {
  const takesRows = esqlFunctions.filter(({ parameters }) => parameters.some((one) => one.constant !== true));
  assert.deepEqual(without(takesRows.flatMap(({ name }) => [`${name} null`, `${name} several`])), []);
});

const OPERATORS = [
  ...['add', 'subtract', 'multiply', 'divide', 'modulo'].map((op) => `arithmetic ${op}`),
  ...['eq', 'neq', 'lt', 'lte', 'gt', 'gte'].map((op) => `compare ${op}`),
  'shift add',
  'shift subtract',
  'negate',
  'like',
  'rlike',
  'isNull',
  'not',
  'in',
  'and',
  'or',
  'case',
];

test('every operator has rows for null and for several values', () => {
  assert.deepEqual(without(OPERATORS.flatMap((name) => [`${name} null`, `${name} several`])), []);
});

const COMMANDS: Readonly<Record<Operator['kind'], true>> = {
  source: true,
  row: true,
  where: true,
  eval: true,
  stats: true,
  inlineStats: true,
  keep: true,
  rename: true,
  sort: true,
  limit: true,
  mvExpand: true,
  grok: true,
  dissect: true,
  enrich: true,
  lookupJoin: true,
  completion: true,
};

test('every command has rows', () => {
  assert.deepEqual(without(Object.keys(COMMANDS).map((kind) => `command ${kind}`)), []);
});
