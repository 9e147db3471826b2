/**
 * A wildcard pattern as data: literal pieces with marks between them, so that a literal `*` can never be taken for a
 * wildcard. `many` is any run of characters, also none, line ends included; `one` is exactly one character.
 */
export type PatternPart = string | { readonly any: 'many' | 'one' };
export type Pattern = readonly PatternPart[];

export const MANY: PatternPart = { any: 'many' };
export const ONE: PatternPart = { any: 'one' };

/** Reads `*` and `?` as marks and everything else as it stands: there is no escape (eql §1). */
export function globPattern(text: string): Pattern {
  return text
    .split(/([*?])/)
    .flatMap((piece) => (piece === '*' ? [MANY] : piece === '?' ? [ONE] : piece === '' ? [] : [piece]));
}

/** The one string that it matches, if it has no marks. */
export function literalOf(pattern: Pattern): string | undefined {
  return pattern.every((part) => typeof part === 'string') ? pattern.join('') : undefined;
}

/** With `*` and `?` for the marks and a backslash before literal ones: for messages. */
export function patternText(pattern: Pattern): string {
  return pattern
    .map((part) =>
      typeof part === 'string' ? part.replace(/[*?\\]/g, '\\$&') : part.any === 'many' ? '*' : '?',
    )
    .join('');
}
