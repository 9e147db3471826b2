/** Whether one value passes a test (kql §4, eql §4). */
import type { Scalar } from '../../data/document.ts';
import { compareAddresses, inBlock, parseAddress, parseBlock } from '../../data/address.ts';
import { resolveBound } from '../../data/date-math.ts';
import { parseDate } from '../../data/date.ts';
import { fold, foldPattern } from '../../data/fold.ts';
import { matchesPattern } from '../../data/glob.ts';
import { regexpMatcher } from '../../data/lucene-regexp.ts';
import { compareNumbers, compareText, inOrder } from '../../data/order.ts';
import { booleanOf, numberOf, textOf } from '../../data/scalar.ts';
import { tokenize } from '../../data/tokens.ts';
import { byKind } from '../../plan/fold.ts';
import type { Test } from '../../plan/test.ts';
import type { Environment } from '../environment.ts';

export const testValue: (test: Test, value: Scalar, env: Environment) => boolean = byKind<
  Test,
  boolean,
  [Scalar, Environment]
>({
  present: () => true,
  text: (t, _, value) => t.oneOf.some((text) => fold(text, t.fold) === fold(textOf(value), t.fold)),
  pattern: (t, _, value) =>
    t.oneOf.some((pattern) => matchesPattern(foldPattern(pattern, t.fold), fold(textOf(value), t.fold))),
  regexp: (t, _, value) => t.oneOf.some((regexp) => regexpMatcher(regexp, t.fold)(textOf(value))),
  textOrder: (t, _, value) => inOrder(compareText(textOf(value), t.than), t.order),
  number: (t, _, value) => t.oneOf.some((text) => orderOf(value, text, t.strings) === 0),
  numberOrder: (t, _, value) => {
    const sign = orderOf(value, t.than, t.strings);
    return sign !== undefined && inOrder(sign, t.order);
  },
  boolean: (t, _, value) => booleanOf(value) === t.is,
  ip: (t, _, value) => {
    const address = parseAddress(textOf(value));
    if (address === undefined) return false;
    return t.blocks.some((text) => {
      const block = parseBlock(text);
      return block !== undefined && inBlock(address, block);
    });
  },
  ipOrder: (t, _, value) => {
    const [address, than] = [parseAddress(textOf(value)), parseAddress(t.than)];
    if (address === undefined || than === undefined) return false;
    return inOrder(compareAddresses(address, than), t.order);
  },
  dateOrder: (t, _, value, env) => {
    const [date, than] = [parseDate(value), resolveBound(t, env.now)];
    return date !== undefined && than !== undefined && inOrder(compareNumbers(date, than), t.order);
  },
  tokens: (t, _, value) => {
    const tokens = tokenize(textOf(value), t.analyzer);
    return t.mode === 'phrase'
      ? holdsPhrase(tokens, t.tokens)
      : t.tokens.some((token) => tokens.includes(token));
  },
  tokenPattern: (t, _, value) =>
    tokenize(textOf(value), t.analyzer).some((token) =>
      t.oneOf.some((pattern) => matchesPattern(pattern, token)),
    ),
  anyOf: (t, go, value, env) => t.tests.some((test) => go(test, value, env)),
  allOf: (t, go, value, env) => t.tests.every((test) => go(test, value, env)),
});

/** The sign of value minus number; undefined when the value is no number. */
function orderOf(value: Scalar, text: string, strings: 'coerce' | 'skip'): number | undefined {
  if (strings === 'skip' && typeof value === 'string') return undefined;
  const [number, than] = [numberOf(value), numberOf(text)];
  return number === undefined || than === undefined ? undefined : compareNumbers(number, than);
}

/** Whether the tokens stand side by side in this order; a phrase without tokens is held by nothing (kql §4.4). */
const holdsPhrase = (tokens: readonly string[], phrase: readonly string[]): boolean =>
  phrase.length > 0 &&
  tokens.some((_, start) => phrase.every((token, offset) => tokens[start + offset] === token));
