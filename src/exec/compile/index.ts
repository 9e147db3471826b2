/**
 * Predicates compiled together: they share one extraction of fields, one reading of each value and one closure for each
 * leaf that several of them have. The answers are those of `exec/interpret`, event for event.
 */
import type { JsonObject } from '../../data/document.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { simplify } from '../../plan/rewrite.ts';
import type { ValueSource } from './columns.ts';
import type { Fields } from './fields.ts';
import type { Condition } from './predicate.ts';
import { askFields, Compiler } from './predicate.ts';

export class CompiledSet {
  /** What the predicates read: for an index over the same events. */
  readonly fields: Fields;
  /** As they are run, by their numbers. */
  readonly predicates: readonly Predicate[];
  readonly #compiler = new Compiler();
  /** Made when they are first asked: of thousands of rules an index leaves few that ever are. */
  readonly #conditions: (Condition | undefined)[];
  /** For each predicate, how often it was asked. */
  readonly tried: Uint32Array;

  constructor(predicates: readonly Predicate[]) {
    this.fields = this.#compiler.fields;
    this.tried = new Uint32Array(predicates.length);
    this.predicates = predicates.map((predicate) => simplify(predicate));
    this.#conditions = this.predicates.map(() => undefined);
    for (const predicate of this.predicates) askFields(predicate, this.fields);
  }

  /** Makes a document the current event; `now` is the clock for date maths, in milliseconds since the epoch. */
  load(document: JsonObject, now: number): void {
    this.#compiler.env.now = now;
    this.fields.load(document);
  }

  /** The same with an event that has no document: its values come from the source. */
  open(source: ValueSource, now: number): void {
    this.#compiler.env.now = now;
    this.fields.open(source);
  }

  /**
   * Whether the current event satisfies the predicate with this number, counted from 0.
   * @throws {Undecided} when that would go over a limit and the answer depends on it.
   */
  test(predicate: number): boolean {
    const condition = this.#conditions[predicate] ?? this.#compile(predicate);
    this.tried[predicate]!++;
    return condition();
  }

  #compile(number: number): Condition {
    const predicate = this.predicates[number];
    if (predicate === undefined) throw new RangeError(`There is no predicate ${number}.`);
    return (this.#conditions[number] = this.#compiler.compile(predicate));
  }
}

/** Resolves what does not depend on an event: fields now, conditions when they are first asked. */
export const compileSet = (predicates: readonly Predicate[]): CompiledSet => new CompiledSet(predicates);
