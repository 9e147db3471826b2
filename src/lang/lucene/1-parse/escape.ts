/** Backslashes in Lucene's terms: `\x` is x, `\uXXXX` is a UTF-16 unit. */
import type { Pattern, PatternPart } from '../../../data/pattern.ts';
import { MANY, ONE } from '../../../data/pattern.ts';

const PIECE = /\\u([0-9a-fA-F]{4})|\\([\s\S])|([\s\S])/g;

/** The text that is meant. */
export const unescapeTerm = (written: string): string =>
  written.replace(PIECE, (_, code?: string, escaped?: string, plain?: string) =>
    code === undefined ? (escaped ?? plain ?? '') : unit(code),
  );

/** The pattern that is meant: `*` and `?` without a backslash are marks. */
export function patternOfTerm(written: string): Pattern {
  const parts: PatternPart[] = [];
  for (const [, code, escaped, plain] of written.matchAll(PIECE)) {
    const literal = code === undefined ? escaped : unit(code);
    if (literal === undefined && plain === '*') parts.push(MANY);
    else if (literal === undefined && plain === '?') parts.push(ONE);
    else append(parts, literal ?? plain ?? '');
  }
  return parts;
}

/** Offset of a `\u` without its four digits, which Lucene refuses. */
export function brokenEscape(written: string): number | undefined {
  for (const { 0: piece, index } of written.matchAll(/\\[\s\S]/g))
    if (piece === '\\u' && !/^[0-9a-fA-F]{4}/.test(written.slice(index + 2))) return index;
  return undefined;
}

const unit = (code: string): string => String.fromCharCode(Number.parseInt(code, 16));

function append(parts: PatternPart[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}
