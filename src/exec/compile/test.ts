/** A test over one column: everything that does not depend on the event is settled here, once. */
import type { Order } from '../../data/fold.ts';
import type { Pattern } from '../../data/pattern.ts';
import { compareAddresses, inBlock, parseAddress, parseBlock } from '../../data/address.ts';
import { resolveBound } from '../../data/date-math.ts';
import { fold, foldPattern } from '../../data/fold.ts';
import { globMatcher } from '../../data/glob.ts';
import { regexpMatcher } from '../../data/lucene-regexp.ts';
import { compareNumbers, compareText, inOrder } from '../../data/order.ts';
import { literalOf } from '../../data/pattern.ts';
import { booleanOf, numberOf } from '../../data/scalar.ts';
import { byKind } from '../../plan/fold.ts';
import type { Test } from '../../plan/test.ts';
import type { Environment } from '../environment.ts';
import type { Column, Readings } from './columns.ts';

/** Whether the value at a position of the column passes. */
export type ValueTest = (position: number) => boolean;

/** `env` is read when the test runs: its clock is that of the current event. */
export const compileTest: (test: Test, readings: Readings, env: Environment) => ValueTest = byKind<
  Test,
  ValueTest,
  [Readings, Environment]
>({
  present: () => () => true,
  text: (t, _, readings) =>
    oneOfTexts(
      t.oneOf.map((text) => fold(text, t.fold)),
      readings.text(t.fold),
    ),
  pattern: (t, _, readings) =>
    onText(readings.text(t.fold), patternsMatcher(t.oneOf.map((pattern) => foldPattern(pattern, t.fold)))),
  regexp: (t, _, readings) =>
    onText(
      readings.text('exact'),
      remembering(whenAsked(() => anyMatcher(t.oneOf.map((text) => regexpMatcher(text, t.fold))))),
    ),
  textOrder: (t, _, readings) =>
    onText(readings.text('exact'), (text) => inOrder(compareText(text, t.than), t.order)),
  number: (t, _, readings) => {
    const numbers = t.oneOf.map(parsed).filter((number) => number !== undefined);
    return onParsed(readings.number(t.strings), (value) =>
      numbers.some((number) => compareNumbers(value, number) === 0),
    );
  },
  numberOrder: (t, _, readings) =>
    ordered(readings.number(t.strings), parsed(t.than), compareNumbers, t.order),
  boolean:
    (t, _, { values }) =>
    (position) =>
      booleanOf(values.at(position)) === t.is,
  ip: (t, _, readings) => {
    const blocks = t.blocks.map(parseBlock).filter((block) => block !== undefined);
    return onParsed(readings.address(), (address) => blocks.some((block) => inBlock(address, block)));
  },
  ipOrder: (t, _, readings) => ordered(readings.address(), parseAddress(t.than), compareAddresses, t.order),
  dateOrder: (t, _, readings, env) => {
    const bound = rememberingLast((now) => resolveBound(t, now));
    return onParsed(readings.date(), (date) => {
      const than = bound(env.now);
      return than !== undefined && inOrder(compareNumbers(date, than), t.order);
    });
  },
  tokens: (t, _, readings) => {
    const tokens = readings.tokens(t.analyzer);
    if (t.mode === 'phrase') return (position) => holdsPhrase(tokens.at(position), t.tokens);
    const wanted = new Set(t.tokens);
    return (position) => tokens.at(position).some((token) => wanted.has(token));
  },
  tokenPattern: (t, _, readings) => {
    const tokens = readings.tokens(t.analyzer);
    const matches = patternsMatcher(t.oneOf);
    return (position) => tokens.at(position).some(matches);
  },
  anyOf: (t, go, readings, env) => {
    const tests = t.tests.map((test) => go(test, readings, env));
    return (position) => tests.some((test) => test(position));
  },
  allOf: (t, go, readings, env) => {
    const tests = t.tests.map((test) => go(test, readings, env));
    return (position) => tests.every((test) => test(position));
  },
});

const parsed = (text: string): number | bigint | undefined => numberOf(text);

function oneOfTexts(texts: readonly string[], column: Column<string>): ValueTest {
  const [only] = texts;
  if (texts.length === 1) return (position) => column.at(position) === only;
  const wanted = new Set(texts);
  return (position) => wanted.has(column.at(position));
}

const onText =
  (column: Column<string>, matches: (text: string) => boolean): ValueTest =>
  (position) =>
    matches(column.at(position));

/** False for values that the column could not read. */
const onParsed =
  <T>(column: Column<T | undefined>, holds: (value: T) => boolean): ValueTest =>
  (position) => {
    const value = column.at(position);
    return value !== undefined && holds(value);
  };

function ordered<T>(
  column: Column<T | undefined>,
  than: T | undefined,
  comparison: (a: T, b: T) => number,
  order: Order,
): ValueTest {
  if (than === undefined) return () => false;
  return onParsed(column, (value) => inOrder(comparison(value, than), order));
}

/** From so many patterns on, remembering an answer costs less than finding it again. */
const MANY_PATTERNS = 8;

/** Patterns without marks are looked up, the others tried one by one. */
function patternsMatcher(patterns: readonly Pattern[]): (text: string) => boolean {
  const literals = new Set(patterns.map(literalOf).filter((literal) => literal !== undefined));
  const globs = patterns.filter((pattern) => literalOf(pattern) === undefined).map(globMatcher);
  const anyGlob = globs.length < MANY_PATTERNS ? anyMatcher(globs) : remembering(anyMatcher(globs));
  return literals.size === 0 ? anyGlob : (text) => literals.has(text) || anyGlob(text);
}

/** Texts whose answer is remembered, and the longest of them: memory must not grow with the input. */
const MAX_REMEMBERED = 256;
const LONGEST_REMEMBERED = 256;

/** Values repeat from event to event. */
function remembering(matches: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>();
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) return matches(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    const answer = matches(text);
    answers.set(text, answer);
    return answer;
  };
}

function anyMatcher(matchers: readonly ((text: string) => boolean)[]): (text: string) => boolean {
  const [only] = matchers;
  if (matchers.length === 1 && only !== undefined) return only;
  return (text) => matchers.some((matches) => matches(text));
}

/** The same, made when a text is tested first: most expressions of an index are never asked. */
function whenAsked(make: () => (text: string) => boolean): (text: string) => boolean {
  let made: ((text: string) => boolean) | undefined;
  return (text) => (made ??= make())(text);
}

/** Whether the tokens stand side by side in this order; a phrase without tokens is held by nothing (kql §4.4). */
function holdsPhrase(tokens: readonly string[], phrase: readonly string[]): boolean {
  const [first] = phrase;
  if (first === undefined) return false;
  for (let at = tokens.indexOf(first); at !== -1; at = tokens.indexOf(first, at + 1)) {
    if (phrase.every((token, offset) => tokens[at + offset] === token)) return true;
  }
  return false;
}

/** Asks again only when the moment is another one. */
function rememberingLast<T>(compute: (now: number) => T): (now: number) => T {
  let last: number | undefined;
  let answer: T;
  return (now) => {
    if (now !== last) {
      answer = compute(now);
      last = now;
    }
    return answer;
  };
}
