/**
 * What the text of a value must hold for it to match a pattern or a regular expression. Values are compared in lower
 * case, and only stretches of ASCII count: folding never changes those in any other way, whatever stands beside them.
 */
import type { Fold } from '../../data/fold.ts';
import { foldPattern } from '../../data/fold.ts';
import type { Pattern } from '../../data/pattern.ts';
import { isAscii } from '../../data/scalar.ts';
import type { Needle } from './automaton.ts';

/** Longer ones are cut: what they would rule out besides is not worth the memory. */
const LONGEST_PART = 32;

/** Parts that every matching text holds; empty when the pattern says nothing that can be looked for. */
export function partsOfPattern(pattern: Pattern, how: Fold): Needle[] {
  const folded = foldPattern(pattern, how);
  return stretches(folded).flatMap(({ text, first, last }) => asciiRuns(text, first, last));
}

/** Parts of a text that the value contains, or with which it begins or ends. */
export const partsOfText = (text: string): Needle[] => asciiRuns(text, false, false);

interface Stretch {
  readonly text: string;
  /** It begins or ends the value. */
  readonly first: boolean;
  readonly last: boolean;
}

/** Neighbouring literals as one. */
function stretches(pattern: Pattern): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (let at = 0; at <= pattern.length; at++) {
    if (typeof pattern[at] === 'string') continue;
    const text = pattern.slice(from, at).join('');
    found.push({ text, first: from === 0, last: at === pattern.length });
    from = at + 1;
  }
  return found;
}

function asciiRuns(text: string, first: boolean, last: boolean): Needle[] {
  return runsOf(text).flatMap(({ 0: run, index }) => {
    const lower = run.toLowerCase();
    const needles: Needle[] = [{ text: window(lower), at: 'anywhere' }];
    if (first && index === 0) needles.push({ text: lower.slice(0, LONGEST_PART), at: 'start' });
    if (last && index + run.length === text.length)
      needles.push({ text: lower.slice(-LONGEST_PART), at: 'end' });
    return needles;
  });
}

/** Nearly all texts of rules are one run, and looking for several takes as long as all else that filing does with them. */
const runsOf = (text: string): readonly { readonly 0: string; readonly index: number }[] =>
  isAscii(text) && text !== '' ? [{ 0: text, index: 0 }] : [...text.matchAll(/[\0-\x7f]+/g)];

/** The end of a long text tells more than its beginning: paths and names go from the general to the particular. */
const window = (text: string): string => text.slice(-LONGEST_PART);
