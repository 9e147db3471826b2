/**
 * Where each character of a decoded string stands in the file that it was written in. TOML knows four kinds of strings
 * (basic, literal, and both over several lines), JSON one that is spelled like TOML's basic kind.
 */
import type { Span } from '../../base/span.ts';

/** The content of a string between its delimiters, and whether backslashes escape in it. */
interface Content {
  readonly span: Span;
  readonly escapes: boolean;
}

/** What is not one code unit for one code unit: a trimmed line end, an escape, a Windows line end. */
const ESCAPED = /\\[ \t]*[\r\n][ \t\r\n]*|\\(?:x..|u.{4}|U.{8}|.)|\r\n/g;
const LITERAL = /\r\n/g;

/**
 * For a string literal at `span` of `file`, delimiters included: the file offset of each code unit of its decoded
 * value, and last that of the closing delimiter, so that the end of the value has a place too.
 */
export function stringOffsets(file: string, span: Span): readonly number[] {
  const { span: content, escapes } = contentOf(file, span);
  const raw = file.slice(content.start, content.end);
  const offsets: number[] = [];
  let at = content.start;
  for (const { 0: piece, index } of raw.matchAll(escapes ? ESCAPED : LITERAL)) {
    const start = content.start + index;
    for (; at < start; at++) offsets.push(at);
    for (let n = unitsOf(piece); n > 0; n--) offsets.push(start);
    at = start + piece.length;
  }
  for (; at <= content.end; at++) offsets.push(at);
  return offsets;
}

function contentOf(file: string, { start, end }: Span): Content {
  const quote = file.charAt(start);
  const escapes = quote === '"';
  const long = end - start >= 6 && file.startsWith(quote.repeat(3), start);
  if (!long) return { span: { start: start + 1, end: end - 1 }, escapes };
  const trimmed = /^(?:\r\n|[\r\n])?/.exec(file.slice(start + 3, start + 5))?.[0].length ?? 0;
  return { span: { start: start + 3 + trimmed, end: end - 3 }, escapes };
}

/** How many UTF-16 code units a piece of writing stands for. */
function unitsOf(piece: string): number {
  if (piece === '\r\n') return 1;
  if (/^\\[ \t\r\n]/.test(piece)) return 0;
  return piece.startsWith('\\U') && parseInt(piece.slice(2), 16) > 0xffff ? 2 : 1;
}
