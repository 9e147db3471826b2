/**
 * Cuts a query into tokens (esql §2.7). Words are not sorted into keywords and names here, as most keywords are names
 * elsewhere. What stands behind FROM, ENRICH and JOIN is read as it is. What is no ES|QL but plainly meant something
 * is reported and read as what was meant, so that the parser can go on and find the next problem.
 */
import type { MessageCode } from '../../../base/messages/index.ts';
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';
import { pieces, shorten } from './text.ts';
import type { Token, TokenKind } from './token.ts';
import { FOREIGN_SYMBOLS, SYMBOLS } from './token.ts';

export type Complain = (code: MessageCode, message: string, span: Span, hint?: string) => void;

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_@][\p{L}\p{M}\p{N}_@]*/uy;
/** What follows a dot inside a name may begin with a digit. */
const PART = /[\p{L}\p{M}\p{N}_@]+/uy;
const SOURCE = /(?:(?!\/\/|\/\*)[^\s,|"'()[\]=`;])+/y;
const LINE_COMMENT = /\/\/[^\r\n]*/y;
const COMMENT_MARK = /\/\*|\*\//g;
const STOP = /["'`“”‘’\\\r\n]/g;
const RAW_END = /"""("{0,2})/g;
const STRAY = /[^\0-\x7f]+|[^]/y;
/** Quotes that ES|QL does not have, with those that close them. */
const FOREIGN_FENCES: Readonly<Record<string, string>> = {
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
/** Words at the beginning of a command behind which sources are read: a list of them, or one. */
const LISTS_SOURCES = ['from', 'ts', 'metrics'];
const NAMES_SOURCE = ['enrich', 'join'];

/** All tokens, comments too; the last is `end`. Never throws, whatever the text. */
export function lex(text: string, complain: Complain): readonly Token[] {
  return new Lexer(text, complain).run();
}

class Lexer {
  readonly #text: string;
  readonly #complain: Complain;
  readonly #tokens: Token[] = [];
  /** The last token that is no comment. */
  #last: Token = { kind: 'symbol', text: '|', start: 0, end: 0 };
  /** The words of the command so far, while it has nothing else. */
  #head: readonly string[] | undefined = [];
  #sources: 'none' | 'one' | 'list' = 'none';
  #at = 0;

  constructor(text: string, complain: Complain) {
    this.#text = text;
    this.#complain = complain;
  }

  run(): readonly Token[] {
    while (this.#at < this.#text.length) {
      if (this.#match(SPACE) === undefined && !this.#comment()) this.#token();
    }
    this.#push('end', '', this.#at);
    return this.#tokens;
  }

  #token(): void {
    const first = this.#text[this.#at] ?? '';
    if (first === '"') this.#string();
    else if (this.#sources !== 'none' && this.#take(SOURCE, 'source')) return;
    else if (this.#afterDot() && this.#take(PART, 'word')) return;
    else if (this.#take(WORD, 'word')) return;
    else if (first === '`') this.#backQuoted();
    else if (!this.#dotOfName(first) && this.#take(NUMBER, 'number')) return;
    else if (!this.#foreignString() && !this.#symbol()) this.#stray();
  }

  /** The text that matches at this place, which is then behind us. */
  #match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const matched = expression.exec(this.#text)?.[0];
    if (matched !== undefined) this.#at = expression.lastIndex;
    return matched;
  }

  #take(expression: RegExp, kind: TokenKind): boolean {
    const start = this.#at;
    const text = this.#match(expression);
    if (text !== undefined) this.#push(kind, text, start);
    return text !== undefined;
  }

  #push(kind: TokenKind, text: string, start: number): void {
    const token = { kind, text, start, end: this.#at };
    this.#tokens.push(token);
    if (kind !== 'comment') this.#advance(token);
  }

  /** Where sources stand: behind the words that announce them, on through commas, and nowhere else. */
  #advance(token: Token): void {
    this.#last = token;
    const { kind, text } = token;
    if (this.#sources === 'list')
      this.#sources = kind === 'symbol' && text !== ',' ? 'none' : this.#listGoesOn(token);
    else this.#sources = 'none';
    if (kind === 'symbol' && text === '|') this.#head = [];
    else if (this.#head !== undefined) this.#head = kind === 'word' ? this.#command(text) : undefined;
  }

  #listGoesOn({ kind, text }: Token): 'none' | 'list' {
    if (kind === 'symbol' && text === ',') return 'list';
    SPACE.lastIndex = this.#at;
    const next = SPACE.test(this.#text) ? SPACE.lastIndex : this.#at;
    return this.#text[next] === ',' ? 'list' : 'none';
  }

  #command(word: string): readonly string[] | undefined {
    const head = [...(this.#head ?? []), word.toLowerCase()];
    const [first = '', second] = head;
    if (second === undefined && LISTS_SOURCES.includes(first)) this.#sources = 'list';
    if (NAMES_SOURCE.includes(head.at(-1) ?? '') && head.length < 3) this.#sources = 'one';
    return this.#sources === 'none' && head.length < 2 ? head : undefined;
  }

  #adjacent(): boolean {
    return this.#last.end === this.#at && this.#last.end > 0;
  }

  /** Behind the dot of a name, also of one that has a wildcard before the dot. */
  #afterDot(): boolean {
    const before = this.#tokens.at(-2);
    return (
      this.#adjacent() &&
      this.#last.text === '.' &&
      this.#last.kind === 'symbol' &&
      before?.end === this.#last.start
    );
  }

  #dotOfName(first: string): boolean {
    return first === '.' && this.#adjacent() && ['word', 'quoted'].includes(this.#last.kind);
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
    if (end === null) return this.#unterminated('"""', start);
    this.#at = RAW_END.lastIndex;
    this.#push('string', this.#text.slice(start + 3, end.index) + (end[1] ?? ''), start);
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

  /** The rest of the line is its text; of a raw string, the rest of the query. */
  #unterminated(fence: string, start: number): void {
    const from = start + fence.length;
    const line = fence === '"""' ? -1 : this.#text.slice(from).search(/[\r\n]/);
    const rest = line === -1 ? this.#text.slice(from) : this.#text.slice(from, from + line);
    const hint = /\\"\s*$/.test(rest)
      ? 'a backslash before the closing quote escapes it: write "\\\\"'
      : undefined;
    const message = `the string that begins with ${fence} does not end${fence === '"""' ? '' : ' on its line'}`;
    this.#complain('ESQL102', message, span(start, from), hint);
    this.#at = from + rest.length;
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
    const hint = `write "\\${written}", or put the text between """ and """, where nothing is an escape`;
    this.#complain('ESQL103', `"${written}" is not an escape`, span(at, at + written.length), hint);
  }

  #backQuoted(): void {
    const start = this.#at;
    let name = this.#upTo('`', start + 1);
    while (name !== undefined && this.#text[this.#at] === '`') {
      const more = this.#upTo('`', this.#at + 1);
      name = more === undefined ? undefined : `${name}\`${more}`;
    }
    if (name === undefined) return this.#unterminatedName(start);
    if (name === '')
      this.#complain('ESQL101', 'there is no name between the back quotes', span(start, this.#at));
    this.#push('quoted', name, start);
  }

  #unterminatedName(start: number): void {
    this.#complain('ESQL102', 'the name that begins with ` does not end on its line', span(start, start + 1));
    this.#at = start + 1;
    this.#push('quoted', this.#match(/[\w.@-]*/y) ?? '', start);
  }

  #comment(): boolean {
    const start = this.#at;
    if (this.#take(LINE_COMMENT, 'comment')) return true;
    if (!this.#text.startsWith('/*', start)) return false;
    this.#at = this.#commentEnd(start);
    this.#push('comment', '', start);
    return true;
  }

  /** Comments nest. */
  #commentEnd(start: number): number {
    let depth = 0;
    COMMENT_MARK.lastIndex = start;
    for (let mark = COMMENT_MARK.exec(this.#text); mark !== null; mark = COMMENT_MARK.exec(this.#text)) {
      depth += mark[0] === '/*' ? 1 : -1;
      if (depth === 0) return COMMENT_MARK.lastIndex;
    }
    this.#complain('ESQL104', 'the comment does not end', span(start, start + 2));
    return this.#text.length;
  }

  #foreignString(): boolean {
    const start = this.#at;
    const fence = this.#text[start] ?? '';
    const closing = FOREIGN_FENCES[fence];
    const body = closing === undefined ? undefined : this.#upTo(closing, start + 1);
    if (body === undefined) return false;
    this.#complain('ESQL105', `${fence} does not quote`, span(start, this.#at), `write "${shorten(body)}"`);
    this.#push('string', body, start);
    return true;
  }

  #symbol(): boolean {
    const start = this.#at;
    const first = this.#text[start] ?? '';
    const foreign = FOREIGN.get(first)?.find((symbol) => this.#text.startsWith(symbol, start));
    if (foreign !== undefined && !this.#text.startsWith('!=', start)) return this.#foreignSymbol(foreign);
    const symbol = OWN.get(first)?.find((text) => this.#text.startsWith(text, start));
    if (symbol === undefined) return false;
    this.#at += symbol.length;
    this.#push('symbol', symbol, start);
    return true;
  }

  #foreignSymbol(symbol: string): boolean {
    const start = this.#at;
    this.#at += symbol.length;
    const { reads = '', hint } = FOREIGN_SYMBOLS[symbol] ?? {};
    this.#complain('ESQL105', `ES|QL has no "${symbol}"`, span(start, this.#at), hint);
    if (reads !== '') this.#push(/^\w/.test(reads) ? 'word' : 'symbol', reads, start);
    return true;
  }

  #stray(): void {
    const start = this.#at;
    const written = this.#match(STRAY) ?? '';
    const message = `${JSON.stringify(shorten(written))} cannot stand here`;
    this.#complain('ESQL105', message, span(start, this.#at), 'a text stands in double quotes');
  }
}
