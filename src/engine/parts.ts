/**
 * Memory as text in parts: a long list does not fit into one string, so it is written over as many parts as it needs. Equal
 * memory gives equal parts.
 */

/** Whose memory it is. */
export interface Owner {
  readonly of: string;
  /** The id of the rule, where each rule has its own. */
  readonly rule?: string;
}

/** UTF-16 code units after which a part ends: one entry may go beyond them. */
export const PART_LENGTH = 4_000_000;

/** As `Memory`, whatever its lists are called. */
interface Content {
  readonly values?: unknown;
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
}

interface Part extends Owner, Content {}

/** None for memory with nothing in it. */
export function* partTexts(owner: Owner, { values, lists }: Content, length: number): Generator<string> {
  let part = new PartText(owner, values);
  for (const [kind, entries] of Object.entries(lists))
    for (const entry of entries) {
      part.add(kind, JSON.stringify(entry));
      if (part.length < length) continue;
      yield part.text();
      part = new PartText(owner, undefined);
    }
  if (!part.isEmpty) yield part.text();
}

class PartText {
  readonly #owner: Owner;
  readonly #values: unknown;
  readonly #lists = new Map<string, string[]>();
  length = 0;

  constructor(owner: Owner, values: unknown) {
    this.#owner = owner;
    this.#values = values;
  }

  get isEmpty(): boolean {
    return this.#values === undefined && this.#lists.size === 0;
  }

  add(kind: string, entry: string): void {
    const entries = this.#lists.get(kind);
    if (entries === undefined) this.#lists.set(kind, [entry]);
    else entries.push(entry);
    this.length += entry.length + 1;
  }

  text(): string {
    const head = JSON.stringify({ ...this.#owner, values: this.#values });
    const lists = [...this.#lists].map(([kind, entries]) => `${JSON.stringify(kind)}:[${entries.join(',')}]`);
    return `${head.slice(0, -1)},"lists":{${lists.join(',')}}}`;
  }
}

/** What the parts are of, in their order; those of one owner that follow one another are one memory. */
export function* memoriesIn(parts: Iterable<unknown>): Generator<readonly [Owner, Content]> {
  let open: { readonly part: Part; readonly lists: Record<string, unknown[]> } | undefined;
  for (const one of parts) {
    const part = one as Part;
    if (open === undefined || open.part.of !== part.of || open.part.rule !== part.rule) {
      if (open !== undefined) yield [open.part, { values: open.part.values, lists: open.lists }];
      open = { part, lists: {} };
    }
    for (const [kind, entries] of Object.entries(part.lists)) {
      const list = (open.lists[kind] ??= []);
      for (const entry of entries) list.push(entry);
    }
  }
  if (open !== undefined) yield [open.part, { values: open.part.values, lists: open.lists }];
}
