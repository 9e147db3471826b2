/**
 * What one leaf of KQL, Lucene or a Kibana filter means, by the type of its field (kql §4): one row for each type,
 * one column for each thing that can be asked. Elasticsearch fails a search where a row says `refused`; a leaf that is
 * refused is false here, and the language says so when it compiles (kql §5.4).
 */
import { parseAddress, parseBlock } from '../../data/address.ts';
import { dateBounds, isDateExpression } from '../../data/date-math.ts';
import type { Analyzer, FieldInfo, FieldType } from '../../data/field-type.ts';
import type { Fold, Order } from '../../data/fold.ts';
import type { Pattern } from '../../data/pattern.ts';
import { numberOf } from '../../data/scalar.ts';
import { tokenize } from '../../data/tokens.ts';
import type { Test } from '../../plan/test.ts';
import { wordPatterns } from './word-pattern.ts';

/** The whole value, or for analysed text any of its words, or with `phrase` all of them side by side. */
interface AskValue {
  readonly kind: 'value';
  readonly text: string;
  readonly phrase: boolean;
  readonly fold?: Fold;
}

/** A wildcard over the whole value, or for analysed text over one word. */
interface AskPattern {
  readonly kind: 'pattern';
  readonly pattern: Pattern;
  readonly fold?: Fold;
  /** On analysed text white space separates alternatives, as KQL sends them (kql §4.4). */
  readonly split?: true;
}

export interface Bound {
  readonly order: Order;
  readonly than: string;
}

/** Every bound holds for one value. */
interface AskRange {
  readonly kind: 'range';
  readonly bounds: readonly Bound[];
}

/** A regular expression in Lucene's syntax over the whole value. */
interface AskRegexp {
  readonly kind: 'regexp';
  readonly expression: string;
  readonly fold?: Fold;
}

export type Ask = AskValue | AskPattern | AskRange | AskRegexp;

/** `undefined`: a question that no value can answer with yes. */
export type LeafTest = Test | undefined | Refused;

export interface Refused {
  readonly kind: 'refused';
  /** The part of the question that the type cannot answer; or Elasticsearch can, and Winnow cannot. */
  readonly what: 'value' | 'pattern' | 'range' | 'regexp' | 'unsupported';
  /** `"http" is no number`: what is wrong, for a message. */
  readonly because: string;
}

/** The test that an ask becomes on a field. */
export function leafTest(field: FieldInfo, ask: Ask): LeafTest {
  const row = rows[field.type];
  switch (ask.kind) {
    case 'value':
      return row.value(ask, field);
    case 'pattern':
      return row.pattern(ask, field);
    case 'range':
      return row.range(ask, field);
    case 'regexp':
      return row.regexp(ask, field);
  }
}

interface Row {
  value(ask: AskValue, field: FieldInfo): LeafTest;
  pattern(ask: AskPattern, field: FieldInfo): LeafTest;
  range(ask: AskRange, field: FieldInfo): LeafTest;
  regexp(ask: AskRegexp, field: FieldInfo): LeafTest;
}

const refused = (what: Refused['what'], because: string): Refused => ({ kind: 'refused', what, because });
const noPattern = (_: AskPattern, field: FieldInfo): Refused =>
  refused('pattern', `a wildcard means nothing on a field of type ${field.type}`);
const noRange = (_: AskRange, field: FieldInfo): Refused =>
  refused('range', `a field of type ${field.type} has no order`);
const noRegexp = (_: AskRegexp, field: FieldInfo): Refused =>
  refused('regexp', `a regular expression means nothing on a field of type ${field.type}`);

const foldOf = (ask: { readonly fold?: Fold }, field: FieldInfo): Fold =>
  field.lowercase ? 'lower' : (ask.fold ?? 'exact');

const text = (ask: AskValue, field: FieldInfo): Test => ({
  kind: 'text',
  oneOf: [ask.text],
  fold: foldOf(ask, field),
});

const keyword: Row = {
  value: text,
  pattern: (ask, field) => ({ kind: 'pattern', oneOf: [ask.pattern], fold: foldOf(ask, field) }),
  range: ({ bounds }) => every(bounds.map((bound) => ({ kind: 'textOrder', ...bound }))),
  regexp: (ask, field) => ({ kind: 'regexp', oneOf: [ask.expression], fold: foldOf(ask, field) }),
};

const unsupported = (question: string) => (): Refused =>
  refused('unsupported', `${question} is not supported`);

const analyzerOf = (field: FieldInfo): Analyzer => field.analyzer ?? 'standard';

const analysed: Row = {
  value: (ask, field) => {
    const analyzer = analyzerOf(field);
    const tokens = tokenize(ask.text, analyzer);
    return tokens.length === 0
      ? undefined
      : { kind: 'tokens', analyzer, mode: ask.phrase ? 'phrase' : 'any', tokens };
  },
  pattern: (ask, field) => any(wordPatterns(ask.pattern, analyzerOf(field), ask.split === true)),
  range: unsupported('a range over the words of an analysed field'),
  regexp: unsupported('a regular expression over the words of an analysed field'),
};

const numeric = (whole: boolean): Row => ({
  value: (ask) => {
    const number = numberOf(ask.text);
    if (number === undefined) return notOf(ask.text, 'number');
    if (whole && !Number.isInteger(Number(number))) return undefined;
    return { kind: 'number', oneOf: [ask.text.trim()], strings: 'coerce' };
  },
  pattern: noPattern,
  range: ({ bounds }) =>
    checked(bounds, (than) => numberOf(than) !== undefined, 'number') ??
    every(bounds.map((bound) => numberOrder(bound))),
  regexp: noRegexp,
});

const numberOrder = ({ order, than }: Bound): Test => ({
  kind: 'numberOrder',
  order,
  than: than.trim(),
  strings: 'coerce',
});

const boolean: Row = {
  value: (ask) =>
    ask.text === 'true' || ask.text === 'false'
      ? { kind: 'boolean', is: ask.text === 'true' }
      : refused('value', `"${ask.text}" is neither true nor false`),
  pattern: noPattern,
  range: noRange,
  regexp: noRegexp,
};

const ip: Row = {
  value: (ask) =>
    parseBlock(ask.text) === undefined
      ? notOf(ask.text, 'IP address or CIDR block')
      : { kind: 'ip', blocks: [ask.text] },
  pattern: noPattern,
  range: ({ bounds }) =>
    checked(bounds, (than) => parseAddress(than) !== undefined, 'IP address') ??
    every(bounds.map((bound) => ({ kind: 'ipOrder', ...bound }))),
  regexp: noRegexp,
};

const date: Row = {
  value: (ask) =>
    isDateExpression(ask.text) ? every(dateBounds(ask.text).map(dateOrder)) : notOf(ask.text, 'date'),
  pattern: noPattern,
  range: ({ bounds }) => checked(bounds, isDateExpression, 'date') ?? every(bounds.map(dateOrder)),
  regexp: noRegexp,
};

const dateOrder = (bound: Bound): Test => ({ kind: 'dateOrder', ...bound });

/** The parent of sub-fields has no value of its own. */
const parent: Row = {
  value: () => undefined,
  pattern: () => undefined,
  range: () => undefined,
  regexp: () => undefined,
};

/** The type is that of each value: its text, or its number where both sides are numbers (kql §5.4). */
const dynamic: Row = {
  value: (ask, field) =>
    numberOf(ask.text) === undefined
      ? text(ask, field)
      : any([text(ask, field), { kind: 'number', oneOf: [ask.text.trim()], strings: 'skip' }]),
  pattern: keyword.pattern,
  range: ({ bounds }) => every(bounds.map(dynamicOrder)),
  regexp: keyword.regexp,
};

/** The operand decides: a number compares numbers, a date dates, anything else text. */
function dynamicOrder(bound: Bound): Test {
  if (numberOf(bound.than) !== undefined) return numberOrder(bound);
  return isDateExpression(bound.than) ? dateOrder(bound) : { kind: 'textOrder', ...bound };
}

const rows: Readonly<Record<FieldType, Row>> = {
  keyword,
  constant_keyword: keyword,
  wildcard: keyword,
  version: { ...keyword, range: unsupported('a range of versions') },
  text: analysed,
  match_only_text: analysed,
  long: numeric(true),
  double: numeric(false),
  boolean,
  ip,
  date,
  geo_point: {
    value: () => refused('value', 'a place on a map cannot be compared with a text'),
    pattern: noPattern,
    range: noRange,
    regexp: noRegexp,
  },
  flattened: { ...keyword, range: noRange },
  nested: parent,
  object: parent,
  dynamic,
};

const notOf = (value: string, noun: string): Refused => refused('value', `"${value}" is no ${noun}`);

function checked(
  bounds: readonly Bound[],
  fits: (than: string) => boolean,
  noun: string,
): Refused | undefined {
  const wrong = bounds.find(({ than }) => !fits(than));
  return wrong && notOf(wrong.than, noun);
}

/** All tests at once; no test at all is passed by any value. */
function every(tests: readonly Test[]): Test {
  const [only] = tests;
  if (only === undefined) return { kind: 'present' };
  return tests.length === 1 ? only : { kind: 'allOf', tests };
}

/** One of the tests; undefined when there is none. */
export function any(tests: readonly Test[]): Test | undefined {
  return tests.length < 2 ? tests[0] : { kind: 'anyOf', tests };
}
