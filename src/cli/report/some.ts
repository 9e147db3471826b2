/** Lists in the middle of a sentence. */
import { number } from '../text/format.ts';

/** Names and places listed behind a count, before "and N more". */
export const LISTED = 5;

/** The first few of a list, and how many there are beyond them. */
export function some(items: readonly string[], all: number = items.length, most = LISTED): string {
  const shown = items.slice(0, most);
  const more = all - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${number(more)} more` : shown.join(', ');
}
