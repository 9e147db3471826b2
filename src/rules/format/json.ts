/** JSON text to plain values and their positions. `JSON.parse` decides what is valid; the scan only finds the places. */
import { diagnostic } from '../../base/diagnostic.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { span } from '../../base/span.ts';
import type { JsonValue } from '../../data/document.ts';
import type { Entry } from './positions.ts';
import { entry } from './positions.ts';

export interface ParsedJson {
  readonly value: JsonValue;
  readonly entry: Entry;
}

/** The JSON text at `part` of the source. A syntax error is RULE006 at its place. */
export function parseJson(source: Source, part: Span): Result<ParsedJson> {
  const text = source.text.slice(part.start, part.end);
  try {
    const value = JSON.parse(text) as JsonValue;
    return success({ value, entry: new Scan(text, part.start).entry() });
  } catch (error) {
    return failure(syntaxError(source, part, error));
  }
}

function syntaxError(source: Source, part: Span, error: unknown): Diagnostic {
  const words = error instanceof Error ? error.message : String(error);
  const [, offset] = /at position (\d+)/.exec(words) ?? [];
  const at = offset === undefined ? part.end : part.start + Number(offset);
  const what = words
    .replace(/ (in JSON )?at position.*$/s, '')
    .replace(/^\w/, (first) => first.toLowerCase());
  return diagnostic('RULE006', `not valid JSON: ${what}`, { source, span: span(at, at + 1) });
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

/** Walks the tokens of a text that is known to be valid. */
class Scan {
  readonly #tokens: readonly RegExpExecArray[];
  readonly #offset: number;
  #next = 0;

  constructor(text: string, offset: number) {
    this.#tokens = Array.from(text.matchAll(TOKEN));
    this.#offset = offset;
  }

  entry(key?: Span): Entry {
    const [word, place] = this.#take();
    const at = entry(place, key);
    if (word === '{') this.#members(at, true);
    else if (word === '[') this.#members(at, false);
    return at;
  }

  #members(at: Entry, named: boolean): void {
    for (let index = 0; !this.#atEnd(); index++) {
      if (this.#peek() === ',') this.#take();
      if (!named) at.children.set(index, this.entry());
      else {
        const [word, place] = this.#take();
        this.#take();
        at.children.set(JSON.parse(word) as string, this.entry(place));
      }
    }
    this.#take();
  }

  #atEnd(): boolean {
    return this.#peek() === '}' || this.#peek() === ']';
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.[0];
  }

  #take(): readonly [word: string, place: Span] {
    const token = this.#tokens[this.#next++];
    const start = this.#offset + (token?.index ?? 0);
    const word = token?.[0] ?? '';
    return [word, span(start, start + word.length)];
  }
}
