export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'symbol'
  /** The name of an index, a table or a policy, as it stands. */
  | 'source'
  | 'comment'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Of strings and quoted names what they stand for; else as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Longest first. */
export const SYMBOLS: readonly string[] = ['::', '==', '!=', '<=', '>='].concat(
  Array.from('<>=+-*/%:,.()[]{}|?'),
);

/** Symbols of other languages, longest first, with the one that is read instead and what to write. */
export const FOREIGN_SYMBOLS: Readonly<Record<string, { readonly reads: string; readonly hint: string }>> = {
  '=~': { reads: '==', hint: 'write "==", with TO_LOWER on the field to ignore case' },
  '!~': { reads: '!=', hint: 'write NOT field RLIKE "…"' },
  '<>': { reads: '!=', hint: 'write "!="' },
  '&&': { reads: 'and', hint: 'write AND' },
  '||': { reads: 'or', hint: 'write OR; texts are joined by CONCAT' },
  '!': { reads: 'not', hint: 'write NOT' },
  ';': { reads: '', hint: 'leave it out' },
};

/** Words that are no column names unless they stand in back quotes. */
export const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'like',
  'rlike',
  'null',
  'true',
  'false',
]);

/** Words that mean something behind an expression, so that they cannot be the unit of a number before them. */
export const FOLLOWERS: ReadonlySet<string> = new Set([
  ...RESERVED,
  'as',
  'asc',
  'by',
  'desc',
  'nulls',
  'on',
  'where',
  'with',
]);
