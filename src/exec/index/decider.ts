/**
 * Decides predicates on values that were read from bytes, without a document. It is for predicates that read nothing but
 * values at plain paths, and whether there are any: those of nested objects, of patterns of names and of flattened
 * fields need the document.
 */
import type { ValueSource } from '../compile/columns.ts';
import type { CompiledSet } from '../compile/index.ts';
import { byKind, occurrencesOf } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import { Undecided } from '../undecided.ts';

/** What a predicate reads: positions of paths, of those whose values it reads and those that it asks for any. */
export interface Reads {
  readonly values: readonly number[];
  readonly presences: readonly number[];
}

export class Decider {
  readonly #set: CompiledSet;
  readonly #reads: readonly (Reads | undefined)[];
  /** Candidates so far that did not hold. */
  wasted = 0;

  /** Sources of values know fields by the positions of their paths. */
  constructor(predicates: readonly Predicate[], set: CompiledSet, paths: readonly string[]) {
    this.#set = set;
    const slots = new Map(paths.map((path, slot) => [path, slot]));
    for (const [path, slot] of slots) set.fields.bind(path, slot);
    this.#reads = predicates.map((predicate) => resolved(readsOf(predicate), slots));
  }

  /** For each predicate what it reads; undefined for those that need the document. */
  get reads(): readonly (Reads | undefined)[] {
    return this.#reads;
  }

  /**
   * Which of the candidates hold, in their order; undefined when one of them cannot be decided. Only predicates with
   * `reads` may be candidates.
   */
  decide(candidates: ArrayLike<number>, source: ValueSource, now: number): readonly number[] | undefined {
    this.#set.open(source, now);
    let holding: number[] | undefined;
    try {
      for (let i = 0; i < candidates.length; i++) {
        const candidate = candidates[i] as number;
        if (this.#set.test(candidate)) (holding ??= []).push(candidate);
      }
    } catch (error) {
      if (error instanceof Undecided) return undefined;
      throw error;
    }
    this.wasted += candidates.length - (holding?.length ?? 0);
    return holding ?? NONE;
  }
}

const NONE: readonly number[] = [];

/** A field whose values are read, or with `any` only whether there are some; undefined for what no path tells. */
type Read = { readonly field: FieldRef; readonly any: boolean } | undefined;

const valuesOf = (field: FieldRef): Read => ({ field, any: false });

const readsOf = byKind<Predicate, readonly Read[]>({
  and: (p, go) => p.args.flatMap((arg) => go(arg)),
  or: (p, go) => p.args.flatMap((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => [valuesOf(p.field)],
  exists: (p) => [{ field: p.field, any: true }],
  nested: () => [undefined],
  compute: (p) => occurrencesOf(p.expression).map(valuesOf),
});

function resolved(reads: readonly Read[], slots: ReadonlyMap<string, number>): Reads | undefined {
  const [values, presences] = [new Set<number>(), new Set<number>()];
  for (const read of reads) {
    const path = read?.field.path;
    const slot = typeof path === 'string' ? slots.get(path) : undefined;
    if (read === undefined || slot === undefined || (read.field.below === true && !read.any))
      return undefined;
    (read.any ? presences : values).add(slot);
  }
  return { values: [...values], presences: [...presences] };
}
