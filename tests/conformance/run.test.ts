/** Every case of every table, by every evaluator. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { picture } from '../../src/base/diagnostic.ts';
import type { Result } from '../../src/base/result.ts';
import { source } from '../../src/base/source.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { evaluators } from './evaluators.ts';
import type { Compile } from './languages.ts';
import { compilerOf } from './languages.ts';
import type { ConformanceCase, Table } from './table.ts';
import { readTable } from './table.ts';

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.toml') && !file.startsWith('esql'))
  .sort();

for (const file of files) {
  const [folder = ''] = file.split('/');
  suite(file, () => runTable(file, compilerOf(folder)));
}

function runTable(file: string, compile: Compile): void {
  const table = readTable(new URL(file, import.meta.url));
  const compiled = table.cases.map((row) => compileCase(row, table, compile));
  const selecting = compiled.flatMap(({ row, result }) => {
    const predicate = row.ids === undefined ? undefined : predicateOf(result);
    return predicate === undefined ? [] : [{ row, predicate }];
  });
  test('names and ids are given once', () => {
    assertDistinct(table.cases.map(({ name }) => name));
    assertDistinct(table.events.map(({ id }) => id));
  });
  for (const { row, result } of compiled) test(row.name, () => checkDiagnostics(row, result));
  for (const [name, evaluate] of Object.entries(evaluators)) {
    const ids = evaluate(
      selecting.map(({ predicate }) => predicate),
      table,
    );
    selecting.forEach(({ row }, i) => {
      test(`${row.name} (${name})`, () => assert.deepEqual(ids[i], row.ids, row.query));
    });
  }
}

interface CompiledCase {
  readonly row: ConformanceCase;
  readonly result: Result<Plan>;
}

function compileCase(row: ConformanceCase, { types }: Table, compile: Compile): CompiledCase {
  const eventCategoryField = row.options?.event_category_field;
  const options = { types, ...(eventCategoryField === undefined ? {} : { eventCategoryField }) };
  return { row, result: compile(source(row.name, row.query), options) };
}

function predicateOf(result: Result<Plan>): Predicate | undefined {
  return result.ok && result.value.kind === 'filter' ? result.value.where : undefined;
}

function checkDiagnostics(row: ConformanceCase, result: Result<Plan>): void {
  const pictures = result.diagnostics.map((found) => picture(found)).join('\n');
  const codes = (severity: string): string[] =>
    result.diagnostics.filter((d) => d.severity === severity).map(({ code }) => code);
  assert.equal(codes('error')[0], row.error, pictures);
  if (row.warns !== undefined) assert.deepEqual(codes('warning'), row.warns, pictures);
  if (row.ids !== undefined) assert.notEqual(predicateOf(result), undefined, 'not an event query');
}

function assertDistinct(items: readonly (string | number)[]): void {
  assert.deepEqual(
    items.filter((item, i) => items.indexOf(item) !== i),
    [],
  );
}
