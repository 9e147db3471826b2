/**
 * Decides predicates on values that were read from bytes, without a document. It is for predicates that read nothing but
 * values at plain paths, and whether there are any: those of nested objects, of patterns of names and of flattened
 * fields need the document.
 */
import type { ValueSource } from '../compile/columns.ts';
import type { CompiledSet } from '../compile/index.ts';
import type { Pattern } from '../../data/pattern.ts';
import { byKind, occurrencesOf } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Expression } from '../../plan/expression.ts';
import type { Test } from '../../plan/test.ts';
import { Undecided } from '../undecided.ts';

/** What a predicate reads: positions of paths, of those whose values it reads and those that it asks for any. */
export interface Reads {
  readonly values: readonly number[];
  /** Of the values' paths, those of which it only matters which values are empty texts. */
  readonly emptiness: readonly number[];
  readonly presences: readonly number[];
  /** The answer also depends on the clock. */
  readonly clock: boolean;
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
    this.#reads = predicates.map((predicate) => resolved(predicate, slots));
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

  /** Candidates whose outcome was known for so many events count as tried. */
  countKnown(candidates: ArrayLike<number>, events: number): void {
    const { tried } = this.#set;
    for (let i = 0; i < candidates.length; i++) tried[candidates[i] as number]! += events;
  }
}

const NONE: readonly number[] = [];

/**
 * A field whose values are read, or only which of them are empty texts, or with `any` only whether there are some;
 * undefined for what no path tells.
 */
type Read = { readonly field: FieldRef; readonly any: boolean; readonly emptiness: boolean } | undefined;

const valuesOf = (field: FieldRef): Read => ({ field, any: false, emptiness: false });

/** Of marks alone, as any text matches or any that is not empty: at most one mark is for a single character. */
function isWild(pattern: Pattern): boolean {
  const marks = pattern.map((part) => (typeof part === 'string' ? 'text' : part.any));
  const singles = marks.filter((mark) => mark === 'one').length;
  return marks.includes('many') && !marks.includes('text') && singles <= 1;
}

const readsEmptiness = (test: Test): boolean => test.kind === 'pattern' && test.oneOf.every(isWild);

const readsOf = byKind<Predicate, readonly Read[]>({
  and: (p, go) => p.args.flatMap((arg) => go(arg)),
  or: (p, go) => p.args.flatMap((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => [{ field: p.field, any: false, emptiness: readsEmptiness(p.test) }],
  exists: (p) => [{ field: p.field, any: true, emptiness: false }],
  nested: () => [undefined],
  compute: (p) => occurrencesOf(p.expression).map(valuesOf),
});

const testReadsClock = byKind<Test, boolean>({
  present: () => false,
  text: () => false,
  pattern: () => false,
  regexp: () => false,
  textOrder: () => false,
  number: () => false,
  numberOrder: () => false,
  boolean: () => false,
  ip: () => false,
  ipOrder: () => false,
  dateOrder: () => true,
  tokens: () => false,
  tokenPattern: () => false,
  anyOf: (t, go) => t.tests.some((test) => go(test)),
  allOf: (t, go) => t.tests.some((test) => go(test)),
});

const expressionReadsClock = byKind<Expression, boolean>({
  literal: () => false,
  field: () => false,
  call: (e, go) => e.args.some((arg) => go(arg)),
  comparison: (e, go) => go(e.left) || go(e.right),
  passes: (e, go) => testReadsClock(e.test) || go(e.arg),
  isNull: (e, go) => go(e.arg),
  logic: (e, go) => e.args.some((arg) => go(arg)),
});

const readsClock = byKind<Predicate, boolean>({
  and: (p, go) => p.args.some((arg) => go(arg)),
  or: (p, go) => p.args.some((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => testReadsClock(p.test),
  exists: () => false,
  nested: (p, go) => go(p.arg),
  compute: (p) => expressionReadsClock(p.expression),
});

function resolved(predicate: Predicate, slots: ReadonlyMap<string, number>): Reads | undefined {
  const [values, whole, presences] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const read of readsOf(predicate)) {
    const path = read?.field.path;
    const slot = typeof path === 'string' ? slots.get(path) : undefined;
    if (read === undefined || slot === undefined || (read.field.below === true && !read.any))
      return undefined;
    (read.any ? presences : values).add(slot);
    if (!read.any && !read.emptiness) whole.add(slot);
  }
  return {
    values: [...values],
    emptiness: [...values].filter((slot) => !whole.has(slot)),
    presences: [...presences],
    clock: readsClock(predicate),
  };
}
