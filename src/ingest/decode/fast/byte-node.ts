/** The paths that matter in records of one layout, as a tree. */
import type { Scalar } from '../../../data/document.ts';
import type { Meaning } from '../../../model/interest.ts';

/** A number for each piece of a record that decides what becomes of it. */
export type Fact = number;

/** A path of the interest that gets the value, as it is or translated. */
export interface Target {
  readonly path: number;
  readonly translation: ReadonlyMap<Scalar, Scalar> | undefined;
}

/** Segments that begin so are no keys: what stands there is handed to the record by what carries it. */
export const HANDED = '\0';

export class ByteNode {
  readonly children = new Map<string, ByteNode>();
  /** What values here become. */
  readonly targets: Target[] = [];
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
  /** Values here may have to be read again, and whether there is any. */
  isTaped = false;
  isPresenceNoted = false;
  /** Documents have other values than stand here: always, or of a list, an object, a word, a list in a list. */
  readonly inexact = { always: false, list: false, object: false, word: false, nested: false };
  /** Not to be understood as a list, as an object, as a single value, or at all. */
  noList = false;
  noObject = false;
  noScalar = false;
  refused = false;
  /** Keys that are not among the children are not understood. */
  strict = false;
  /** Nor are keys that begin as those of other forms of records do, nor those with dots. */
  guarded = false;
  dotless = false;
  /** What stands here is the content by which repeats are told, and the document has no empty texts of it. */
  isContent = false;
  isPruned = false;
  /** A text here is a record of its own; where single values are not understood, null is not either. */
  carries = false;
  /** An object in a list here is a record of its own. */
  carriesObjects = false;
  /** Dots in keys count as underscores. Elsewhere a key with dots leads through several nodes. */
  underscored = false;

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
}
