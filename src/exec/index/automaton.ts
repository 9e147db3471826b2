/**
 * Finds many texts in one pass over a value (Aho and Corasick's automaton). Its letters are classes of characters: every
 * character that some wanted text has is a class of its own, all others share one; the beginning and the end of a value
 * are letters too, so that a text which must stand there is found like any other.
 */

/** A text in ASCII and lower case, and where in the value it must stand. */
export interface Needle {
  readonly text: string;
  readonly at: Place;
}

export type Place = 'anywhere' | 'start' | 'end';

/** Marks a state in which some needle ends. States are offsets of rows, so this bit is free up to a gigabyte of rows. */
const FOUND = 0x40000000;
const ROW = FOUND - 1;
const NOTHING: readonly number[] = [];

export class Automaton {
  /** The class of each ASCII character; what is not ASCII is in no needle and has the class 0. */
  readonly #classes = new Uint8Array(128);
  readonly #endOfValue: number;
  readonly #initial: number;
  /** For each state a row with the next state of each class: the offset of its row, with `FOUND` where a needle ends. */
  readonly #next: Int32Array;
  readonly #width: number;
  /** For each state the needles that end there. */
  readonly #found: readonly (readonly number[])[];

  /** Needles are numbered as they stand here. */
  constructor(needles: readonly Needle[]) {
    let classes = 0;
    for (const { text } of needles) {
      for (let i = 0; i < text.length; i++) this.#classes[text.charCodeAt(i)] ||= ++classes;
    }
    const startOfValue = classes + 1;
    this.#endOfValue = classes + 2;
    this.#width = classes + 3;
    const trie = new Trie();
    needles.forEach((needle, number) => trie.add(this.#letters(needle, startOfValue), number));
    ({ next: this.#next, found: this.#found } = trie.close(this.#width));
    this.#initial = this.#next[startOfValue] ?? 0;
  }

  /** Tells the numbers of the needles that the value holds, some perhaps more than once. The value is in lower case. */
  find(value: string, tell: (needle: number) => void): void {
    const next = this.#next;
    const classes = this.#classes;
    let state = this.#initial;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      state = next[(state & ROW) + (code < 128 ? (classes[code] as number) : 0)] as number;
      if (state >= FOUND) this.#tell(state, tell);
    }
    state = next[(state & ROW) + this.#endOfValue] as number;
    if (state >= FOUND) this.#tell(state, tell);
  }

  #tell(state: number, tell: (needle: number) => void): void {
    for (const needle of this.#found[(state & ROW) / this.#width] ?? NOTHING) tell(needle);
  }

  #letters({ text, at }: Needle, startOfValue: number): number[] {
    const letters = Array.from(text, (_, i) => this.#classes[text.charCodeAt(i)] ?? 0);
    if (at === 'start') letters.unshift(startOfValue);
    if (at === 'end') letters.push(this.#endOfValue);
    return letters;
  }
}

/** The needles as a tree, which `close` makes an automaton of. */
class Trie {
  readonly #children: Map<number, number>[] = [new Map()];
  readonly #found: number[][] = [[]];

  add(letters: readonly number[], needle: number): void {
    let state = 0;
    for (const letter of letters) {
      let child = this.#children[state]?.get(letter);
      if (child === undefined) {
        child = this.#children.push(new Map()) - 1;
        this.#found.push([]);
        this.#children[state]?.set(letter, child);
      }
      state = child;
    }
    this.#found[state]?.push(needle);
  }

  /**
   * Rows of next states. Where the tree has no child, a value goes on as its longest suffix in the tree would. The rows of
   * short prefixes, in which values are most of the time, lie together at the beginning.
   */
  close(width: number): { readonly next: Int32Array; readonly found: readonly (readonly number[])[] } {
    const [states, rows] = this.#byDepth();
    const next = new Int32Array(states.length * width);
    const found = states.map((state) => this.#found[state] ?? []);
    const suffixes = new Int32Array(states.length);
    for (const [row, state] of states.entries()) {
      const suffix = suffixes[row] as number;
      if (row !== 0) next.copyWithin(row * width, suffix * width, (suffix + 1) * width);
      for (const [letter, child] of this.#children[state] ?? []) {
        const childRow = rows[child] as number;
        const shorter = row === 0 ? 0 : ((next[suffix * width + letter] as number) & ROW) / width;
        suffixes[childRow] = shorter;
        found[childRow]?.push(...(found[shorter] ?? NOTHING));
        next[row * width + letter] = childRow * width + (found[childRow]?.length === 0 ? 0 : FOUND);
      }
    }
    return { next, found };
  }

  /** The states in the order of their depth, and the place of each in it. */
  #byDepth(): readonly [states: readonly number[], rows: Int32Array] {
    const states = [0];
    const rows = new Int32Array(this.#children.length);
    for (const state of states)
      for (const child of this.#children[state]?.values() ?? []) rows[child] = states.push(child) - 1;
    return [states, rows];
  }
}
