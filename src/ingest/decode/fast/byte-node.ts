/** The paths that matter in records of one layout, as a tree whose keys are found by their bytes. */
import type { Meaning } from '../../../model/interest.ts';
import { hashOf, isEqual } from './bytes.ts';
import { Meanings } from './meanings.ts';

/** A number for each piece of a record that decides what becomes of it. */
export type Fact = number;

interface Entry {
  readonly hash: number;
  readonly key: Uint8Array;
  readonly node: ByteNode;
}

const DOT = 0x2e;
const UNDERSCORE = 0x5f;

export class ByteNode {
  readonly children = new Map<string, ByteNode>();
  /** What values here say. */
  readonly meanings = new Meanings();
  /** Noted when there is any value here or below. */
  presence: Meaning | undefined;
  /** Noted whenever the key is there, even with null. */
  always: Meaning | undefined;
  /** A value here, or below, is one at these paths of the interest. */
  paths: number[] = [];
  /** Rules read the very value that stands here. */
  isRead = false;
  /** What stands here, or below, may become a value that rules read. */
  isSource = false;
  fact: Fact = -1;
  /** Not to be understood as a list, as an object, as a single value, or at all. */
  noList = false;
  noObject = false;
  noScalar = false;
  refused = false;
  /** Keys that are not among the children are not understood. */
  strict = false;
  /** Dots in keys count as underscores. Elsewhere a key with dots leads through several nodes. */
  underscored = false;
  #table: (readonly Entry[] | undefined)[] = [];

  descend(path: string): ByteNode {
    return path.split('.').reduce<ByteNode>((node, segment) => node.child(segment), this);
  }

  child(segment: string): ByteNode {
    const known = this.children.get(segment);
    if (known !== undefined) return known;
    const child = new ByteNode();
    this.children.set(segment, child);
    if (/^\d+$/.test(segment)) this.noList = true;
    return child;
  }

  /** Makes the tree ready for `find`; nothing is added afterwards. */
  close(inherited: readonly number[] = []): this {
    this.paths = [...inherited, ...this.paths];
    let size = 4;
    while (size < 2 * this.children.size) size *= 2;
    this.#table = Array.from({ length: size }, () => undefined);
    for (const [segment, node] of this.children) {
      const key = Buffer.from(segment);
      const hash = hashOf(key, 0, key.length);
      const slot = hash & (size - 1);
      this.#table[slot] = [...(this.#table[slot] ?? []), { hash, key, node: node.close(this.paths) }];
    }
    return this;
  }

  /** The child whose key has these bytes; `hash` is that of `hashOf`. */
  find(data: Uint8Array, from: number, to: number, hash: number): ByteNode | undefined {
    const entries = this.#table[hash & (this.#table.length - 1)];
    if (entries === undefined) return undefined;
    for (const { hash: known, key, node } of entries)
      if (known === hash && isEqual(data, from, to, key)) return node;
    return undefined;
  }

  /** The child of a key with dots, where they count as underscores. */
  findUnderscored(data: Uint8Array, from: number, to: number): ByteNode | undefined {
    const key = data.slice(from, to).map((byte) => (byte === DOT ? UNDERSCORE : byte));
    return this.find(key, 0, key.length, hashOf(key, 0, key.length));
  }

  /** Whether a key with dots could lead to something that matters. */
  mayLeadOn(data: Uint8Array, from: number, to: number): boolean {
    const dot = data.indexOf(DOT, from);
    const end = dot === -1 || dot > to ? to : dot;
    return this.find(data, from, end, hashOf(data, from, end)) !== undefined;
  }
}
