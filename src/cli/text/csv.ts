/** CSV (RFC 4180, lines ending in LF) that a spreadsheet shows as text, whatever the text is. */
import { safe } from './safe.ts';

/** A spreadsheet runs what begins so: such a text gets an apostrophe in front, which spreadsheets do not show. */
const FORMULA = /^[=+\-@]/;
/** The name of a column that every reader of events knows. */
const HARMLESS = '@timestamp';

type CsvValue = string | number | bigint | boolean;

function field(value: CsvValue): string {
  if (typeof value !== 'string') return String(value);
  const shown = safe(value);
  const inert = FORMULA.test(shown.trimStart()) && shown !== HARMLESS ? `'${shown}` : shown;
  return /[",]/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert;
}

export const csvLine = (values: readonly CsvValue[]): string => `${values.map(field).join(',')}\n`;
