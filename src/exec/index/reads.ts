/** What a predicate reads of an event: which paths, and how much of the values there. */
import type { Pattern } from '../../data/pattern.ts';
import type { Expression } from '../../plan/expression.ts';
import { byKind } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Test } from '../../plan/test.ts';
import type { Needle } from './automaton.ts';
import { prior } from './prior.ts';
import type { TextWitness } from './witness.ts';
import { textsOfTest } from './witness.ts';

/** What a predicate reads: positions of paths, of those whose values it reads and those that it asks for any. */
export interface Reads {
  readonly values: readonly number[];
  /** Of the values' paths, those of which it only matters which values are empty texts. */
  readonly emptiness: readonly number[];
  /** Of the values' paths, those of which only some values matter, and which. Whether a text is empty may matter, too. */
  readonly sought: ReadonlyMap<number, Sought>;
  /** Of the values' paths, those of which it only matters whether values of these other paths begin with theirs. */
  readonly beginnings: ReadonlyMap<number, readonly number[]>;
  readonly presences: readonly number[];
  /** The answer also depends on the clock. */
  readonly clock: boolean;
}

/** A text that is none of these and holds none of the pieces, all in lower case, fails every test. */
export interface Sought {
  readonly texts: readonly string[];
  readonly pieces: readonly Needle[];
}

/** What is read of a field's values: all, only which are empty texts, those that are sought, or beginnings of another field's. */
type Part = 'all' | 'emptiness' | Sought | { readonly beginningOf: FieldRef };

/** With `presence` it is only asked whether there is any value; undefined for what no path tells. */
type Read = { readonly field: FieldRef; readonly part: Part | 'presence' } | undefined;

/** Of marks alone, as any text matches or any that is not empty: at most one mark is for a single character. */
function isWild(pattern: Pattern): boolean {
  const marks = pattern.map((part) => (typeof part === 'string' ? 'text' : part.any));
  const singles = marks.filter((mark) => mark === 'one').length;
  return marks.includes('many') && !marks.includes('text') && singles <= 1;
}

function partRead(test: Test, field: FieldRef): Part {
  if (test.kind === 'pattern' && test.oneOf.every(isWild)) return 'emptiness';
  const witnesses = textsOfTest(test, field, prior);
  return witnesses === undefined ? 'all' : soughtBy(witnesses);
}

const soughtBy = (witnesses: readonly TextWitness[]): Sought => ({
  texts: witnesses.flatMap((witness) => (witness.kind === 'text' ? witness.text : [])),
  pieces: witnesses.flatMap((witness) =>
    witness.kind === 'part' ? { text: witness.text, at: witness.at } : [],
  ),
});

const fieldsComputed = byKind<Expression, readonly Read[]>({
  literal: () => [],
  field: (e) => [{ field: e.field, part: 'all' }],
  call: (e, go) => {
    const [source, start] = e.args;
    if (e.name !== 'startsWith' || source?.kind !== 'field' || start?.kind !== 'field')
      return e.args.flatMap((arg) => go(arg));
    return [...go(source), { field: start.field, part: { beginningOf: source.field } }];
  },
  comparison: (e, go) => [...go(e.left), ...go(e.right)],
  passes: (e, go) => go(e.arg),
  isNull: (e, go) => go(e.arg),
  logic: (e, go) => e.args.flatMap((arg) => go(arg)),
});

const fieldsRead = byKind<Predicate, readonly Read[]>({
  and: (p, go) => p.args.flatMap((arg) => go(arg)),
  or: (p, go) => p.args.flatMap((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => [{ field: p.field, part: partRead(p.test, p.field) }],
  exists: (p) => [{ field: p.field, part: 'presence' }],
  nested: () => [undefined],
  compute: (p) => fieldsComputed(p.expression),
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

/** Undefined for a predicate that needs the document. `slots` are the positions of paths. */
export function readsOf(predicate: Predicate, slots: ReadonlyMap<string, number>): Reads | undefined {
  const presences = new Set<number>();
  const parts = new Map<number, Part[]>();
  for (const read of fieldsRead(predicate)) {
    const path = read?.field.path;
    const slot = typeof path === 'string' ? slots.get(path) : undefined;
    if (read === undefined || slot === undefined) return undefined;
    if (read.part === 'presence') presences.add(slot);
    else if (read.field.below === true) return undefined;
    else parts.set(slot, [...(parts.get(slot) ?? []), read.part]);
  }
  const slotOf = ({ path }: FieldRef): number => slots.get(String(path)) as number;
  const of = <T>(choose: (all: readonly Part[]) => T | undefined): Map<number, T> =>
    new Map([...parts].flatMap(([slot, all]) => entryOf(slot, choose(all))));
  return {
    values: [...parts.keys()],
    emptiness: [...of((all) => all.every((part) => part === 'emptiness') || undefined).keys()],
    sought: of(soughtTogether),
    beginnings: of((all) => beginningsTogether(all)?.map(slotOf)),
    presences: [...presences],
    clock: readsClock(predicate),
  };
}

const entryOf = <T>(slot: number, value: T | undefined): (readonly [number, T])[] =>
  value === undefined ? [] : [[slot, value]];

const isSought = (part: Part): part is Sought => typeof part === 'object' && 'texts' in part;

/** Undefined, as below, where there is none, or something else matters, too. */
function soughtTogether(parts: readonly Part[]): Sought | undefined {
  const sought = parts.filter(isSought);
  if (sought.length === 0 || !parts.every((part) => part === 'emptiness' || isSought(part))) return undefined;
  return {
    texts: [...new Set(sought.flatMap(({ texts }) => texts))],
    pieces: sought.flatMap(({ pieces }) => pieces),
  };
}

function beginningsTogether(parts: readonly Part[]): readonly FieldRef[] | undefined {
  const of = parts.flatMap((part) =>
    typeof part === 'object' && 'beginningOf' in part ? [part.beginningOf] : [],
  );
  const isAlone = parts.every(
    (part) => part === 'emptiness' || (typeof part === 'object' && 'beginningOf' in part),
  );
  return of.length > 0 && isAlone ? of : undefined;
}
