/** How one text differs from another, word by word. */
import type { Content } from './html.ts';
import { html } from './html.ts';

/** `text` with the words marked that `from` has not at that place: the longest common sequence stays plain. */
export function wordDiff(from: string, text: string): Content {
  const [old, words] = [wordsOf(from), wordsOf(text)];
  const kept = commonPlaces(old, words);
  const parts: Content[] = [];
  for (let at = 0; at < words.length;) {
    const isKept = kept.has(at);
    let end = at;
    while (end < words.length && kept.has(end) === isKept) end++;
    const run = words.slice(at, end).join(' ');
    parts.push(isKept ? `${run} ` : html`<ins>${run}</ins> `);
    at = end;
  }
  return parts;
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Places in `b` of a longest common subsequence of both. */
function commonPlaces(a: readonly string[], b: readonly string[]): ReadonlySet<number> {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const places = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) places.add(j);
    if (a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return places;
}
