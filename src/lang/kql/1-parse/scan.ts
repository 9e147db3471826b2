/**
 * The characters of KQL: white space, keywords, quoted strings and bare literals (kql §2.1–2.3). Every function looks
 * at one offset of the text and says where the thing that stands there ends.
 */
import type { Value } from './ast.ts';
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';

/** Only these five are white space: an ideographic space is an ordinary character. */
const WHITE = ' \t\r\n\u00a0';
const SPECIAL = '\\():<>"*{}';

const CONTROL: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

/** Characters of bare text with nothing to look at: a run of them is taken at once. `n` may begin a `not`. */
const PLAIN = /[^\\():<>"*{} \t\r\n\u00a0nN]+/y;

const isWhite = (character: string | undefined): boolean =>
  character !== undefined && WHITE.includes(character);

/** The first offset at or after `at` that is not white space. */
export function skipWhite(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWhite(text[end])) end++;
  return end;
}

/** Offset after the word and its white space, when the word stands at `at` and white space follows it. */
function wordEnd(text: string, at: number, word: string): number | undefined {
  const end = at + word.length;
  if (text.slice(at, end).toLowerCase() !== word || !isWhite(text[end])) return undefined;
  return skipWhite(text, end);
}

/** `not` and white space; no white space is needed before it. */
export const notEnd = (text: string, at: number): number | undefined => wordEnd(text, at, 'not');

/** White space, `and` or `or`, white space. */
export function conjunctionEnd(text: string, at: number, word: 'and' | 'or'): number | undefined {
  return isWhite(text[at]) ? wordEnd(text, skipWhite(text, at), word) : undefined;
}

export interface Scanned {
  readonly value: Value;
  readonly end: number;
}

/** The value at `at`, quoted or bare, or nothing. */
export function scanValue(text: string, at: number): Scanned | undefined {
  return text[at] === '"' ? scanQuoted(text, at) : scanBare(text, at);
}

function scanQuoted(text: string, at: number): Scanned | undefined {
  const closing = text.indexOf('"', at + 1);
  const plain = text.slice(at + 1, closing);
  if (closing !== -1 && !plain.includes('\\'))
    return { value: { kind: 'quoted', text: plain, span: span(at, closing + 1) }, end: closing + 1 };
  let content = '';
  let next = at + 1;
  while (next < text.length && text[next] !== '"') {
    const escape = quotedEscape(text, next);
    content += escape?.text ?? text[next];
    next = escape?.end ?? next + 1;
  }
  if (next >= text.length) return undefined;
  return { value: { kind: 'quoted', text: content, span: span(at, next + 1) }, end: next + 1 };
}

interface Escape {
  readonly text: string;
  readonly end: number;
}

/** In quotes only `\t \r \n \uXXXX \\ \"` are escapes; any other backslash stays (kql §2.3). */
function quotedEscape(text: string, at: number): Escape | undefined {
  if (text[at] !== '\\') return undefined;
  const letter = text[at + 1];
  if (letter === '\\' || letter === '"') return { text: letter, end: at + 2 };
  return controlEscape(text, at) ?? unicodeEscape(text, at);
}

function controlEscape(text: string, at: number): Escape | undefined {
  const control = CONTROL[text[at + 1] ?? ''];
  return control === undefined ? undefined : { text: control, end: at + 2 };
}

function unicodeEscape(text: string, at: number): Escape | undefined {
  const digits = /^u([0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6))?.[1];
  return digits === undefined
    ? undefined
    : { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
}

/** In bare text, in this order: a control character, one of the ten specials, a UTF-16 unit, a keyword (kql §2.2). */
function bareEscape(text: string, at: number): Escape | undefined {
  const letter = text[at + 1];
  if (letter === undefined) return undefined;
  const simple = controlEscape(text, at);
  if (simple !== undefined) return simple;
  if (SPECIAL.includes(letter)) return { text: letter, end: at + 2 };
  return unicodeEscape(text, at) ?? keywordEscape(text, at);
}

function keywordEscape(text: string, at: number): Escape | undefined {
  const word = /^(?:or|and|not)/i.exec(text.slice(at + 1, at + 4))?.[0];
  return word === undefined ? undefined : { text: word, end: at + 1 + word.length };
}

/** A literal gathers pieces between stars; the value is made once its end is known. */
interface Gathered {
  readonly pieces: string[];
  end: number;
}

function scanBare(text: string, at: number): Scanned | undefined {
  const gathered: Gathered = { pieces: [''], end: at };
  while (takeBare(text, gathered));
  if (gathered.end === at) return undefined;
  return { value: bareValue(gathered.pieces, trimmed(text, at, gathered.end)), end: gathered.end };
}

/** Takes one character, escape, star or run of white space; false where the literal ends. */
function takeBare(text: string, into: Gathered): boolean {
  const character = text[into.end];
  if (character === undefined) return false;
  if (character === '*') return (into.pieces.push(''), (into.end += 1), true);
  if (character === '\\') return take(into, bareEscape(text, into.end));
  if (SPECIAL.includes(character)) return false;
  PLAIN.lastIndex = into.end;
  const run = PLAIN.exec(text)?.[0];
  if (run !== undefined) return take(into, { text: run, end: into.end + run.length });
  return take(into, isWhite(character) ? whiteRun(text, into.end) : letter(text, into.end));
}

function take(into: Gathered, taken: Escape | undefined): boolean {
  if (taken === undefined) return false;
  into.pieces.push((into.pieces.pop() ?? '') + taken.text);
  into.end = taken.end;
  return true;
}

const letter = (text: string, at: number): Escape | undefined =>
  notEnd(text, at) === undefined ? { text: text[at] ?? '', end: at + 1 } : undefined;

/** A whole run at once: where a keyword follows, it follows for each character of the run. */
function whiteRun(text: string, at: number): Escape | undefined {
  const keyword = conjunctionEnd(text, at, 'or') ?? conjunctionEnd(text, at, 'and');
  if (keyword !== undefined) return undefined;
  const end = skipWhite(text, at);
  return { text: text.slice(at, end), end };
}

function bareValue(pieces: readonly string[], where: Span): Value {
  const [first = ''] = pieces;
  if (pieces.length === 1) return { kind: 'literal', value: constant(first.trim()), span: where };
  const last = pieces.length - 1;
  const trimmedPieces = pieces.map((piece, index) =>
    index === 0 ? piece.trimStart() : index === last ? piece.trimEnd() : piece,
  );
  return { kind: 'wildcard', pieces: trimmedPieces, span: where };
}

/** Exactly these three words, in lower case, are not text; numbers are (kql §2.2). */
function constant(text: string): string | boolean | null {
  if (text === 'null') return null;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** The span of a literal does not cover the white space around it, which belongs to it while scanning. */
function trimmed(text: string, start: number, end: number): Span {
  const kept = text.slice(start, end).trimEnd().length;
  return span(start, start + Math.max(1, kept));
}
