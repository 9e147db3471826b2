/**
 * Where something stands in a text: half-open, in UTF-16 code units, counted from the beginning of that
 * text (a query counts from the query's first character, not from the file's).
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** The smallest span that holds all the given ones. */
export const cover = (first: Span, ...rest: readonly Span[]): Span => ({
  start: Math.min(first.start, ...rest.map((s) => s.start)),
  end: Math.max(first.end, ...rest.map((s) => s.end)),
});
