/** Records as JSON, as lines of JSON and as CSV. */
import { z } from 'zod';
import type { CatalogueRecord, RecordKind } from './records.ts';
import { recordSchemas } from './records.ts';

/** One record a line, so that two builds can be compared line by line. */
export const asJson = (records: readonly CatalogueRecord[]): string =>
  records.length === 0 ? '[]\n' : `[\n${records.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;

export const asNdjson = (records: readonly CatalogueRecord[]): string =>
  records.map((one) => `${JSON.stringify(one)}\n`).join('');

/** RFC 4180. Lists of texts have `; ` between them, whatever has parts of its own is JSON. */
export function asCsv(kind: RecordKind, records: readonly CatalogueRecord[]): string {
  const columns = Object.keys((recordSchemas[kind] as z.ZodObject).shape);
  const lines = records.map((one) => columns.map((column) => csvCell(one[column])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined) return '';
  const isTexts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  const text = isTexts ? value.join('; ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const harmless = defused(text);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Spreadsheets run a cell that begins like a formula, and the texts are other people's. */
const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
