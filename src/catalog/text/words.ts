/** Texts as words, and how much two texts have in common. */

/** One text, whatever its case and line breaks. */
export const normalised = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** One line, letters as they are. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const spaced = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that carry no meaning of their own. */
const FUNCTION_WORDS = spaced(`
  a an the this that these those it its they them their there here
  and or but nor not no if when where which who whom whose while as because since so than then
  of in on at by for from to into onto with without within via per about over under between through during
  is are was were be been being am do does did done has have had having will would can could may might must shall should
  all any both each few more most other others some such own same too very just also only even still often sometimes
  e g i eg ie etc
`);

/**
 * Words that almost every statement has, whatever it is about. They count little, or two sentences of one mould about
 * different things would look like one.
 */
const WORDS_OF_THE_FIELD = spaced(`
  false positive positives legitimate legitimately benign normal known expected unexpected possible possibly likely
  rare rarely common commonly administrator administrators admin admins administrative system network user users
  activity activities behavior behaviour action actions operation operations event events alert alerts rule detection
  performed perform performing done used use using usage uses make making made change changes changed occur occurs
  verify whether identity agent hostname host environment source investigated investigate unfamiliar causing cause
  exempted exempt exception exceptions filter filtered needed depending organization organisation based trigger triggers
`);

/** Words in lower case; parts of a path or a dotted name are words of their own. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words worth comparing and searching. */
export const meaningfulWords = (text: string): string[] =>
  wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word));

export const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word);

/** A plural or a verb's `s`, `ed`, `ing` do not make another word. */
export function stem(word: string): string {
  if (/^\d|\d$/.test(word)) return word;
  const short = word
    .replace(/(?<=\w{2})(ies|ied)$/, 'y')
    .replace(/(?<=[^s])s$/, '')
    .replace(/(?<=\w{3})(ed|ing)$/, '');
  return short.length >= 3 ? short.replace(/(?<=\w{3})e$/, '') : word;
}

/** A text as weighted stems: what `likeness` compares. */
export type Bag = ReadonlyMap<string, number>;

export function bagOf(text: string): Bag {
  const bag = new Map<string, number>();
  for (const word of meaningfulWords(text)) bag.set(stem(word), WORDS_OF_THE_FIELD.has(word) ? 0.2 : 1);
  return bag;
}

/** Weight of what both have, of what either has: 1 for equal bags, 0 for different ones. */
export function likeness(a: Bag, b: Bag): number {
  let both = 0;
  let either = 0;
  for (const [word, weight] of a) {
    if (b.has(word)) both += weight;
    either += weight;
  }
  for (const [word, weight] of b) if (!a.has(word)) either += weight;
  return either === 0 ? 0 : both / either;
}

/** The share of different words that two texts have in common, all words alike: how much of a text an edit left. */
export function overlap(a: string, b: string): number {
  const left = new Set(wordsOf(a));
  const right = new Set(wordsOf(b));
  const both = [...left].filter((word) => right.has(word)).length;
  const either = left.size + right.size - both;
  return either === 0 ? 0 : both / either;
}
