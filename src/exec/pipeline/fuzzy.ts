/** MATCH with fuzziness: tokens that are a few edits away (esql §2.5). */
import type { JsonObject } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import { tokenize } from '../../data/tokens.ts';
import type { FuzzyMatch } from '../../plan/row.ts';
import { fieldValues } from '../interpret/index.ts';

export function fuzzyTest({
  field,
  tokens,
  analyzer,
  operator,
  edits,
}: FuzzyMatch): (document: JsonObject) => boolean {
  const wanted = tokens.map((token) => ({ characters: [...token], most: editsFor(token, edits) }));
  return (document) => {
    const found = fieldValues(document, field)
      .flatMap((value) => (analyzer === undefined ? [textOf(value)] : tokenize(textOf(value), analyzer)))
      .map((token) => [...token]);
    const isNear = ({ characters, most }: (typeof wanted)[number]): boolean =>
      found.some((token) => distance(characters, token, most) <= most);
    return wanted.length > 0 && (operator === 'and' ? wanted.every(isNear) : wanted.some(isNear));
  };
}

function editsFor(token: string, edits: FuzzyMatch['edits']): number {
  if (edits !== 'auto') return edits;
  const { length } = [...token];
  return length <= 2 ? 0 : length <= 5 ? 1 : 2;
}

/** Insertions, deletions, replacements and swaps of neighbours; more than `most` is not counted further. */
function distance(a: readonly string[], b: readonly string[], most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : Infinity;
      next.push(Math.min((last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost, swap));
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
