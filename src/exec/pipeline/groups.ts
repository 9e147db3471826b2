/** Groups of rows and their aggregates, in parts that can be stored and merged (esql §2.4). */
import { atomKey, distinctAtoms, isMulti } from '../../data/atom.ts';
import type { Atom, ColumnValue } from '../../data/column.ts';
import type { Accumulator } from '../../func/esql/index.ts';
import { esqlFunction } from '../../func/esql/index.ts';
import type { AggregateColumn, Assignment } from '../../plan/pipeline.ts';
import type { Aggregate } from '../../plan/row.ts';
import { constantsOf, holds, rowCall } from './expression.ts';
import { pipelineLimits } from './limits.ts';
import type { Layout, Row, RowCall, RunContext } from './row.ts';

export interface Counted {
  readonly accumulator: Accumulator<unknown>;
  readonly args: readonly RowCall[];
  readonly where: RowCall | undefined;
  /** So many values at most, nothing is counted while it is computed: it may be computed late, or never. */
  readonly quietUpTo: number;
}

/** What STATS computes, resolved for the rows that come in. */
export class Grouping {
  readonly aggregates: readonly Counted[];
  readonly keys: readonly RowCall[];

  constructor(aggregates: readonly AggregateColumn[], keys: readonly Assignment[], layout: Layout) {
    this.aggregates = aggregates.map(({ value }) => counted(value, layout));
    this.keys = keys.map(({ value }) => rowCall(value, layout));
  }

  /** The keys of the groups that the row belongs to: each combination of the values of its keys. */
  keysOf(row: Row, context: RunContext): readonly GroupKey[] {
    const parts = this.keys.map((key) => key(row, context));
    return parts.some(isMulti) ? this.#combinations(parts, context) : [parts as GroupKey];
  }

  #combinations(parts: readonly ColumnValue[], context: RunContext): readonly GroupKey[] {
    let combinations: GroupKey[] = [[]];
    for (const part of parts) {
      const values = keyValues(part);
      if (combinations.length * values.length > pipelineLimits.combinations) {
        context.count('overLimit');
        continue;
      }
      combinations = combinations.flatMap((begun) => values.map((value) => [...begun, value]));
    }
    return combinations.filter(({ length }) => length === this.keys.length);
  }

  /** The same as texts, which `keyParts` takes apart. */
  keyTextsOf(row: Row, context: RunContext): readonly string[] {
    return this.keysOf(row, context).map(groupKeyText);
  }
}

export type GroupKey = readonly (Atom | null)[];

/** Null is a value of its own. */
const keyValues = (value: ColumnValue): readonly (Atom | null)[] =>
  isMulti(value) ? distinctAtoms(value) : [value];

/** The same text for equal values; none for null that any value has. */
export const keyPartText = (atom: Atom | null): string => (atom === null ? '' : `=${atomKey(atom)}`);

/** The same text for equal keys: of the texts of their parts. */
export const groupKeyText = (key: GroupKey): string => JSON.stringify(key.map(keyPartText));

/** The texts of the parts of a group's key, out of its own. */
export const keyParts = (text: string): readonly string[] => JSON.parse(text) as string[];

function counted({ name, args, where, type }: Aggregate, layout: Layout): Counted {
  const definition = esqlFunction(name);
  if (definition?.kind !== 'aggregate') throw new Error(`There is no aggregate ${name}.`);
  const accumulator = definition.prepare({
    types: args.map((arg) => arg.type),
    returns: type,
    constants: args.map(constantsOf),
  });
  const readsOnly = where === undefined && args.every(({ kind }) => kind === 'column' || kind === 'constant');
  return {
    accumulator,
    args: args.map((arg) => rowCall(arg, layout)),
    where: where === undefined ? undefined : rowCall(where, layout),
    quietUpTo: readsOnly ? (accumulator.quietUpTo ?? -1) : -1,
  };
}

/** The values that an aggregate takes from a row. */
export function argumentsOf({ args }: Counted, row: Row, context: RunContext): ColumnValue[] {
  const [only] = args;
  return args.length === 1 && only !== undefined
    ? [only(row, context)]
    : args.map((arg) => arg(row, context));
}

interface Group {
  readonly key: GroupKey;
  readonly partials: unknown[];
  /** Of the partials, as they were counted. */
  readonly sizes: number[];
}

/** Plain JSON. A whole number of a key beyond 2^53 is `{ integer }`. */
export interface StoredGroup {
  readonly key: readonly unknown[];
  readonly partials: readonly unknown[];
}

/** The key of a stored group as `add` gives it back. */
export const storedGroupText = ({ key }: StoredGroup): string => groupKeyText(key.map(restoreKey));

/** The groups of some rows. */
export class Groups {
  readonly #grouping: Grouping;
  readonly #groups = new Map<string, Group>();
  #size = 0;

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  get count(): number {
    return this.#groups.size;
  }

  /** How many values all groups hold together. */
  get size(): number {
    return this.#size;
  }

  /** Gives back the groups that the row is in, as `keyParts` takes them apart. */
  add(row: Row, context: RunContext): readonly string[] {
    const added: string[] = [];
    for (const key of this.#grouping.keysOf(row, context)) {
      const text = groupKeyText(key);
      const group = this.#group(key, text, context);
      if (group === undefined) continue;
      this.#count(group, row, context);
      added.push(text);
    }
    return added;
  }

  /** As if the rows of the other had come behind ours. */
  merge(stored: readonly StoredGroup[], context: RunContext): void {
    for (const { key, partials } of stored)
      this.#merge(key.map(restoreKey), partials.map(structuredCopy), context);
  }

  /** The same with groups that are not stored, which stay as they are. */
  mergeGroups(other: Groups, context: RunContext): void {
    for (const { key, partials } of other.#groups.values()) this.#merge(key, partials, context);
  }

  #merge(key: GroupKey, partials: readonly unknown[], context: RunContext): void {
    const group = this.#group(key, groupKeyText(key), context);
    if (group === undefined) return;
    partials.forEach((partial, i) =>
      this.#set(group, i, this.#accumulator(i).merge(group.partials[i], partial, context)),
    );
  }

  /** The partial may be the one that was there, changed. */
  #set(group: Group, place: number, partial: unknown): void {
    const size = this.#accumulator(place).size(partial);
    group.partials[place] = partial;
    this.#size += size - (group.sizes[place] ?? 0);
    group.sizes[place] = size;
  }

  /** By key, as a text: the partials of each group, which stay as they are. */
  *parts(): Generator<readonly [text: string, key: GroupKey, partials: readonly unknown[]]> {
    for (const [text, { key, partials }] of this.#groups) yield [text, key, partials];
  }

  stored(): StoredGroup[] {
    return [...this.#groups.values()].map(({ key, partials }) => ({ key: key.map(storeKey), partials }));
  }

  /** Aggregates, then keys. Without keys there is one row, also when nothing came in. */
  rows(context: RunContext): Row[] {
    if (this.#grouping.keys.length === 0) this.#group([], groupKeyText([]), context);
    return [...this.#groups.values()].map((group) => ({ values: this.#values(group, context) }));
  }

  /** The aggregates of one group; undefined when it has no rows. */
  aggregatesOf(key: GroupKey, context: RunContext): ColumnValue[] | undefined {
    const group = this.#groups.get(groupKeyText(key));
    return group && this.#values(group, context).slice(0, this.#grouping.aggregates.length);
  }

  #values({ key, partials }: Group, context: RunContext): ColumnValue[] {
    return [...partials.map((partial, i) => this.#accumulator(i).finish(partial, context)), ...key];
  }

  /** Undefined, and counted, for a new group beyond the limit. */
  #group(key: GroupKey, text: string, context: RunContext): Group | undefined {
    const known = this.#groups.get(text);
    if (known !== undefined) return known;
    if (this.#groups.size >= pipelineLimits.groups) {
      context.count('overLimit');
      return undefined;
    }
    const partials = this.#grouping.aggregates.map(({ accumulator }) => accumulator.empty());
    const group = { key, partials, sizes: partials.map(() => 0) };
    this.#groups.set(text, group);
    return group;
  }

  #count(group: Group, row: Row, context: RunContext): void {
    const { aggregates } = this.#grouping;
    for (let i = 0; i < aggregates.length; i++) {
      const aggregate = aggregates[i] as Counted;
      const { accumulator, where } = aggregate;
      if (where !== undefined && !holds(where(row, context))) continue;
      const values = argumentsOf(aggregate, row, context);
      this.#set(group, i, accumulator.add(group.partials[i], values, context));
    }
  }

  #accumulator(place: number): Accumulator<unknown> {
    const aggregate = this.#grouping.aggregates[place];
    if (aggregate === undefined) throw new RangeError(`There is no aggregate ${place}.`);
    return aggregate.accumulator;
  }
}

const storeKey = (atom: Atom | null): unknown =>
  typeof atom === 'bigint' ? { integer: String(atom) } : atom;
const restoreKey = (stored: unknown): Atom | null =>
  typeof stored === 'object' && stored !== null && 'integer' in stored
    ? BigInt(String(stored.integer))
    : (stored as Atom | null);

/** Merging may change what it is given, which is stored elsewhere. */
const structuredCopy = (partial: unknown): unknown => JSON.parse(JSON.stringify(partial));
