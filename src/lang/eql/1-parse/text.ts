/** What a string literal says: escapes, raw strings, and where a decoded character stands in the query (eql §1). */
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

const PIECE = /\\u\{([0-9a-fA-F]{2,8})\}|\\u\{[^}"\\]*\}?|\\.|[^\\]+|\\/gsy;

export interface Piece {
  /** What the piece stands for; absent when it is no escape that there is. */
  readonly decoded?: string;
  readonly written: string;
  /** Counted from the beginning of the body. */
  readonly at: number;
}

/** The body of a string in double quotes, cut at its escapes. */
export function* pieces(body: string): Generator<Piece> {
  for (const { 0: written, 1: hex, index: at } of body.matchAll(PIECE)) {
    const decoded = written.startsWith('\\') ? escape(written, hex) : written;
    yield decoded === undefined ? { written, at } : { decoded, written, at };
  }
}

function escape(written: string, hex: string | undefined): string | undefined {
  if (hex === undefined) return written.length === 2 ? ESCAPES[written.slice(1)] : undefined;
  const code = Number.parseInt(hex, 16);
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  return code > 0x10ffff || surrogate ? undefined : String.fromCodePoint(code);
}

/** Where a part of a literal's decoded text stands in the query. */
export function spanInside(query: string, literal: Span, inner: Span): Span {
  if (query.startsWith('"""', literal.start))
    return span(literal.start + 3 + inner.start, literal.start + 3 + inner.end);
  const body = query.slice(literal.start + 1, literal.end - 1);
  const offset = (wanted: number, after: boolean): number =>
    literal.start + 1 + writtenOffset(body, wanted, after);
  return span(offset(inner.start, false), Math.max(offset(inner.start, false), offset(inner.end, true)));
}

/** `after`: an offset that ends something, so an escape that it falls into or stands behind is included. */
function writtenOffset(body: string, wanted: number, after: boolean): number {
  let passed = 0;
  for (const { decoded = '', written, at } of pieces(body)) {
    const within = wanted - passed;
    if (within < decoded.length || (after && within === decoded.length)) {
      return decoded === written ? at + within : within === 0 ? at : at + (after ? written.length : 0);
    }
    passed += decoded.length;
  }
  return body.length;
}

/** As a literal in double quotes. Invisible and control characters are written as escapes. */
export function quote(text: string): string {
  return `"${text.replace(/["\\\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped)}"`;
}

const SHORT = new Map(Object.entries(ESCAPES).map(([letter, meant]) => [meant, `\\${letter}`]));

function escaped(character: string): string {
  return SHORT.get(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`;
}

/** For quoting in a message. */
export const shorten = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text);
