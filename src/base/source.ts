/**
 * A text with a name, which can say at which line and column an offset stands. A query inside a TOML string
 * is a Source of its own that knows its place in the file, so nobody else ever adds offsets.
 */

/** One-based line and column; columns count UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Source {
  /** What people call it: a file's path, `<stdin>`, `--query`. */
  readonly name: string;
  readonly text: string;
  /** Where an offset of `text` stands in the outermost text. */
  place(offset: number): Place;
  /** The whole line of the outermost text, without its line end; empty past the last line. */
  line(number: number): string;
}

class TextSource implements Source {
  #lineStarts: readonly number[] | undefined;

  readonly name: string;
  readonly #text: string | (() => string);

  constructor(name: string, text: string | (() => string)) {
    this.name = name;
    this.#text = text;
  }

  get text(): string {
    return typeof this.#text === 'string' ? this.#text : this.#text();
  }

  place(offset: number): Place {
    const starts = this.#starts();
    const row = lastAtMost(starts, offset);
    return { line: row + 1, column: offset - (starts[row] ?? 0) + 1 };
  }

  line(number: number): string {
    const start = this.#starts()[number - 1];
    if (start === undefined) return '';
    const end = this.#starts()[number] ?? this.text.length + 1;
    return this.text.slice(start, end - 1).replace(/\r$/, '');
  }

  /** Made when first needed: most texts have nothing to be pointed at. */
  #starts(): readonly number[] {
    this.#lineStarts ??= [0, ...Array.from(this.text.matchAll(/\n/g), (m) => m.index + 1)];
    return this.#lineStarts;
  }
}

/** A text that stands on its own, such as a whole file. */
export const source = (name: string, text: string): Source => new TextSource(name, text);

/** The same of a text that is kept elsewhere until it is asked for. */
export const laterSource = (name: string, text: () => string): Source => new TextSource(name, text);

/**
 * A text that was cut out of another one and possibly decoded on the way (escapes in a TOML string).
 * `outerOffset` gives, for an offset of the inner text, its offset in the outer one.
 */
export const embedded = (outer: Source, text: string, outerOffset: (inner: number) => number): Source => ({
  name: outer.name,
  text,
  place: (offset) => outer.place(outerOffset(offset)),
  line: (number) => outer.line(number),
});

/** Index of the last element that is at most `wanted`, in an ascending list whose first element is 0. */
function lastAtMost(ascending: readonly number[], wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? Infinity) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
