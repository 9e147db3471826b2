/** Names of columns, and patterns of them (esql §2.4, §2.7). */
import type { Pattern, PatternPart } from '../../../data/pattern.ts';
import { MANY } from '../../../data/pattern.ts';
import type { Name, NamePattern } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import type { Token } from './token.ts';
import { RESERVED } from './token.ts';

/** Whether a name begins here; words that mean something else need back quotes. */
export function atName(c: Cursor): boolean {
  const token = c.peek();
  return token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.text.toLowerCase()));
}

/** `a.b`, each part in back quotes or not. */
export function name(c: Cursor, what = 'the name of a column'): Name {
  if (!atName(c)) throw c.unexpected(what, textHint(c));
  const { start } = c.peek();
  let read = c.next().text;
  while (c.at('.') && c.adjacent() && !c.at('*', 1)) {
    c.next();
    if (!isPart(c.peek()) || !c.adjacent()) throw c.unexpected('the rest of the name');
    read += `.${c.next().text}`;
  }
  if (c.at('.') && c.adjacent()) refuseWildcard(c);
  return { kind: 'name', name: read, span: c.since(start) };
}

const isPart = ({ kind }: Token): boolean => kind === 'word' || kind === 'quoted';

function textHint(c: Cursor): string | undefined {
  if (c.peek().kind === 'string') return 'a column stands without quotes, or in back quotes';
  return c.peek().kind === 'word' ? `as a name it stands in back quotes: \`${c.peek().text}\`` : undefined;
}

function refuseWildcard(c: Cursor): never {
  throw c.report.fatal(
    'ESQL113',
    'a wildcard cannot stand in the name of a column here',
    spanOf(c.peek()),
    'name the column; only KEEP and DROP take wildcards',
  );
}

/** `a.*`, `*.id`, `*`: pieces without space between them. */
export function namePattern(c: Cursor): NamePattern {
  const { start } = c.peek();
  if (!atPiece(c.peek())) throw c.unexpected('the name of a column or a pattern', textHint(c));
  const pattern: PatternPart[] = [];
  do append(pattern, c.next());
  while (atPiece(c.peek()) && c.adjacent());
  return { pattern, span: c.since(start) };
}

const atPiece = ({ kind, text }: Token): boolean =>
  kind === 'word' ||
  kind === 'quoted' ||
  kind === 'number' ||
  (kind === 'symbol' && (text === '*' || text === '.'));

function append(pattern: PatternPart[], { kind, text }: Token): void {
  const last = pattern.at(-1);
  if (kind === 'symbol' && text === '*') {
    if (last !== MANY) pattern.push(MANY);
  } else if (typeof last === 'string') pattern[pattern.length - 1] = last + text;
  else pattern.push(text);
}

/** The pattern's own name, if it has no wildcard. */
export const plainName = (pattern: Pattern): string | undefined =>
  pattern.length === 1 && typeof pattern[0] === 'string' ? pattern[0] : undefined;
