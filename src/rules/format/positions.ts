/** Where every key and value of a rule file stands, so that any message about the rule can point at its words. */
import type { Source } from '../../base/source.ts';
import { embedded } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { cover } from '../../base/span.ts';
import { stringOffsets } from './string-offsets.ts';

/** The way to a value: keys of tables and indexes of lists. */
export type Path = readonly (string | number)[];

/** One value of the file. Readers of the formats build the tree, `Positions` answers from it. */
export interface Entry {
  /** The key, for list elements absent. */
  readonly key?: Span;
  /** The value as written; for a table with a header, the header. */
  readonly value: Span;
  readonly children: Map<string | number, Entry>;
}

export const entry = (value: Span, key?: Span): Entry => ({
  ...(key === undefined ? {} : { key }),
  value,
  children: new Map(),
});

export class Positions {
  readonly source: Source;
  readonly #read: () => Entry;
  #known: Entry | undefined;

  /** `read` gives the tree; it is asked once, when something is first to be pointed at. */
  constructor(source: Source, read: () => Entry) {
    this.source = source;
    this.#read = read;
  }

  get #root(): Entry {
    return (this.#known ??= this.#read());
  }

  /** The span of the value; undefined when the file has none there. */
  value(path: Path): Span | undefined {
    return this.#find(path)?.value;
  }

  /** The span of the key; undefined when the file has none there, and for elements of lists. */
  key(path: Path): Span | undefined {
    return this.#find(path)?.key;
  }

  /** The span from the key to the end of the value. */
  whole(path: Path): Span | undefined {
    const at = this.#find(path);
    return at?.key === undefined ? at?.value : cover(at.key, at.value);
  }

  /** The key of the deepest part of the path that is in the file: where to say that something below is missing. */
  nearest(path: Path): Span {
    let at = this.#root;
    for (const step of path) {
      const next = at.children.get(step);
      if (next === undefined) break;
      at = next;
    }
    return at.key ?? at.value;
  }

  /** A text of the file as a source of its own; `value` is its decoded value, which the caller has read. */
  text(path: Path, value: string): Source {
    let offsets: readonly number[] | undefined;
    return embedded(this.source, value, (inner) => {
      offsets ??= this.#offsets(path);
      return offsets[Math.min(inner, offsets.length - 1)] ?? 0;
    });
  }

  /** Where each code unit of the text stands; a text that another file put there stands at the key that is nearest. */
  #offsets(path: Path): readonly number[] {
    const place = this.value(path);
    return place === undefined ? [this.nearest(path).start] : stringOffsets(this.source.text, place);
  }

  #find(path: Path): Entry | undefined {
    let at: Entry | undefined = this.#root;
    for (const step of path) at = at?.children.get(step);
    return at;
  }
}
