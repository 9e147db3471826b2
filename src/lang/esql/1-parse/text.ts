/** What a string literal of ES|QL says, and how one is written (esql §2.7). */

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
]);

const PIECE = /\\.|[^\\]+|\\/gsy;

export interface Piece {
  /** What the piece stands for; absent when it is no escape that there is. */
  readonly decoded?: string;
  readonly written: string;
  /** Counted from the beginning of the body. */
  readonly at: number;
}

/** The body of a string in double quotes, cut at its escapes. */
export function* pieces(body: string): Generator<Piece> {
  for (const { 0: written, index: at } of body.matchAll(PIECE)) {
    const decoded = written.startsWith('\\') ? ESCAPES.get(written.slice(1)) : written;
    yield decoded === undefined ? { written, at } : { decoded, written, at };
  }
}

/** Where an offset of a literal's decoded text stands in the query that holds the literal. */
export function offsetInside(query: string, literalStart: number, inner: number): number {
  if (query.startsWith('"""', literalStart)) return literalStart + 3 + inner;
  let passed = 0;
  for (const { decoded, written, at } of pieces(query.slice(literalStart + 1))) {
    const length = (decoded ?? written).length;
    if (inner < passed + length) return literalStart + 1 + at + (decoded === written ? inner - passed : 0);
    passed += length;
  }
  return query.length;
}

const SHORT = new Map([...ESCAPES].map(([letter, meant]) => [meant, `\\${letter}`]));

/** As a literal: in double quotes, with escapes where they are needed. */
export const quote = (text: string): string => `"${text.replace(/[\t\n\r"\\]/g, (c) => SHORT.get(c) ?? c)}"`;

/** As a column name: part by part, in back quotes where needed. */
export function printName(name: string, plain: (part: string) => boolean): string {
  const parts = name.split('.');
  if (parts.includes('')) return backQuoted(name);
  return parts.map((part) => (plain(part) ? part : backQuoted(part))).join('.');
}

export const backQuoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const LONGEST = 60;

/** For messages. */
export const shorten = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…`;
