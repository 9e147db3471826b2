/**
 * Decides predicates on values that were read from bytes, without a document. It is for predicates that read nothing but
 * values at plain paths, and whether there are any: those of nested objects, of patterns of names and of flattened
 * fields need the document.
 */
import type { ValueSource } from '../compile/columns.ts';
import type { CompiledSet } from '../compile/index.ts';
import { Undecided } from '../undecided.ts';
import type { Reads } from './reads.ts';
import { readsOf } from './reads.ts';

export class Decider {
  readonly #set: CompiledSet;
  readonly #slots: ReadonlyMap<string, number>;
  /** Of those that were asked for: few ever are. */
  readonly #reads = new Map<number, Reads | undefined>();
  /** Candidates so far that did not hold. */
  wasted = 0;

  /** Sources of values know fields by the positions of their paths. */
  constructor(set: CompiledSet, paths: readonly string[]) {
    this.#set = set;
    this.#slots = new Map(paths.map((path, slot) => [path, slot]));
    for (const [path, slot] of this.#slots) set.fields.bind(path, slot);
  }

  /** What the predicate with this number reads; undefined when it needs the document. */
  reads(number: number): Reads | undefined {
    if (this.#reads.has(number)) return this.#reads.get(number);
    const predicate = this.#set.predicates[number];
    const reads = predicate && readsOf(predicate, this.#slots);
    this.#reads.set(number, reads);
    return reads;
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

  /** Candidates whose outcome was known for so many events count as tried. */
  countKnown(candidates: ArrayLike<number>, events: number): void {
    const { tried } = this.#set;
    for (let i = 0; i < candidates.length; i++) tried[candidates[i] as number]! += events;
  }
}

const NONE: readonly number[] = [];
