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
import type { Token } from './token.ts';
import { KEYWORDS } from './token.ts';

/** Where reading goes on after an error, if no bracket is open that was not open before. */
const RESUME = ['and', 'or', ')'];
/** Where it goes on in any case. */
const RESUME_ALWAYS = [']', '|'];

export class Cursor extends TokenCursor<Token> {
  readonly report: Report;
  readonly text: string;
  #nesting = 0;
  #arithmetic = 0;

  constructor(source: Source) {
    const report = new Report(source);
    super(lex(source.text, report.say.bind(report)));
    this.report = report;
    this.text = source.text;
  }

  protected override bracket(symbol: string): number {
    if (OPENING.includes(symbol)) return 1;
    return CLOSING.includes(symbol) ? -1 : 0;
  }

  /** Whether a keyword or symbol stands there. Keywords count in any case: `accept` complains. */
  override at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token.kind === 'symbol' || token.kind === 'keyword') return token.text === text;
    return KEYWORDS.has(text) && spelling(token) === text;
  }

  override accept(text: string): Token | undefined {
    if (!this.at(text)) return undefined;
    const token = this.next();
    if (token.kind === 'identifier' || token.kind === 'tilde') this.#wrongCase(token, text);
    return token;
  }

  /** A name that is no keyword but has a meaning at this place. */
  acceptWord(word: string): boolean {
    const token = this.peek();
    if (token.kind !== 'identifier' || token.text !== word) return false;
    this.next();
    return true;
  }

  expect(text: string, hint?: string): Token {
    const token = this.accept(text);
    if (token === undefined) throw this.unexpected(`"${text}"`, hint);
    return token;
  }

  unexpected(expected: string, hint?: string): DiagnosticError {
    const found = this.peek();
    const message = `expected ${expected}, found ${describe(found)}`;
    return this.report.fatal('EQL101', message, spanOf(found), hint ?? guess(found, this.last));
  }

  #wrongCase(token: Token, keyword: string): void {
    const written = this.text.slice(token.start, token.end);
    this.report.say(
      'EQL112',
      `"${written}" is not a keyword; keywords are in lower case`,
      spanOf(token),
      `write "${keyword}"`,
    );
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

  /** Counts an arithmetic operator: a long chain of them makes a tree as deep as nesting does. */
  countArithmetic(): void {
    this.#arithmetic++;
    if (this.#arithmetic > DEEPEST_NESTING)
      throw this.#tooDeep(`the query has more than ${DEEPEST_NESTING} arithmetic operators`);
  }

  #tooDeep(message: string): DiagnosticError {
    return this.report.fatal('EQL116', message, spanOf(this.peek()));
  }

  /** Reads something; when that fails, reports why, goes on where it makes sense, and gives what `otherwise` gives. */
  recovering<T>(read: () => T, otherwise: () => T): T {
    const brackets = this.brackets;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DiagnosticError) || error.diagnostic.code === 'EQL116' || this.report.full)
        throw error;
      this.report.add(error.diagnostic);
      this.skip((closed) => closed <= brackets && this.atAny(RESUME));
      this.brackets = brackets;
      return otherwise();
    }
  }

  /** Passes over tokens up to a closing square bracket, a pipe, the end, or where `enough` says so. */
  skip(enough: (brackets: number) => boolean): void {
    while (!this.atEnd && !this.atAny(RESUME_ALWAYS) && !enough(this.brackets)) this.next();
  }
}

export const spanOf = (token: Token): Span => span(token.start, token.end);

const OPENING = ['(', '[', '!['];
const CLOSING = [')', ']'];

function spelling(token: Token): string | undefined {
  if (token.kind === 'identifier') return token.text.toLowerCase();
  return token.kind === 'tilde' ? `${token.text.toLowerCase()}~` : undefined;
}

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end of the query';
  if (token.kind === 'string') return `the string ${quote(shorten(token.text))}`;
  if (token.kind === 'number') return `the number ${shorten(token.text)}`;
  return `"${shorten(token.text)}${token.kind === 'tilde' ? '~' : ''}"`;
}

/** What people mean who write such a thing at a place where nothing of its kind may stand. */
function guess(found: Token, before: Token): string | undefined {
  const adjacent = found.start === before.end && before.end > 0;
  if (found.kind === 'number' && before.kind === 'number' && adjacent)
    return 'an address or a version stands in double quotes';
  if (before.kind === 'string' && (found.kind === 'string' || adjacent))
    return 'a double quote inside a string is written \\"; values of a list are separated by commas';
  if (found.kind === 'symbol' && found.text === ')')
    return 'no parenthesis is open here, or something is missing before it';
  return found.kind === 'identifier' ? INFIX.get(found.text.toLowerCase()) : undefined;
}

/** Operators of other languages that are words. */
const INFIX: ReadonlyMap<string, string> = new Map([
  ['is', 'write == null for "is missing", != null for "has any value"'],
  ['contains', 'write field : "*text*", or stringContains(field, "text")'],
  ['startswith', 'write field : "text*", or startsWith(field, "text")'],
  ['endswith', 'write field : "*text", or endsWith(field, "text")'],
  ['matches', 'write field regex "…", or field : "…" with * and ?'],
  ['rlike', 'write field regex "…"'],
  ['exists', 'write field != null'],
]);
