/**
 * Whether one event can fulfil two conditions, for warnings: it is better to warn in vain than not at all, so whatever
 * is not seen to be impossible is possible. Fields are taken to have one value, as nearly all have in one event;
 * otherwise no two conditions would ever exclude each other.
 */
import type { Scalar } from '../../data/document.ts';
import { testValue } from '../../exec/interpret/test.ts';
import { byKind, fieldKey } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { simplify } from '../../plan/rewrite.ts';
import type { Test } from '../../plan/test.ts';

/** A leaf, or with `holds: false` its negation. */
interface Literal {
  readonly leaf: Predicate;
  readonly holds: boolean;
}
type Conjunction = readonly Literal[];

/** No event fulfils both only if every pair of their alternatives contradicts itself. */
export function canOverlap(a: Predicate, b: Predicate): boolean {
  const others = alternatives(simplify(b), true);
  return alternatives(simplify(a), true).some((one) => others.some((other) => !contradict(one, other)));
}

/** Conditions with more alternatives are taken to be possible in any case. */
const MOST_ALTERNATIVES = 256;
const ANYTHING: readonly Conjunction[] = [[]];

/** The condition as alternatives, each a conjunction of leaves. */
const alternatives = byKind<Predicate, readonly Conjunction[], [boolean]>({
  and: (p, go, holds) =>
    joined(
      holds,
      p.args.map((arg) => go(arg, holds)),
    ),
  or: (p, go, holds) =>
    joined(
      !holds,
      p.args.map((arg) => go(arg, holds)),
    ),
  not: (p, go, holds) => go(p.arg, !holds),
  some: (leaf, _, holds) => [[{ leaf, holds }]],
  exists: (leaf, _, holds) => [[{ leaf, holds }]],
  nested: (leaf, _, holds) => [[{ leaf, holds }]],
  compute: (leaf, _, holds) => [[{ leaf, holds }]],
});

function joined(all: boolean, parts: readonly (readonly Conjunction[])[]): readonly Conjunction[] {
  const found = all ? product(parts) : parts.flat();
  return found.length > MOST_ALTERNATIVES ? ANYTHING : found;
}

/** Every choice of one alternative of each part; a part with which there are too many is left out. */
const product = (parts: readonly (readonly Conjunction[])[]): readonly Conjunction[] =>
  parts.reduce<readonly Conjunction[]>(
    (before, part) =>
      before.length * part.length > MOST_ALTERNATIVES
        ? before
        : before.flatMap((one) => part.map((other) => [...one, ...other])),
    ANYTHING,
  );

const contradict = (a: Conjunction, b: Conjunction): boolean =>
  a.some((one) => b.some((other) => excludes(one, other) || excludes(other, one)));

function excludes({ leaf, holds }: Literal, other: Literal): boolean {
  if (!holds) return false;
  if (other.holds) return leaf.kind === 'some' && other.leaf.kind === 'some' && differ(leaf, other.leaf);
  return JSON.stringify(simplify(leaf)) === JSON.stringify(simplify(other.leaf)) || implies(leaf, other.leaf);
}

type Some = Extract<Predicate, { kind: 'some' }>;

const isSameField = (a: Some, b: Some): boolean => fieldKey(a.field) === fieldKey(b.field);

/** No value passes both tests. */
function differ(a: Some, b: Some): boolean {
  if (!isSameField(a, b)) return false;
  const [ours, theirs] = [valuesOf(a.test), valuesOf(b.test)];
  if (ours?.values.some((value) => passes(b.test, value))) return false;
  if (theirs?.values.some((value) => passes(a.test, value))) return false;
  return ours?.exact === true || theirs?.exact === true || (ours !== undefined && theirs !== undefined);
}

/** Whatever makes the first leaf true makes the second one true. */
function implies(leaf: Predicate, other: Predicate): boolean {
  if (leaf.kind !== 'some') return false;
  if (other.kind === 'exists') return fieldKey(leaf.field) === fieldKey(other.field);
  if (other.kind !== 'some' || !isSameField(leaf, other)) return false;
  const ours = valuesOf(leaf.test);
  return ours?.exact === true && ours.values.every((value) => passes(other.test, value));
}

interface Values {
  readonly values: readonly Scalar[];
  /** Nothing else passes: not only another case of the same text. */
  readonly exact: boolean;
}

/** Values of which every value that passes is one, but perhaps for its case; undefined when there are too many. */
function valuesOf(test: Test): Values | undefined {
  switch (test.kind) {
    case 'text':
      return { values: test.oneOf, exact: test.fold === 'exact' };
    case 'number':
      return { values: test.oneOf.map(Number), exact: true };
    case 'boolean':
      return { values: [test.is], exact: true };
    case 'ip':
      return test.blocks.some((block) => block.includes('/'))
        ? undefined
        : { values: test.blocks, exact: true };
    case 'anyOf': {
      const parts = test.tests.map(valuesOf);
      if (!parts.every((part) => part !== undefined)) return undefined;
      return { values: parts.flatMap(({ values }) => values), exact: parts.every(({ exact }) => exact) };
    }
    default:
      return undefined;
  }
}

const passes = (test: Test, value: Scalar): boolean => testValue(test, value, { now: 0 });
