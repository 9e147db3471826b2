/**
 * What one value of a field is asked. A test knows nothing of languages or field types: lowering has written
 * case, coercion and wildcards into it. Everything is plain data that survives JSON.
 */
import type { Analyzer } from '../data/field-type.ts';
import type { Fold, Order } from '../data/fold.ts';
import type { Pattern } from '../data/pattern.ts';

/** A number as decimal text, so that 64-bit integers survive. */
export type NumberText = string;

export type Test =
  /** Any value at all. */
  | { readonly kind: 'present' }
  /** The value's text is one of these. Texts stand here as written; evaluators fold both sides. */
  | { readonly kind: 'text'; readonly oneOf: readonly string[]; readonly fold: Fold }
  /** The value's whole text matches one of the patterns. */
  | { readonly kind: 'pattern'; readonly oneOf: readonly Pattern[]; readonly fold: Fold }
  /** The value's whole text matches one of the expressions, in Lucene's syntax (`data/lucene-regexp`). */
  | { readonly kind: 'regexp'; readonly oneOf: readonly string[]; readonly fold: Fold }
  /** The value's text stands in this order to the operand, by UTF-16 code unit. */
  | { readonly kind: 'textOrder'; readonly order: Order; readonly than: string }
  /**
   * The value equals one of the numbers, or stands in the order to one. `strings: 'coerce'` reads text as a number
   * (a field that is mapped numeric), `'skip'` never matches text (a field without a mapping).
   */
  | { readonly kind: 'number'; readonly oneOf: readonly NumberText[]; readonly strings: 'coerce' | 'skip' }
  | {
      readonly kind: 'numberOrder';
      readonly order: Order;
      readonly than: NumberText;
      readonly strings: 'coerce' | 'skip';
    }
  | { readonly kind: 'boolean'; readonly is: boolean }
  /** The value is an address inside one of the blocks; a single address is a block of its whole length. */
  | { readonly kind: 'ip'; readonly blocks: readonly string[] }
  /** The value is an address that stands in this order to another (by its sixteen bytes). */
  | { readonly kind: 'ipOrder'; readonly order: Order; readonly than: string }
  /**
   * The value is a date in this order to a date expression (`data/date-math`), which is resolved against the
   * evaluation's clock.
   */
  | { readonly kind: 'dateOrder'; readonly order: Order; readonly than: string }
  /** The value, cut into tokens, holds any of these tokens, or all of them side by side (`phrase`). */
  | {
      readonly kind: 'tokens';
      readonly analyzer: Analyzer;
      readonly mode: 'any' | 'phrase';
      readonly tokens: readonly string[];
    }
  /** One whole token of the value matches one of the patterns (already in lower case). */
  | { readonly kind: 'tokenPattern'; readonly analyzer: Analyzer; readonly oneOf: readonly Pattern[] }
  /** The value passes at least one: what a dynamic field needs, whose type is that of each value. */
  | { readonly kind: 'anyOf'; readonly tests: readonly Test[] }
  /** The value passes every one: both bounds of a range must hold for the same value. */
  | { readonly kind: 'allOf'; readonly tests: readonly Test[] };
