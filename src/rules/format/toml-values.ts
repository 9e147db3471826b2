/**
 * The values of a TOML text without their places, several times as fast as with them. Thousands of rules are read for
 * each that has something to be pointed at.
 */
import { TomlDate, parse } from 'smol-toml';
import type { JsonObject, JsonValue } from '../../data/document.ts';

/**
 * The same values that `parseToml` reads with places; undefined for what only that reader settles: a text with a
 * mistake or a bare carriage return, integers beyond 2^53, dates, numbers that are not finite, and the key `__proto__`.
 */
export function tomlValues(text: string, own: Own = asItIs): JsonObject | undefined {
  try {
    // Line ends in texts are read as line feeds, wherever the file was written.
    const lines = text.replaceAll('\r\n', '\n');
    return lines.includes('\r') ? undefined : plainTable(parse(lines), own);
  } catch {
    return undefined;
  }
}

/** Gives the same text, of which the values are to be made. */
type Own = (text: string) => string;
const asItIs: Own = (text) => text;

class NotPlain extends Error {}

/** An ordinary object; the parser's own has no prototype. */
function plainTable(table: object, own: Own): JsonObject {
  const plain: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(table)) {
    if (key === '__proto__') throw new NotPlain();
    plain[key] = plainValue(value, own);
  }
  return plain;
}

function plainValue(value: unknown, own: Own): JsonValue {
  if (typeof value === 'string') return own(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((one) => plainValue(one, own));
  if (typeof value !== 'object' || value === null || value instanceof TomlDate) throw new NotPlain();
  return plainTable(value, own);
}
