/** What implementations of functions share. */
import type { Atom, ColumnType, ColumnValue } from '../../data/column.ts';
import { convertAtom } from '../../data/convert.ts';
import type { Whole } from '../../data/whole.ts';
import { fitWhole, isWholeType } from '../../data/whole.ts';
import type { CallContext, CallSite, Loss, ScalarCall } from './define.ts';

/** Null, and the reason is counted. */
export function lost(loss: Loss, context: CallContext): null {
  context.count(loss);
  return null;
}

/** Characters of a text that a function makes, as Elasticsearch bounds it. */
export const LONGEST_TEXT = 1_048_576;

/** The texts with something between them; null and one `convFail` where that is too long. */
export function joined(texts: readonly unknown[], between: string, context: CallContext): string | null {
  const pieces = texts.map(String);
  const length = pieces.reduce((sum, { length: own }) => sum + own, between.length * (pieces.length - 1));
  return length > LONGEST_TEXT ? lost('convFail', context) : pieces.join(between);
}

/** A number as its type holds it; null and one `arithmetic` when it does not. */
export function numberOrLost(value: Whole, type: ColumnType, context: CallContext): ColumnValue {
  const fitting = isWholeType(type) ? fitWhole(value, type) : finite(Number(value));
  return fitting ?? lost('arithmetic', context);
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** TO_… of one value. */
export const conversionTo =
  (to: Parameters<typeof convertAtom>[2]) =>
  ({ types: [from = 'null'] }: CallSite): ScalarCall =>
  ([value], context) =>
    convertAtom(value as Atom, from, to) ?? lost('convFail', context);

/** What was made of the last text, so that a constant one is read once. */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly made: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, made: make(text) };
    return last.made;
  };
}
