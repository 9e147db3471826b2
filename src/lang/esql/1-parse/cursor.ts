/** A place in the list of tokens, with what the grammar asks of it: look, take, complain, and go on after an error. */
import { DiagnosticError } from '../../../base/diagnostic.ts';
import type { Source } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';
import { DEEPEST_NESTING } from '../../kit/nesting.ts';
import { Report } from '../../kit/report.ts';
import { TokenCursor } from '../../kit/token-cursor.ts';
import { lex } from './lex.ts';
import { quote, shorten } from './text.ts';
import { missingPipe } from './known.ts';
import type { Token } from './token.ts';

/** Where reading goes on after an error, if no bracket is open that was not open before. */
const RESUME = ['and', 'or', 'by', ',', ')', ']'];

export class Cursor extends TokenCursor<Token> {
  readonly report: Report;
  readonly text: string;
  #nesting = 0;
  #chained = 0;
  #complained = -1;

  constructor(source: Source) {
    const report = new Report(source);
    super(lex(source.text, report.say.bind(report)));
    this.report = report;
    this.text = source.text;
  }

  protected override bracket(symbol: string): number {
    if ('([{'.includes(symbol)) return 1;
    return ')]}'.includes(symbol) ? -1 : 0;
  }

  /** Whether a symbol stands there, or a word in any case. */
  override at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token.kind === 'symbol') return token.text === text;
    return token.kind === 'word' && token.text.toLowerCase() === text;
  }

  /** Whether the token stands directly behind the one before it. */
  adjacent(ahead = 0): boolean {
    return (ahead === 0 ? this.last : this.peek(ahead - 1)).end === this.peek(ahead).start;
  }

  override accept(text: string): Token | undefined {
    return this.at(text) ? this.next() : undefined;
  }

  expect(text: string, hint?: string): Token {
    const token = this.accept(text);
    if (token === undefined) throw this.unexpected(/^\w/.test(text) ? text.toUpperCase() : `"${text}"`, hint);
    return token;
  }

  unexpected(expected: string, hint?: string): DiagnosticError {
    const found = this.peek();
    const message = `expected ${expected}, found ${describe(found)}`;
    return this.report.fatal('ESQL101', message, spanOf(found), hint ?? guess(found, this.last));
  }

  /** Reads something that may hold more of its kind, if it does not stand too deep. */
  nested<T>(read: () => T): T {
    if (this.#nesting >= DEEPEST_NESTING)
      throw this.#tooDeep(
        `more than ${DEEPEST_NESTING} levels of parentheses, calls and signs stand inside each other`,
      );
    this.#nesting++;
    try {
      return read();
    } finally {
      this.#nesting--;
    }
  }

  /** Counts what makes a tree deep without brackets: a long chain of arithmetic or casts. */
  countChained(): void {
    this.#chained++;
    if (this.#chained > DEEPEST_NESTING)
      throw this.#tooDeep(`the command has more than ${DEEPEST_NESTING} arithmetic operators and casts`);
  }

  #tooDeep(message: string): DiagnosticError {
    return this.report.fatal('ESQL108', message, spanOf(this.peek()));
  }

  /** Reads a command; when that fails, reports why and goes on at the next pipe. */
  command<T>(read: () => T): T | undefined {
    this.brackets = 0;
    this.#chained = 0;
    this.#nesting = 0;
    try {
      return read();
    } catch (error) {
      this.#forgive(error);
      this.skip(() => false);
      return undefined;
    }
  }

  /** Reads something; when that fails, reports why, goes on where it makes sense, and gives what `otherwise` gives. */
  recovering<T>(read: () => T, otherwise: () => T): T {
    const [brackets, nesting] = [this.brackets, this.#nesting];
    try {
      return read();
    } catch (error) {
      this.#forgive(error);
      this.skip(() => this.brackets <= brackets && this.atAny(RESUME));
      [this.brackets, this.#nesting] = [brackets, nesting];
      return otherwise();
    }
  }

  /** Reports what was thrown, unless something was reported at this place just before. */
  #forgive(error: unknown): void {
    if (!(error instanceof DiagnosticError) || error.diagnostic.code === 'ESQL108' || this.report.full)
      throw error;
    const start = error.diagnostic.span?.start ?? -1;
    if (start !== this.#complained) this.report.add(error.diagnostic);
    this.#complained = start;
  }

  /** Passes over tokens up to a pipe, the end, or where `enough` says so. */
  skip(enough: () => boolean): void {
    while (!this.atEnd && !this.at('|') && !enough()) this.next();
  }
}

export const spanOf = (token: Token): Span => span(token.start, token.end);

export function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the query';
  if (token.kind === 'string') return `the string ${quote(shorten(token.text))}`;
  if (token.kind === 'number') return `the number ${shorten(token.text)}`;
  return `"${shorten(token.text)}"`;
}

/** What people mean who write such a thing at a place where nothing of its kind may stand. */
function guess(found: Token, before: Token): string | undefined {
  if (found.kind === 'number' && before.kind === 'number' && found.start === before.end)
    return 'an address or a version stands in double quotes';
  if (before.kind === 'string' && found.kind === 'string')
    return 'a double quote inside a string is written \\"; values of a list are separated by commas';
  if (found.kind === 'symbol' && found.text === ')')
    return before.text === '('
      ? 'at least one value stands between the parentheses'
      : 'no parenthesis is open here, or something is missing before it';
  if (before.text === '==' && found.text === '=') return 'write "=="';
  if (found.kind !== 'word') return undefined;
  const word = found.text.toLowerCase();
  return missingPipe(word) ?? INFIX.get(word);
}

/** Operators of other languages that are words. */
const INFIX: ReadonlyMap<string, string> = new Map([
  ['regex', 'write field RLIKE "…"'],
  ['matches', 'write field RLIKE "…", or field : "…" to search for words'],
  ['contains', 'write CONTAINS(field, "text"), or field LIKE "*text*"'],
  ['startswith', 'write STARTS_WITH(field, "text"), or field LIKE "text*"'],
  ['endswith', 'write ENDS_WITH(field, "text"), or field LIKE "*text"'],
  ['between', 'write field >= 1 AND field <= 2'],
  ['exists', 'write field IS NOT NULL'],
  ['ilike', 'write TO_LOWER(field) LIKE "…"'],
]);
