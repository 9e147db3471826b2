/** The paths that matter in records of one layout, as a tree whose keys are found by their bytes. */
import type { Meaning } from '../../../model/interest.ts';
import { hashOf, isEqual } from './bytes.ts';
import { Meanings } from './meanings.ts';

/** A number for each piece of a record that decides what becomes of it. */
export type Fact = number;

const DOT = 0x2e;
const UNDERSCORE = 0x5f;
const NO_KEY = new Uint8Array(0);

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
  /** A hash table with open addressing; a slot without a node is empty. */
  #mask = 0;
  #hashes = new Int32Array(1);
  #keys: Uint8Array[] = [];
  #nodes: (ByteNode | undefined)[] = [undefined];

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
    while (size < 4 * this.children.size) size *= 2;
    this.#mask = size - 1;
    this.#hashes = new Int32Array(size);
    this.#keys = Array.from({ length: size }, () => NO_KEY);
    this.#nodes = Array.from({ length: size }, () => undefined);
    for (const [segment, node] of this.children) this.#place(Buffer.from(segment), node.close(this.paths));
    return this;
  }

  #place(key: Uint8Array, node: ByteNode): void {
    const hash = hashOf(key, 0, key.length);
    let slot = hash & this.#mask;
    while (this.#nodes[slot] !== undefined) slot = (slot + 1) & this.#mask;
    this.#hashes[slot] = hash;
    this.#keys[slot] = key;
    this.#nodes[slot] = node;
  }

  /** The child whose key has these bytes; `hash` is that of `hashOf`. */
  find(data: Uint8Array, from: number, to: number, hash: number): ByteNode | undefined {
    const nodes = this.#nodes;
    let slot = hash & this.#mask;
    for (let node = nodes[slot]; node !== undefined; node = nodes[slot]) {
      if (this.#hashes[slot] === hash && isEqual(data, from, to, this.#keys[slot] as Uint8Array)) return node;
      slot = (slot + 1) & this.#mask;
    }
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
