/** How two texts are compared: as they are, with A–Z folded, or with all of Unicode in lower case. */
import type { Pattern } from './pattern.ts';
import { foldAscii } from './scalar.ts';

export type Fold = 'exact' | 'ascii' | 'lower';

/** `lt`, `lte`, `gt`, `gte`: less than, at most, greater than, at least. */
export type Order = 'lt' | 'lte' | 'gt' | 'gte';

const folds: Readonly<Record<Fold, (text: string) => string>> = {
  exact: (text) => text,
  ascii: foldAscii,
  lower: (text) => text.toLowerCase(),
};

/** The text in the form in which it is compared. */
export const fold = (text: string, how: Fold): string => folds[how](text);

/** The pattern whose literal pieces are in the form in which texts are compared. */
export const foldPattern = (pattern: Pattern, how: Fold): Pattern =>
  pattern.map((part) => (typeof part === 'string' ? fold(part, how) : part));
