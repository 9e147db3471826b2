/** JSON text to values. Numbers that a double would change keep their text; nothing here throws. */
import type { JsonValue } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';

export type Parsed =
  { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly why: string };

/**
 * Behind a number that a double would perhaps change (a fraction, an exponent, a negative zero, sixteen digits) comes
 * a comma or a bracket. Those are rarer than digits, so looking back from them costs little. Hits inside strings do no
 * harm.
 */
const PERHAPS_INEXACT = /[,}\]](?<=(?:\d[.eE][-+]?\d+|\d{16}|-0)\s*[,}\]])/;

export function parseJson(text: string): Parsed {
  try {
    const value = JSON.parse(text) as JsonValue;
    return { ok: true, value: PERHAPS_INEXACT.test(text) ? exact(text, value) : value };
  } catch (error) {
    return { ok: false, why: reasonOf(error as Error) };
  }
}

/** Reviving recurses; text that is nested too deep for that is refused later, whatever its numbers. */
function exact(text: string, fallback: JsonValue): JsonValue {
  try {
    return (JSON.parse as ParseWithSource)(text, keepingText);
  } catch {
    return fallback;
  }
}

type ParseWithSource = (
  text: string,
  reviver: (key: string, value: JsonValue, context: { readonly source?: string }) => JsonValue,
) => JsonValue;

function keepingText(_key: string, value: JsonValue, context: { readonly source?: string }): JsonValue {
  if (typeof value !== 'number' || context.source === undefined || String(value) === context.source)
    return value;
  return new Numeral(context.source);
}

/** The engine's reason without its quotation of the text, which may hold secrets. */
const reasonOf = (error: Error): string =>
  error.message
    .replace(/,? ?(?:\.{3})?".*" is not valid JSON$/s, '')
    .replace(/ \(line \d+ column \d+\)$/, '');
