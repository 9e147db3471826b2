/** A table beside the events: CSV whose first row names the columns, or a JSON object a row. */
import { readFile } from 'node:fs/promises';
import type { JsonObject, JsonValue } from '../data/document.ts';
import { isObject, leaves } from '../data/document.ts';
import { csvRows } from './decode/csv.ts';
import { parseJson } from './decode/json.ts';

export interface RawTable {
  /** As the file names them, in its order. */
  readonly columns: readonly string[];
  /** Flat: a column a key, without those that are empty. */
  readonly rows: readonly { readonly line: number; readonly values: JsonObject }[];
}

/** Why a file is no table; `line` where that is one line's fault. */
export class TableProblem extends Error {
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** @throws TableProblem */
export async function readTable(file: string): Promise<RawTable> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new TableProblem(
      error.code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${error.code ?? ''})`,
    );
  });
  const table = /\.csv$/i.test(file) ? fromCsv(text) : fromJson(text);
  if (table.columns.length === 0) throw new TableProblem('the file holds no columns');
  return table;
}

function fromCsv(text: string): RawTable {
  const [head, ...rows] = csvRows(text);
  const columns = (head?.cells ?? []).map((cell) => cell.trim());
  const empty = columns.indexOf('');
  if (empty !== -1) throw new TableProblem(`column ${empty + 1} has no name`, head?.line);
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined) throw new TableProblem(`two columns are called "${twice}"`, head?.line);
  return {
    columns,
    rows: rows.map(({ line, cells }) => {
      if (cells.length > columns.length)
        throw new TableProblem(`${cells.length} cells, and ${columns.length} columns`, line);
      const values = columns.flatMap((name, at) =>
        (cells[at] ?? '') === '' ? [] : [[name, cells[at] ?? '']],
      );
      return { line, values: Object.fromEntries(values) as JsonObject };
    }),
  };
}

/** A list of objects, or an object a line. */
function fromJson(text: string): RawTable {
  const objects = text.trimStart().startsWith('[') ? listed(text) : lines(text);
  const rows = objects.map(({ line, value }) => {
    if (!isObject(value)) throw new TableProblem('a row is not a JSON object', line);
    return { line, values: flat(value) };
  });
  return { columns: [...new Set(rows.flatMap(({ values }) => Object.keys(values)))], rows };
}

interface Placed {
  readonly line: number;
  readonly value: JsonValue;
}

function listed(text: string): Placed[] {
  const value = parsed(text, undefined);
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).map((one, i) => ({ line: i + 1, value: one }))
    : [];
}

const lines = (text: string): Placed[] =>
  text
    .split(/\r?\n/)
    .map((one, i) => ({ line: i + 1, one: one.replace(/^\ufeff/, '') }))
    .filter(({ one }) => one.trim() !== '')
    .map(({ line, one }) => ({ line, value: parsed(one, line) }));

function parsed(text: string, line: number | undefined): JsonValue {
  const read = parseJson(text);
  if (read.ok) return read.value;
  throw new TableProblem(`not valid JSON: ${read.why}`, line);
}

/** Nested objects as dotted columns. */
function flat(object: JsonObject): JsonObject {
  const values = new Map<string, JsonValue[]>();
  for (const [path, value] of leaves(object)) {
    if (value === null) continue;
    values.set(path, [...(values.get(path) ?? []), value]);
  }
  return Object.fromEntries(
    [...values].map(([path, all]) => [path, all.length === 1 ? (all[0] ?? null) : all]),
  );
}
