/** What a test asks for, in words that follow "wanted". */
import type { Fold, Order } from '../../data/fold.ts';
import { patternText } from '../../data/pattern.ts';
import { byKind } from '../../plan/fold.ts';
import type { Test } from '../../plan/test.ts';

const MOST_LISTED = 5;

/** `"a", "b" or "c"`, with the rest counted when there are many. */
function either(items: readonly string[]): string {
  if (items.length > MOST_LISTED)
    return `${items.slice(0, MOST_LISTED).join(', ')} or ${items.length - MOST_LISTED} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

const quotedEither = (texts: readonly string[]): string => either(texts.map((text) => JSON.stringify(text)));

const foldWords: Readonly<Record<Fold, string>> = {
  exact: '',
  ascii: ', in any case',
  lower: ', in any case',
};
const sizeWords: Readonly<Record<Order, string>> = {
  lt: 'less than',
  lte: 'at most',
  gt: 'greater than',
  gte: 'at least',
};
const placeWords: Readonly<Record<Order, string>> = {
  lt: 'before',
  lte: 'not after',
  gt: 'after',
  gte: 'not before',
};

export const wantedByTest = byKind<Test, string>({
  present: () => 'any value',
  text: (t) => quotedEither(t.oneOf) + foldWords[t.fold],
  pattern: (t) => `text like ${quotedEither(t.oneOf.map(patternText))}${foldWords[t.fold]}`,
  regexp: (t) => `text that matches ${either(t.oneOf.map((text) => `/${text}/`))}${foldWords[t.fold]}`,
  textOrder: (t) => `text that sorts ${placeWords[t.order]} ${JSON.stringify(t.than)}`,
  number: (t) => `the number ${either(t.oneOf)}`,
  numberOrder: (t) => `a number ${sizeWords[t.order]} ${t.than}`,
  boolean: (t) => String(t.is),
  ip: (t) => `an address in ${either(t.blocks)}`,
  ipOrder: (t) => `an address ${placeWords[t.order]} ${t.than}`,
  dateOrder: (t) => `a date ${placeWords[t.order]} ${t.than}`,
  tokens: (t) =>
    t.mode === 'any'
      ? `the word ${quotedEither(t.tokens)}`
      : `the words ${JSON.stringify(t.tokens.join(' '))} in a row`,
  tokenPattern: (t) => `a word like ${quotedEither(t.oneOf.map(patternText))}`,
  anyOf: (t, go) => t.tests.map((test) => go(test)).join(', or '),
  allOf: (t, go) => t.tests.map((test) => go(test)).join(', and '),
});
