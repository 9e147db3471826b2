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
}

/** A place in the record from which an ECS field gets values. */
export interface Source {
  readonly from: string;
  readonly values?: ReadonlyMap<Scalar, Scalar>;
  /** Values may become others on their way: any value here may be any value there. */
  readonly altered?: boolean;
  /** A value here is one there, whatever it is, and nothing else decides. */
  readonly exact?: boolean;
}

/** Where a shape has the values of an ECS field, or of fields below it. */
export interface Sources {
  readonly at: readonly Source[];
  readonly below: readonly Source[];
  /** The value that each record has there; with `undefined`, some value that differs. */
  readonly constants: readonly (Scalar | undefined)[];
  readonly hasConstantBelow: boolean;
}

/** `mark` prepares the root for the shape before it is closed. */
export function layoutOf(
  interest: Interest,
  sourcesOf: (path: string) => Sources,
  mark: (root: ByteNode) => void,
): Layout {
  const root = new ByteNode();
  const constantly: Meaning[] = [];
  const constant: number[] = [];
  mark(root);
  interest.paths.forEach((path, number) => {
    const sources = sourcesOf(path);
    for (const source of sources.at) addValue(root.descend(source.from), interest, number, source);
    for (const source of [...sources.at, ...sources.below])
      addPresence(root.descend(source.from), interest, number, source);
    const said = constantMeanings(interest, number, sources);
    constantly.push(...said);
    if (sources.constants.length > 0 || sources.hasConstantBelow) constant.push(number);
  });
  return { root, constantly, constant };
}

function addValue(node: ByteNode, interest: Interest, path: number, source: Source): void {
  if (source.altered === true) node.always = both(interest, node.always, interest.anything(path));
  else node.targets.push({ path, translation: source.values });
}

function addPresence(node: ByteNode, interest: Interest, path: number, source: Source): void {
  node.presence = both(interest, node.presence, interest.presence(path));
  if (source.altered === true) node.always = both(interest, node.always, interest.presence(path));
  if (source.exact === true) node.isRead = true;
  node.isSource = true;
  node.paths.push(path);
}

function constantMeanings(interest: Interest, path: number, sources: Sources): Meaning[] {
  const said = sources.constants.map((value) =>
    value === undefined ? interest.anything(path) : interest.value(path, value),
  );
  const there = sources.constants.length > 0 || sources.hasConstantBelow;
  if (there) said.push(interest.presence(path));
  return said.filter((meaning) => meaning !== undefined);
}

function both(interest: Interest, one: Meaning | undefined, other: Meaning | undefined): Meaning | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return interest.joined([one, other]);
}
