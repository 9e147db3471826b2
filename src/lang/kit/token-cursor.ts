/** A place in a list of tokens: what every grammar asks of it. What a token may be called is the language's own. */
import type { Span } from '../../base/span.ts';
import { span } from '../../base/span.ts';

export interface AnyToken {
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export abstract class TokenCursor<T extends AnyToken> {
  readonly #tokens: readonly T[];
  #at = 0;
  /** How many brackets are open. */
  protected brackets = 0;

  /** The last token must be of the kind `end`; comments are passed over. */
  constructor(tokens: readonly T[]) {
    this.#tokens = tokens.filter(({ kind }) => kind !== 'comment');
  }

  /** Whether something that is written so stands there. */
  abstract at(text: string, ahead?: number): boolean;
  /** The same, taken. */
  abstract accept(text: string): T | undefined;
  /** 1 for a symbol that opens a bracket, -1 for one that closes one, 0 for others. */
  protected abstract bracket(symbol: string): number;

  /** The token that comes next, or one behind it; past the end it is the end again. */
  peek(ahead = 0): T {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as T;
  }

  /** The token that was taken last. */
  get last(): T {
    return this.#tokens[Math.max(0, this.#at - 1)] as T;
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  next(): T {
    const token = this.peek();
    if (token.kind === 'symbol') this.brackets += this.bracket(token.text);
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  /** From an offset to the end of what was taken last. */
  since(start: number): Span {
    return span(start, Math.max(start, this.last.end));
  }

  atAny(texts: readonly string[], ahead = 0): boolean {
    return texts.some((text) => this.at(text, ahead));
  }

  /** The first of the texts that stands there, taken. */
  acceptAny<const S extends string>(texts: readonly S[]): S | undefined {
    return texts.find((text) => this.accept(text) !== undefined);
  }
}
