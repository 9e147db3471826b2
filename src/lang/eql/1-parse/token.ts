/** What the lexer cuts a query into (eql §1). */
export type TokenKind =
  | 'identifier'
  /** A function's name with the tilde: `startsWith~`. */
  | 'tilde'
  /** A name in back quotes. */
  | 'quoted'
  | 'string'
  | 'number'
  | 'keyword'
  | 'symbol'
  | 'comment'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /**
   * Keywords and symbols: their spelling. Names: the name without back quotes and tilde. Strings: the decoded text.
   * Numbers and comments: as written.
   */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Lower case only. A name that is one of these stands in back quotes. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'any',
  'by',
  'false',
  'in',
  'in~',
  'join',
  'like',
  'like~',
  'maxspan',
  'not',
  'null',
  'of',
  'or',
  'regex',
  'regex~',
  'sample',
  'sequence',
  'true',
  'until',
  'where',
  'with',
]);

/** Longest first, so that the first that fits is the right one. */
export const SYMBOLS: readonly string[] = ['![', '==', '!=', '<=', '>=', ...'=<>:+-*/%.,()[]|?'];

/** Spellings of other languages, and the one that is meant. Looked up before `SYMBOLS`. */
export const FOREIGN_SYMBOLS: Readonly<Record<string, string>> = {
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '=~': ':',
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '&&': 'and',
  '||': 'or',
};
