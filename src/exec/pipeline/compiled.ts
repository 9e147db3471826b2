/**
 * Row expressions computed fast: constants are settled when the query is prepared, members of lists are looked up, texts
 * that come again are not matched again, searches in the event share one reading of it. The answers and what is counted
 * on the way are those of `expression.ts`, which also has every kind that is not here.
 */
import { isMulti } from '../../data/atom.ts';
import type { Atom, ColumnValue } from '../../data/column.ts';
import { globMatcher } from '../../data/glob.ts';
import { literalOf } from '../../data/pattern.ts';
import { byKind } from '../../plan/fold.ts';
import type { Compare, Like, OneOf, RowExpression } from '../../plan/row.ts';
import { compileSet } from '../compile/index.ts';
import type { TextTest } from './expression.ts';
import { boundedMatcher, constantsOf, invoked, obvious, textTest } from './expression.ts';
import type { Evaluator, Layout, RowCall } from './row.ts';
import { single } from './row.ts';

export const compiled: Evaluator = byKind<RowExpression, RowCall, [Layout]>({
  ...obvious,
  compare: (e, go, layout) => equalToConstant(e, go, layout) ?? obvious.compare(e, go, layout),
  in: (e, go, layout) => amongConstants(e, go, layout) ?? obvious.in(e, go, layout),
  like: (e, go, layout) => textTest(go(e.arg, layout), [patternsMatcher(e)]),
  rlike: (e, go, layout) => textTest(go(e.arg, layout), [remembering(anyOf(e.patterns.map(boundedMatcher)))]),
  and: (e, go, layout) =>
    decided(
      e.args.map((arg) => go(arg, layout)),
      false,
    ),
  or: (e, go, layout) =>
    decided(
      e.args.map((arg) => go(arg, layout)),
      true,
    ),
  call: (e, go, layout) => {
    const args = e.args.map((arg) => go(arg, layout));
    const [only] = args;
    const { apply, isStrict } = invoked(e);
    if (args.length !== 1 || only === undefined || !isStrict) return obvious.call(e, go, layout);
    return (row, context) => {
      const value = only(row, context);
      return value === null ? null : apply([value], context);
    };
  },
  document: ({ where }) => {
    const set = compileSet([where]);
    return ({ event }, { now }) => {
      if (event === undefined) return false;
      set.load(event.document, now);
      return set.test(0);
    };
  },
});

type Go = (child: RowExpression, layout: Layout) => RowCall;

/** One side is a constant that `===` compares rightly. */
function equalToConstant({ op, left, right }: Compare, go: Go, layout: Layout): RowCall | undefined {
  if (op !== 'eq' && op !== 'neq') return undefined;
  const [constant, other] = right.kind === 'constant' ? [right, left] : [left, right];
  const wanted = plainConstant(constant);
  if (wanted === undefined) return undefined;
  const call = go(other, layout);
  const onEqual = op === 'eq';
  return (row, context) => {
    const value = call(row, context);
    if (value === wanted) return onEqual;
    return single(value, context) === null ? null : !onEqual;
  };
}

/** Undefined for what is no constant, null, several values, or an object. */
function plainConstant(expression: RowExpression): Atom | undefined {
  const value = expression.kind === 'constant' ? constantsOf(expression) : undefined;
  return value === undefined || value === null || typeof value === 'object' ? undefined : value;
}

function amongConstants({ arg, list }: OneOf, go: Go, layout: Layout): RowCall | undefined {
  const members = list.map(plainConstant);
  if (members.includes(undefined)) return undefined;
  const wanted = new Set<ColumnValue | undefined>(members);
  const call = go(arg, layout);
  return (row, context) => {
    const value = call(row, context);
    if (wanted.has(value)) return true;
    return single(value, context) === null ? null : false;
  };
}

/** Kleene's `and` (decided by false) and `or` (decided by true). */
function decided(args: readonly RowCall[], by: boolean): RowCall {
  return (row, context) => {
    let isUnknown = false;
    for (let i = 0; i < args.length; i++) {
      const value = (args[i] as RowCall)(row, context);
      if (value === by) return by;
      if (value === null) isUnknown = true;
      else if (isMulti(value) && single(value, context) === null) isUnknown = true;
    }
    return isUnknown ? null : !by;
  };
}

/** Patterns without marks are looked up. */
function patternsMatcher({ patterns }: Like): TextTest {
  const literals = new Set(patterns.map(literalOf).filter((literal) => literal !== undefined));
  const globs = patterns.filter((pattern) => literalOf(pattern) === undefined).map(globMatcher);
  const anyGlob = anyOf(globs);
  return literals.size === 0 ? anyGlob : (text) => literals.has(text) || anyGlob(text);
}

function anyOf(tests: readonly TextTest[]): TextTest {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return (text) => {
    let answer: boolean | undefined = false;
    for (const test of tests) {
      const one = test(text);
      if (one === true) return true;
      if (one === undefined) answer = undefined;
    }
    return answer;
  };
}

/** Texts whose answer is remembered, and the longest of them: memory must not grow with the input. */
const MAX_REMEMBERED = 256;
const LONGEST_REMEMBERED = 256;

function remembering(test: TextTest): TextTest {
  const answers = new Map<string, boolean>();
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return test(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    const answer = test(text);
    if (answer !== undefined) answers.set(text, answer);
    return answer;
  };
}
