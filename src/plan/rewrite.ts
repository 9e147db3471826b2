/**
 * Rewrites that change no answer, for whoever runs a predicate: the written form stays for explanations, as rewriting
 * loses spans. `simplify` opens `and` in `and` and `or` in `or`, drops double negation and constants, and turns
 * `f:a or f:b` into one test with a list. Only `or` merges: with several values, `f:a and f:b` asks for both.
 */
import { byKind, fieldKey } from './fold.ts';
import type { Predicate } from './predicate.ts';
import type { Test } from './test.ts';

export const TRUE: Predicate = { kind: 'and', args: [] };
export const FALSE: Predicate = { kind: 'or', args: [] };

const isTrue = (p: Predicate): boolean => p.kind === 'and' && p.args.length === 0;
const isFalse = (p: Predicate): boolean => p.kind === 'or' && p.args.length === 0;

/** An equal predicate that is cheaper to run. */
export const simplify = byKind<Predicate, Predicate>({
  and: (p, go) =>
    join(
      'and',
      p.args.map((arg) => go(arg)),
    ),
  or: (p, go) =>
    join(
      'or',
      p.args.map((arg) => go(arg)),
    ),
  not: (p, go) => negate(go(p.arg)),
  some: (p) => ({ kind: 'some', field: p.field, test: anyOf([p.test]) }),
  exists: (p) => ({ kind: 'exists', field: p.field }),
  nested: (p, go) => ({ kind: 'nested', path: p.path, arg: go(p.arg) }),
  compute: (p) => ({ kind: 'compute', expression: p.expression }),
});

function negate(arg: Predicate): Predicate {
  if (arg.kind === 'not') return arg.arg;
  if (isTrue(arg)) return FALSE;
  return isFalse(arg) ? TRUE : { kind: 'not', arg };
}

function join(kind: 'and' | 'or', args: readonly Predicate[]): Predicate {
  const opened = args.flatMap((arg) => (arg.kind === kind ? arg.args : [arg]));
  const decisive = opened.find(kind === 'and' ? isFalse : isTrue);
  if (decisive !== undefined) return decisive;
  const merged = kind === 'or' ? mergeLeaves(opened) : opened;
  const [only] = merged;
  return merged.length === 1 && only !== undefined ? only : { kind, args: merged };
}

/** The members of an `or`, with the leaves over one field as one leaf, at the place of the first. */
function mergeLeaves(members: readonly Predicate[]): Predicate[] {
  const groups = groupBy(members, (member, position) =>
    member.kind === 'some' ? fieldKey(member.field) : String(position),
  );
  return groups.flatMap((group) => {
    const leaves = group.filter((member) => member.kind === 'some');
    const [first] = leaves;
    if (first === undefined) return group;
    return [{ kind: 'some', field: first.field, test: anyOf(leaves.map((leaf) => leaf.test)) }];
  });
}

/** One test for several, those of one kind merged into one list. */
function anyOf(tests: readonly Test[]): Test {
  const opened = tests.flatMap(alternatives);
  const [alone] = opened;
  if (opened.length === 1 && alone !== undefined) return alone;
  const groups = groupBy(opened, (test, position) => listOf(test)?.way ?? String(position));
  const merged = groups.flatMap(union);
  const [only] = merged;
  return merged.length === 1 && only !== undefined ? only : { kind: 'anyOf', tests: merged };
}

const alternatives = (test: Test): readonly Test[] =>
  test.kind === 'anyOf' ? test.tests.flatMap(alternatives) : [test];

/** One test for tests with one `way`. */
function union(group: readonly Test[]): readonly Test[] {
  const [first] = group;
  const list = first === undefined ? undefined : listOf(first);
  if (list === undefined || group.length === 1) return group;
  return [list.rebuild(group.flatMap((test) => listOf(test)?.items ?? []))];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T, position: number) => string): T[][] {
  const groups = new Map<string, T[]>();
  items.forEach((item, position) => {
    const key = keyOf(item, position);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  });
  return [...groups.values()];
}

/** A test that asks for any member of a list: tests with one `way` differ in their lists only. */
interface ListTest {
  readonly way: string;
  readonly items: readonly unknown[];
  rebuild(items: readonly unknown[]): Test;
}

const list = <I>(way: string, items: readonly I[], build: (items: readonly I[]) => Test): ListTest => ({
  way,
  items,
  rebuild: (all) => build(all as readonly I[]),
});
const single = (): undefined => undefined;

const listOf = byKind<Test, ListTest | undefined>({
  present: single,
  text: (t) => list(`text ${t.fold}`, t.oneOf, (oneOf) => ({ ...t, oneOf })),
  pattern: (t) => list(`pattern ${t.fold}`, t.oneOf, (oneOf) => ({ ...t, oneOf })),
  regexp: (t) => list(`regexp ${t.fold}`, t.oneOf, (oneOf) => ({ ...t, oneOf })),
  textOrder: single,
  number: (t) => list(`number ${t.strings}`, t.oneOf, (oneOf) => ({ ...t, oneOf })),
  numberOrder: single,
  boolean: single,
  ip: (t) => list('ip', t.blocks, (blocks) => ({ ...t, blocks })),
  ipOrder: single,
  dateOrder: single,
  tokens: (t) =>
    t.mode === 'any' ? list(`tokens ${t.analyzer}`, t.tokens, (tokens) => ({ ...t, tokens })) : undefined,
  tokenPattern: (t) => list(`tokenPattern ${t.analyzer}`, t.oneOf, (oneOf) => ({ ...t, oneOf })),
  anyOf: single,
  allOf: single,
});
