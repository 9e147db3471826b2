/** The tests that a field's values are put to, by the field's type (eql §4). Undefined: no value can pass. */
import { parseAddress } from '../../data/address.ts';
import { dateBounds } from '../../data/date-math.ts';
import type { FieldInfo } from '../../data/field-type.ts';
import type { Fold, Order } from '../../data/fold.ts';
import { globPattern, literalOf } from '../../data/pattern.ts';
import type { Test } from '../../plan/test.ts';
import type { MatchOperator } from './1-parse/ast.ts';
import type { Comparable, Value } from './constant.ts';
import { comparable, textOfValue } from './constant.ts';

/** What a value computed by a function is: no field's type is known of it. */
export const COMPUTED: FieldInfo = { name: '', path: '', type: 'dynamic' };

/** `.caseless` multi-fields are compared in lower case by every operator. */
export const foldOf = (info: FieldInfo, insensitive: boolean): Fold =>
  info.lowercase === true ? 'lower' : insensitive ? 'ascii' : 'exact';

/** The value equals one of the constants; null equals nothing. */
export function equalsAny(info: FieldInfo, values: readonly Value[], insensitive: boolean): Test | undefined {
  return anyOf(
    equalityTests(
      values.flatMap((value) => comparable(info.type, value) ?? []),
      foldOf(info, insensitive),
    ),
  );
}

type As<K extends Comparable['as']> = Extract<Comparable, { readonly as: K }>;

/** One test for all constants that are compared in one way, so that long lists become sets. */
function equalityTests(found: readonly Comparable[], fold: Fold): Test[] {
  const all = <K extends Comparable['as']>(as: K): readonly As<K>[] =>
    found.filter((c): c is As<K> => c.as === as);
  const [texts, numbers, blocks] = [all('text'), all('number'), all('ip')];
  return [
    ...some(texts, { kind: 'text', oneOf: texts.map((c) => c.text), fold }),
    ...some(numbers, { kind: 'number', oneOf: numbers.map((c) => c.text), strings: 'coerce' }),
    ...some(blocks, { kind: 'ip', blocks: blocks.map((c) => c.block) }),
    ...all('boolean').map((c): Test => ({ kind: 'boolean', is: c.is })),
    ...all('date').map((c) => onDate(c.date)),
  ];
}

const some = (list: readonly unknown[], test: Test): readonly Test[] => (list.length === 0 ? [] : [test]);

/** A date with a part left out is the whole span that it names. */
const onDate = (date: string): Test => ({
  kind: 'allOf',
  tests: dateBounds(date).map((bound): Test => ({ kind: 'dateOrder', ...bound })),
});

function anyOf(tests: readonly Test[]): Test | undefined {
  return tests.length < 2 ? tests[0] : { kind: 'anyOf', tests };
}

export const ORDERS = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

/** The value stands in the order to the constant. Versions are ordered as text. */
export function inOrder(info: FieldInfo, order: Order, value: Value): Test | undefined {
  const than = comparable(info.type, value);
  switch (than?.as) {
    case 'text':
      return typeof value === 'boolean' ? undefined : { kind: 'textOrder', order, than: than.text };
    case 'number':
      return { kind: 'numberOrder', order, than: than.text, strings: 'coerce' };
    case 'ip':
      return parseAddress(than.block) === undefined
        ? undefined
        : { kind: 'ipOrder', order, than: than.block };
    case 'date':
      return { kind: 'dateOrder', order, than: than.date };
    case 'boolean':
    case undefined:
      return undefined;
  }
}

export const isInsensitive = (op: MatchOperator): boolean => op === ':' || op.endsWith('~');

/** The value matches one of the patterns: plain ones by equality, those with wildcards or expressions by their text. */
export function matchesAny(info: FieldInfo, op: MatchOperator, values: readonly Value[]): Test | undefined {
  const fold = foldOf(info, isInsensitive(op));
  const texts = values.filter((value) => value !== null);
  if (op.startsWith('regex'))
    return anyOf(some(texts, { kind: 'regexp', oneOf: texts.map(textOfValue), fold }));
  const plain = texts.filter((value) => !hasWildcard(value));
  const patterns = texts.filter(hasWildcard).map((value) => globPattern(textOfValue(value)));
  const equal = equalsAny(info, plain, isInsensitive(op));
  return anyOf([
    ...(equal === undefined ? [] : [equal]),
    ...some(patterns, { kind: 'pattern', oneOf: patterns, fold }),
  ]);
}

export const hasWildcard = (value: Value): boolean =>
  typeof value === 'string' && literalOf(globPattern(value)) === undefined;
