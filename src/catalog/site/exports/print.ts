/** Records as JSON, as lines of JSON and as CSV. */
import { z } from 'zod';
import type { CatalogueRecord, RecordKind } from './records.ts';
import { recordSchemas } from './records.ts';

/** One record a line, so that two builds can be compared line by line. */
export const asJson = (records: readonly CatalogueRecord[]): string =>
  records.length === 0 ? '[]\n' : `[\n${records.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;

export const asNdjson = (records: readonly CatalogueRecord[]): string =>
  records.map((one) => `${JSON.stringify(one)}\n`).join('');

/** What is made of parts and what runs over many lines has no place in a cell; the other formats have it. */
const NOT_IN_CELLS: Readonly<Partial<Record<RecordKind, readonly string[]>>> = {
  statements: ['sentences', 'occurrences', 'history'],
  rules: ['logic', 'exclusions'],
  profiles: ['matches', 'differs'],
};

const csvColumns = (kind: RecordKind): string[] =>
  Object.keys((recordSchemas[kind] as z.ZodObject).shape).filter(
    (column) => NOT_IN_CELLS[kind]?.includes(column) !== true,
  );

/** RFC 4180: one row a record. Lists have `; ` between texts or ids, whatever else has parts of its own is JSON. */
export function asCsv(kind: RecordKind, records: readonly CatalogueRecord[]): string {
  const columns = csvColumns(kind);
  const lines = records.map((one) => columns.map((column) => csvCell(one[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined) return '';
  const names = namesIn(value);
  const text = names?.join('; ') ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
  const harmless = defused(text);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The texts of a list of texts, and the ids of a list of things that have one. */
function namesIn(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'id' in one ? one.id : one,
  );
  return names.every((name) => typeof name === 'string') ? names : undefined;
}

/** Spreadsheets run a cell that begins like a formula, and the texts are other people's. */
const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
