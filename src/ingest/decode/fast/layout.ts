/** How records of one shape are laid out: where in their bytes the ECS fields lie that rules read. */
import type { Scalar } from '../../../data/document.ts';
import type { Interest, Meaning } from '../../../model/interest.ts';
import { ByteNode } from './byte-node.ts';

export interface Layout {
  readonly root: ByteNode;
  /** What every record of the shape says. */
  readonly constantly: readonly Meaning[];
  /** Paths at which every record of the shape has a value. */
  readonly constant: number[];
  /** For each path of the interest, where its values and its presence come from. */
  readonly slots: readonly Slot[];
}

/** A place in the record from which an ECS field gets values. */
export interface Source {
  readonly from: string;
  /** The field is not the place itself, but a copy of it. */
  readonly copy?: Copied;
  /** Values may become others on their way: any value here may be any value there. */
  readonly altered?: boolean;
  /** A value here is one there, whatever it is, and nothing else decides. */
  readonly exact?: boolean;
}

/** What becomes of values that are copied. Only texts are, and those in objects. */
export interface Copied {
  readonly values?: ReadonlyMap<Scalar, Scalar>;
  /** Lists of texts are copied, too. */
  readonly lists?: boolean;
  /** A text for which it is false makes the field have no values at all. */
  readonly accepts?: (text: string) => boolean;
  /** Equal values are copied once. */
  readonly distinct?: boolean;
}

/** Where a shape has the values of an ECS field, or of fields below it. */
export interface Sources {
  readonly at: readonly Source[];
  /** What counts where none of those gives a value. */
  readonly otherwise?: readonly Source[];
  /** The value where nothing else gives one. */
  readonly fallback?: Scalar | undefined;
  readonly below: readonly Source[];
  /** The values that each record has there. */
  readonly constants: readonly Scalar[];
  readonly hasConstantBelow: boolean;
  /** Whether there is any value cannot be told from the bytes. */
  readonly hasUnsurePresence?: boolean;
  /** Nor can the values. */
  readonly hasUnsureValues?: boolean;
}

/** Where the bytes of a record have the values of a path. */
export interface Slot {
  /** Of the first of these places that give any; undefined when they cannot be told. */
  readonly values: readonly (readonly SlotSource[])[] | undefined;
  readonly constants: readonly Scalar[];
  /** The value where nothing else gives one. */
  readonly fallback: Scalar | undefined;
  /** There is always some; or one of the places has some, or some value is copied. Undefined when it cannot be told. */
  readonly presence: 'always' | readonly SlotSource[] | undefined;
}

export interface SlotSource {
  readonly node: ByteNode;
  readonly copy: Copied | undefined;
}

/** `mark` prepares the root for the shape. */
export function layoutOf(
  interest: Interest,
  sourcesOf: (path: string) => Sources,
  mark: (root: ByteNode) => void,
): Layout {
  const root = new ByteNode();
  const constantly: Meaning[] = [];
  const constant: number[] = [];
  mark(root);
  const slots = interest.paths.map((path, number) => {
    const sources = sourcesOf(path);
    if (number >= interest.asked) return toldSlot(root, sources);
    const at = [...sources.at, ...(sources.otherwise ?? [])];
    for (const source of at) addValue(root.descend(source.from), interest, number, source);
    for (const source of [...at, ...sources.below]) {
      addPresence(root.descend(source.from), interest, number, source);
      markInexact(root, source);
    }
    constantly.push(...constantMeanings(interest, number, sources));
    if (isAlwaysThere(sources)) constant.push(number);
    return slotOf(root, sources);
  });
  return { root, constantly, constant, slots };
}

/** Of a path that is only read of matches: what is sure about its values is written down. */
function toldSlot(root: ByteNode, sources: Sources): Slot {
  const at = [...sources.at, ...(sources.otherwise ?? [])];
  if (at.some(({ altered }) => altered === true)) return { ...NOTHING_TOLD, values: undefined };
  for (const source of at) {
    root.descend(source.from).isTaped = true;
    markInexact(root, source);
  }
  return slotOf(root, sources);
}

const NOTHING_TOLD: Omit<Slot, 'values'> = { constants: [], fallback: undefined, presence: undefined };

function addValue(node: ByteNode, interest: Interest, path: number, source: Source): void {
  if (source.altered === true) node.always = both(interest, node.always, interest.anything(path));
  else node.targets.push({ path, translation: source.copy?.values });
  node.isTaped = true;
}

function addPresence(node: ByteNode, interest: Interest, path: number, source: Source): void {
  node.presence = both(interest, node.presence, interest.presence(path));
  if (source.exact === true) node.isRead = true;
  node.isSource = true;
  node.isPresenceNoted = true;
  node.paths.push(path);
}

/** What makes documents have other values than the bytes. */
function markInexact(root: ByteNode, { from, altered, copy }: Source): void {
  const node = root.descend(from);
  if (altered === true) node.inexact.always = true;
  if (copy === undefined) return;
  node.isTaped = true;
  node.inexact.word = node.inexact.object = true;
  if (copy.lists === true) node.inexact.nested = true;
  else node.inexact.list = true;
  const above = from.lastIndexOf('.');
  if (above !== -1) root.descend(from.slice(0, above)).inexact.list = true;
}

function slotOf(root: ByteNode, sources: Sources): Slot {
  const { at, otherwise = [], below, constants, fallback } = sources;
  const slotSource = ({ from, copy }: Source): SlotSource => ({ node: root.descend(from), copy });
  return {
    values:
      sources.hasUnsureValues === true ? undefined : [at, otherwise].map((group) => group.map(slotSource)),
    constants,
    fallback,
    presence: isAlwaysThere(sources)
      ? 'always'
      : sources.hasUnsurePresence === true
        ? undefined
        : [...at, ...otherwise, ...below].map(slotSource),
  };
}

const isAlwaysThere = ({ constants, fallback, hasConstantBelow }: Sources): boolean =>
  constants.length > 0 || fallback !== undefined || hasConstantBelow;

function constantMeanings(interest: Interest, path: number, sources: Sources): Meaning[] {
  const { constants, fallback } = sources;
  const said = constants.map((value) => interest.value(path, value));
  if (fallback !== undefined) said.push(interest.value(path, fallback));
  if (isAlwaysThere(sources)) said.push(interest.presence(path));
  return said.filter((meaning) => meaning !== undefined);
}

function both(interest: Interest, one: Meaning | undefined, other: Meaning | undefined): Meaning | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return interest.joined([one, other]);
}
