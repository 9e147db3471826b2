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
export function tomlValues(text: string): JsonObject | undefined {
  try {
    // Line ends in texts are read as line feeds, wherever the file was written.
    const lines = text.replaceAll('\r\n', '\n');
    return lines.includes('\r') ? undefined : plainTable(parse(lines));
  } catch {
    return undefined;
  }
}

class NotPlain extends Error {}

/** An ordinary object; the parser's own has no prototype. */
function plainTable(table: object): JsonObject {
  const plain: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(table)) {
    if (key === '__proto__') throw new NotPlain();
    plain[key] = plainValue(value);
  }
  return plain;
}

function plainValue(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null || value instanceof TomlDate) throw new NotPlain();
  return plainTable(value);
}
