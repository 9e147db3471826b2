/**
 * Cuts a query into tokens (eql §1). What is no EQL but plainly meant something (`'text'`, `&&`, curly quotes) is
 * reported and read as what was meant, so that the parser can go on and find the next problem.
 */
import type { MessageCode } from '../../../base/messages/index.ts';
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';
import { pieces, shorten } from './text.ts';
import type { Token, TokenKind } from './token.ts';
import { FOREIGN_SYMBOLS, KEYWORDS, SYMBOLS } from './token.ts';

export type Complain = (code: MessageCode, message: string, span: Span, hint?: string) => void;

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_@][A-Za-z0-9_]*/y;
/** A word with letters or digits that EQL does not have in names. */
const FOREIGN_WORD = /[A-Za-z0-9_@]*[^\0-\x7f][\p{L}\p{M}\p{N}_]*/uy;
const REST_OF_LINE = /[^\r\n]*/y;
const STRAY = /[^\0-\x7f]+|[^]/y;
const COMMENT_MARK = /\/\*|\*\//g;
/** The fence that closes a raw string, or the end of the line. */
const RAW_END = /"""("{0,2})|[\r\n]/g;
/** Where the scan for a string's end must look: quotes, escapes, the end of the line. */
const STOP = /["'`“”‘’\\\r\n]/g;
/** Quotes that EQL does not have, with those that close them. */
const FOREIGN_FENCES: Readonly<Record<string, string>> = {
  '?"': '"',
  "?'": "'",
  "'": "'",
  '“': '“”',
  '”': '“”',
  '‘': '‘’',
  '’': '‘’',
};
/** By their first character, in their order. */
const byFirst = (symbols: readonly string[]): ReadonlyMap<string, readonly string[]> =>
  Map.groupBy(symbols, ([first = '']) => first);
const FOREIGN = byFirst(Object.keys(FOREIGN_SYMBOLS));
const OWN = byFirst(SYMBOLS);
const FENCES_BEGIN = new Set(Object.keys(FOREIGN_FENCES).map(([first = '']) => first));

/** All tokens, comments too; the last is `end`. Never throws, whatever the text. */
export function lex(text: string, complain: Complain): readonly Token[] {
  return new Lexer(text, complain).run();
}

class Lexer {
  readonly #text: string;
  readonly #complain: Complain;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string, complain: Complain) {
    this.#text = text;
    this.#complain = complain;
  }

  run(): readonly Token[] {
    while (this.#at < this.#text.length) {
      if (this.#match(SPACE) === undefined) this.#token();
    }
    this.#push('end', '', this.#at);
    return this.#tokens;
  }

  #token(): void {
    const first = this.#text[this.#at] ?? '';
    if (/[A-Za-z_@]/.test(first)) this.#word();
    else if (/\p{L}/u.test(first)) this.#foreignWord();
    else if (first === '"') this.#string();
    else if (first === '`') this.#backQuoted();
    else if (/[0-9.]/.test(first) && this.#number()) return;
    else if (first === '/' && this.#comment()) return;
    else if (FENCES_BEGIN.has(first) && this.#foreignString()) return;
    else if (!this.#symbol(first)) this.#stray();
  }

  /** The text that matches at this place, which is then behind us. */
  #match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const matched = expression.exec(this.#text)?.[0];
    if (matched !== undefined) this.#at = expression.lastIndex;
    return matched;
  }

  #push(kind: TokenKind, text: string, start: number): void {
    this.#tokens.push({ kind, text, start, end: this.#at });
  }

  #word(): void {
    const start = this.#at;
    const word = this.#match(WORD) ?? '';
    if (/\p{L}/u.test(this.#text[this.#at] ?? '')) {
      this.#at = start;
      return this.#foreignWord();
    }
    const tilde = this.#text[this.#at] === '~' && !/^[_@]/.test(word);
    if (tilde) this.#at++;
    const spelling = tilde ? `${word}~` : word;
    if (KEYWORDS.has(spelling)) this.#push('keyword', spelling, start);
    else this.#push(tilde ? 'tilde' : 'identifier', word, start);
  }

  #foreignWord(): void {
    const start = this.#at;
    const word = this.#match(FOREIGN_WORD) ?? '';
    const message = `"${shorten(word)}" has letters that a plain name cannot have`;
    const hint = `as the name of a field it stands in back quotes, as a text in double quotes: "${shorten(word)}"`;
    this.#complain('EQL125', message, span(start, this.#at), hint);
    this.#push('quoted', word, start);
  }

  #number(): boolean {
    const start = this.#at;
    const digits = this.#match(NUMBER);
    if (digits !== undefined) this.#push('number', digits, start);
    return digits !== undefined;
  }

  #string(): void {
    const start = this.#at;
    if (this.#text.startsWith('"""', start)) return this.#rawString();
    const body = this.#upTo('"', start + 1, '\\');
    if (body === undefined) this.#unterminated('"', start);
    else this.#push('string', this.#decode(body, start + 1), start);
  }

  /** The fence closes at its first occurrence; up to two more quotes behind it belong to the text. */
  #rawString(): void {
    const start = this.#at;
    RAW_END.lastIndex = start + 3;
    const end = RAW_END.exec(this.#text);
    const more = end?.[1];
    if (more === undefined) return this.#unterminated('"""', start);
    this.#at = RAW_END.lastIndex;
    this.#push('string', this.#text.slice(start + 3, end?.index) + more, start);
  }

  /** The rest of the line from an offset; does not move. */
  #rest(from: number): string {
    REST_OF_LINE.lastIndex = from;
    return REST_OF_LINE.exec(this.#text)?.[0] ?? '';
  }

  /** The text up to the first of the closing characters on this line, which is then behind us. */
  #upTo(closing: string, from: number, escape?: string): string | undefined {
    STOP.lastIndex = from;
    for (let stop = STOP.exec(this.#text); stop !== null; stop = STOP.exec(this.#text)) {
      if (/[\r\n]/.test(stop[0])) return undefined;
      if (stop[0] === escape) STOP.lastIndex += /[^\r\n]/.test(this.#text[STOP.lastIndex] ?? '') ? 1 : 0;
      else if (closing.includes(stop[0])) {
        this.#at = STOP.lastIndex;
        return this.#text.slice(from, stop.index);
      }
    }
    return undefined;
  }

  #unterminated(fence: string, start: number): void {
    const rest = this.#rest(start + fence.length);
    const hint = /\\["']\s*$/.test(rest)
      ? `a backslash before the closing quote escapes it: write "\\\\"`
      : undefined;
    const where = span(start, start + fence.length);
    this.#complain('EQL102', `the string that begins with ${fence} does not end on its line`, where, hint);
    this.#at = start + fence.length + rest.length;
    this.#push('string', rest, start);
  }

  #decode(body: string, at: number): string {
    if (!body.includes('\\')) return body;
    let decoded = '';
    for (const piece of pieces(body)) {
      if (piece.decoded === undefined) this.#badEscape(piece.written, at + piece.at);
      decoded += piece.decoded ?? piece.written;
    }
    return decoded;
  }

  #badEscape(written: string, at: number): void {
    const hint = written.startsWith('\\u')
      ? 'a character by its number is written "\\u{20ac}", with two to eight hexadecimal digits'
      : `write "\\${written}", or put the text between """ and """, where nothing is an escape`;
    this.#complain('EQL103', `"${shorten(written)}" is not an escape`, span(at, at + written.length), hint);
  }

  #backQuoted(): void {
    const start = this.#at;
    let name = this.#upTo('`', start + 1);
    while (name !== undefined && this.#text[this.#at] === '`') {
      const more = this.#upTo('`', this.#at + 1);
      name = more === undefined ? undefined : `${name}\`${more}`;
    }
    if (name === undefined) name = this.#unterminatedName(start);
    else if (name === '')
      this.#complain('EQL104', 'there is no name between the back quotes', span(start, this.#at));
    this.#push('quoted', name, start);
  }

  #unterminatedName(start: number): string {
    this.#complain('EQL104', 'the name that begins with ` does not end on its line', span(start, start + 1));
    const rest = this.#rest(start + 1);
    this.#at = start + 1 + rest.length;
    return rest;
  }

  #comment(): boolean {
    const start = this.#at;
    if (this.#text.startsWith('//', start)) this.#match(REST_OF_LINE);
    else if (this.#text.startsWith('/*', start)) this.#blockComment();
    else return false;
    this.#push('comment', this.#text.slice(start, this.#at), start);
    return true;
  }

  #blockComment(): void {
    const start = this.#at;
    let depth = 0;
    COMMENT_MARK.lastIndex = start;
    for (let mark = COMMENT_MARK.exec(this.#text); mark !== null; mark = COMMENT_MARK.exec(this.#text)) {
      depth += mark[0] === '/*' ? 1 : -1;
      this.#at = COMMENT_MARK.lastIndex;
      if (depth === 0) return;
    }
    this.#at = this.#text.length;
    this.#complain(
      'EQL105',
      'the comment that begins here does not end',
      span(start, start + 2),
      'close it with */',
    );
  }

  /** Quotes of other languages, of an older EQL, and of word processors. */
  #foreignString(): boolean {
    const start = this.#at;
    const two = this.#text.slice(start, start + 2);
    const fence = two in FOREIGN_FENCES ? two : two.slice(0, 1);
    const closing = FOREIGN_FENCES[fence];
    if (closing === undefined) return false;
    const body = this.#upTo(closing, start + fence.length, '\\');
    if (body === undefined) this.#unterminated(fence, start);
    else this.#foreignQuotes(fence, body, start);
    return true;
  }

  #foreignQuotes(fence: string, body: string, start: number): void {
    const where = span(start, this.#at);
    const text = shorten(body);
    if (fence.startsWith('?')) {
      this.#complain(
        'EQL107',
        `${fence}…${fence[1]} is the raw string of an older EQL`,
        where,
        `write """${text}"""`,
      );
    } else {
      this.#complain(
        'EQL106',
        `a string stands in double quotes, not in ${fence}…${this.#text[this.#at - 1]}`,
        where,
        `write "${text}"`,
      );
    }
    this.#push('string', body, start);
  }

  #symbol(first: string): boolean {
    const start = this.#at;
    const fits = (symbol: string): boolean => this.#text.startsWith(symbol, start);
    const foreign = FOREIGN.get(first)?.find(fits);
    if (foreign !== undefined) return this.#foreignSymbol(foreign, FOREIGN_SYMBOLS[foreign] ?? '');
    const symbol = OWN.get(first)?.find(fits);
    if (symbol === undefined) return first === '!' && this.#foreignSymbol('!', 'not');
    this.#at += symbol.length;
    this.#push('symbol', symbol, start);
    return true;
  }

  #foreignSymbol(written: string, meant: string): true {
    const start = this.#at;
    this.#at += written.length;
    this.#complain(
      'EQL110',
      `"${written}" is not an operator of EQL`,
      span(start, this.#at),
      `write "${meant}"`,
    );
    this.#push(KEYWORDS.has(meant) ? 'keyword' : 'symbol', meant, start);
    return true;
  }

  /** One message for a run of characters that mean nothing. */
  #stray(): void {
    const start = this.#at;
    const run = this.#match(STRAY) ?? '';
    this.#complain('EQL109', `${visible(run)} means nothing here`, span(start, this.#at));
  }
}

function visible(run: string): string {
  const [first = ''] = run;
  const code = `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{C}\p{Z}]/u.test(first) ? `the character ${code}` : `"${shorten(run)}"`;
}
