/** Local tables for ENRICH and LOOKUP JOIN (decision 0441): `NAME=FILE`, with columns typed as fields of that name are. */
import { basename } from 'node:path';
import { diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/typo.ts';
import type { Column, ColumnType } from '../data/column.ts';
import type { JsonObject, JsonValue } from '../data/document.ts';
import { columnTypeOf } from '../data/column-type.ts';
import { builtinFieldTypes } from '../data/fields/index.ts';
import type { LocalTable } from '../exec/pipeline/index.ts';
import { localTable } from '../exec/pipeline/index.ts';
import type { RawTable } from '../ingest/read-table.ts';
import { readTable, TableProblem } from '../ingest/read-table.ts';
import type { Tables } from '../lang/kit/language.ts';
import { SetUpError } from './set-up-error.ts';

export interface LoadedTables {
  /** For checking queries. */
  readonly shapes: Tables;
  /** For running them. */
  readonly tables: ReadonlyMap<string, LocalTable>;
}

/** @throws SetUpError RUN012, at the file's line where that is one line's fault */
export async function tablesOf(given: readonly string[]): Promise<LoadedTables> {
  const loaded = await Promise.all(given.map(tableOf));
  const names = loaded.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new SetUpError(diagnostic('RUN012', `two tables are called "${twice}"`));
  return {
    shapes: new Map(loaded.map(({ name, columns }) => [name, { columns }])),
    tables: new Map(loaded.map(({ name, table }) => [name, table])),
  };
}

async function tableOf(given: string) {
  const [, name, file] = /^([^=/\\]+)=(.+)$/s.exec(given) ?? [];
  if (name === undefined || file === undefined)
    throw new SetUpError(
      diagnostic('RUN012', `"${given}" does not name a table`, {
        hint: `write NAME=FILE: --table ${basename(given).replace(/\..*$/, '') || 'hosts'}=${given}`,
      }),
    );
  try {
    const raw = await readTable(file);
    const columns = raw.columns.map((head) => typedColumn(head, raw));
    const rows = raw.rows.map(({ values }) => renamed(values, raw.columns, columns));
    const onUnfit = (row: number, column: Column): never => {
      throw new TableProblem(unfitText(rows[row], column), raw.rows[row]?.line);
    };
    return { name, columns, table: localTable(columns, rows, onUnfit) };
  } catch (error) {
    if (error instanceof TableProblem) throw refused(file, error);
    throw error;
  }
}

function refused(file: string, { message, line }: TableProblem): SetUpError {
  const where = line === undefined ? file : `${file}:${line}`;
  return new SetUpError(diagnostic('RUN012', `${where}: ${message}`));
}

const unfitText = (row: JsonObject | undefined, { name, type }: Column): string =>
  `column "${name}" is ${type}, which ${JSON.stringify(row?.[name])} is not; name it "${name}:keyword" to take any text`;

const TYPES: readonly ColumnType[] = [
  'keyword',
  'integer',
  'long',
  'unsigned_long',
  'double',
  'boolean',
  'datetime',
  'ip',
  'version',
];

/** `score:double` says its type; else a field of that name has one; else its values decide. */
function typedColumn(head: string, { rows }: RawTable): Column {
  const [, named, type] = /^(.+):(\w+)$/s.exec(head) ?? [];
  if (named !== undefined && type !== undefined) return { name: named, type: namedType(type) };
  const known = columnTypeOf(builtinFieldTypes.resolve(head));
  return { name: head, type: known ?? supposedType(rows.flatMap(({ values }) => values[head] ?? [])) };
}

function namedType(text: string): ColumnType {
  const short = { text: 'keyword', date: 'datetime', string: 'keyword' }[text.toLowerCase()];
  const type = TYPES.find((one) => one === (short ?? text.toLowerCase()));
  if (type !== undefined) return type;
  throw new TableProblem(
    `there is no type "${text}" for a column; ${didYouMean(text, TYPES) ?? `the types are ${TYPES.join(', ')}`}`,
  );
}

const WHOLE = /^-?\d{1,18}$/;
const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A column of nothing but numbers is one; digits that begin with a zero are names. */
function supposedType(values: readonly JsonValue[]): ColumnType {
  const all = (test: (value: JsonValue) => boolean): boolean => values.length > 0 && values.every(test);
  const text = (value: JsonValue): string => String(value);
  if (all((value) => typeof value === 'boolean' || /^(?:true|false)$/.test(text(value)))) return 'boolean';
  if (values.some((value) => typeof value === 'string' && /^-?0\d/.test(value))) return 'keyword';
  if (all((value) => WHOLE.test(text(value)))) return 'long';
  return all((value) => NUMBER.test(text(value))) ? 'double' : 'keyword';
}

function renamed(values: JsonObject, heads: readonly string[], columns: readonly Column[]): JsonObject {
  return Object.fromEntries(
    heads.flatMap((head, i) => {
      const value = values[head];
      return value === undefined ? [] : [[columns[i]?.name ?? head, value]];
    }),
  );
}
