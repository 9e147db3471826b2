/**
 * Lucene's regular expressions (eql §4, kql §6.3), run in linear time by RE2. They always match the whole text, `.`
 * matches line ends, `^` and `$` are ordinary characters. Also read: `@` any text, `#` no text at all, `<1-5>` a
 * number in a range, `"…"` a literal, `\d \w \s` and their capitals. Refused by name: complement `~` and intersection
 * `&`, which no linear engine runs, and what Lucene itself reads in a surprising way (an empty alternative, a
 * quantifier with nothing before it).
 */
import { RE2JS, RE2JSException } from 're2js';
import { remembering } from '../base/memo.ts';
import { fold } from './fold.ts';
import type { Fold } from './fold.ts';
import { intervalRegexp } from './lucene-interval.ts';

export type LuceneRegexp =
  | { readonly ok: true; readonly re2: string }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

/**
 * The expression in RE2's syntax, to be matched against the whole text with `.` matching line ends; or what cannot be
 * read, with its place in the text. With a fold other than `exact`, the text must be folded in that way first.
 */
export function translateLuceneRegexp(text: string, how: Fold = 'exact'): LuceneRegexp {
  try {
    const expression = compiled(text, how);
    expression.compile();
    return { ok: true, re2: expression.re2 };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message, ...error.place };
    throw error;
  }
}

/** As `translateLuceneRegexp`, of an expression that was checked before: whether it can be run is not tried. */
export function readLuceneRegexp(text: string, how: Fold): string | undefined {
  try {
    return compiled(text, how).re2;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Whether a whole text matches. Throws for an expression that `translateLuceneRegexp` refuses. */
export function regexpMatcher(text: string, how: Fold): (value: string) => boolean {
  const machine = compiled(text, how).compile();
  if (how === 'exact') return (value) => machine.testExact(value);
  return (value) => machine.testExact(fold(value, how));
}

/** Checking, the index and the test of a rule each ask for its expressions. */
const MOST_KEPT = 1024;

const byFold: Readonly<Record<Fold, (text: string) => Compiled>> = {
  exact: remembering(MOST_KEPT, (text) => new Compiled(text, 'exact')),
  ascii: remembering(MOST_KEPT, (text) => new Compiled(text, 'ascii')),
  lower: remembering(MOST_KEPT, (text) => new Compiled(text, 'lower')),
};

const compiled = (text: string, how: Fold): Compiled => byFold[how](text);

/** An expression that is compiled when it is first run: the index needs no more of most of them than what they say. */
class Compiled {
  readonly re2: string;
  readonly #length: number;
  #machine: RE2JS | undefined;

  /** Throws a Refusal. */
  constructor(text: string, how: Fold) {
    this.re2 = new Translator(text, how).whole();
    this.#length = text.length;
  }

  /** Throws a Refusal for what RE2 finds too large. */
  compile(): RE2JS {
    try {
      return (this.#machine ??= RE2JS.compile(this.re2, RE2JS.DOTALL));
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      throw new Refusal('the expression is too large to run', 0, this.#length);
    }
  }
}

class Refusal extends Error {
  readonly place: { readonly start: number; readonly end: number };

  constructor(message: string, start: number, end: number) {
    super(message);
    this.place = { start, end };
  }
}

/** First and last code point, both included. */
type Range = readonly [first: number, last: number];

const LAST_CODE_POINT = 0x10ffff;
const MOST_REPEATS = 1000;
const DEEPEST = 200;

const digits: readonly Range[] = [[48, 57]];
const spaces: readonly Range[] = [
  [9, 10],
  [13, 13],
  [32, 32],
];
const wordCharacters: readonly Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const classes: Readonly<Record<string, readonly Range[]>> = {
  d: digits,
  D: complement(digits),
  s: spaces,
  S: complement(spaces),
  w: wordCharacters,
  W: complement(wordCharacters),
};

const refusedOperators: Readonly<Record<string, string>> = {
  '~': 'complement "~" is not supported: escape it as "\\~" if the character is meant',
  '&': 'intersection "&" is not supported: escape it as "\\&" if the character is meant',
};

/** A recursive descent over the text; every method returns RE2 syntax that stands as one unit. */
class Translator {
  readonly #characters: readonly string[];
  readonly #how: Fold;
  #at = 0;
  #depth = 0;

  constructor(text: string, how: Fold) {
    this.#characters = [...text];
    this.#how = how;
  }

  whole(): string {
    if (this.#characters.length === 0) return '';
    const translated = this.#alternatives();
    if (this.#at < this.#characters.length) this.#refuse('")" closes nothing', this.#at);
    return translated;
  }

  #alternatives(): string {
    const start = this.#at;
    if (++this.#depth > DEEPEST) this.#refuse(`groups nest deeper than ${DEEPEST}`, start);
    const alternatives = [this.#sequence()];
    while (this.#take('|')) alternatives.push(this.#sequence());
    this.#depth--;
    return alternatives.length === 1 ? alternatives.join('') : `(?:${alternatives.join('|')})`;
  }

  #sequence(): string {
    const start = this.#at;
    let translated = '';
    while (this.#at < this.#characters.length && !'|)'.includes(this.#next())) translated += this.#repeated();
    if (this.#at === start)
      this.#refuse('an alternative is empty: write "()" for the empty text', start, start);
    return translated;
  }

  #repeated(): string {
    let unit = this.#unit();
    while (this.#at < this.#characters.length && '?*+{'.includes(this.#next()))
      unit = `(?:${unit}${this.#quantifier()})`;
    return unit;
  }

  #quantifier(): string {
    const start = this.#at;
    const operator = this.#read();
    if (operator !== '{') return operator;
    const least = this.#integer(start);
    const most = this.#take(',') ? (this.#next() === '}' ? Infinity : this.#integer(start)) : least;
    if (!this.#take('}')) this.#refuse('"{" needs a closing "}"', start);
    if (most < least) this.#refuse(`the range {${least},${most}} is upside down`, start);
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS))
      this.#refuse(`more than ${MOST_REPEATS} repeats are not supported`, start);
    return most === Infinity ? `{${least},}` : `{${least},${most}}`;
  }

  #integer(start: number): number {
    let text = '';
    while (/^[0-9]$/.test(this.#next())) text += this.#read();
    if (text === '')
      this.#refuse('"{" needs a number after it: escape it as "\\{" if the character is meant', start);
    return Number(text);
  }

  #unit(): string {
    const start = this.#at;
    const character = this.#read();
    const refused = refusedOperators[character];
    if (refused !== undefined) this.#refuse(refused, start);
    switch (character) {
      case '?':
      case '*':
      case '+':
      case '{':
        return this.#refuse(`"${character}" has nothing before it to repeat`, start);
      case '.':
        return '.';
      case '@':
        return '(?:.*)';
      case '#':
        return '[^\\x{0}-\\x{10FFFF}]';
      case '(':
        return this.#group(start);
      case '[':
        return this.#characterClass(start);
      case '"':
        return this.#quoted(start);
      case '<':
        return this.#interval(start);
      case '\\':
        return this.#escaped(start);
      default:
        return literal(fold(character, this.#how));
    }
  }

  #group(start: number): string {
    if (this.#take(')')) return '(?:)';
    const inside = this.#alternatives();
    if (!this.#take(')')) this.#refuse('"(" is never closed', start);
    return `(?:${inside})`;
  }

  #quoted(start: number): string {
    const end = this.#characters.indexOf('"', this.#at);
    if (end === -1)
      this.#refuse('the quote is never closed: escape it as "\\"" if the character is meant', start);
    const text = this.#characters.slice(this.#at, end).join('');
    this.#at = end + 1;
    return `(?:${literal(fold(text, this.#how))})`;
  }

  #interval(start: number): string {
    const end = this.#characters.indexOf('>', this.#at);
    const inside = end === -1 ? '' : this.#characters.slice(this.#at, end).join('');
    const bounds = /^(\d{1,9})-(\d{1,9})$/.exec(inside);
    if (bounds === null)
      return this.#refuse(
        '"<" begins a range of numbers such as <1-5>: escape it as "\\<" if the character is meant',
        start,
      );
    this.#at = end + 1;
    return intervalRegexp(bounds[1] ?? '', bounds[2] ?? '');
  }

  #escaped(start: number): string {
    if (this.#at >= this.#characters.length) this.#refuse('a backslash ends the expression', start);
    const character = this.#read();
    const ranges = classes[character];
    return ranges === undefined
      ? literal(fold(character, this.#how))
      : bracket(foldRanges(ranges, this.#how), false);
  }

  #characterClass(start: number): string {
    const negated = this.#take('^');
    const ranges: Range[] = [];
    do {
      if (this.#at >= this.#characters.length) this.#refuse('"[" is never closed', start);
      ranges.push(...this.#classItem(start));
    } while (!this.#take(']'));
    return bracket(foldRanges(ranges, this.#how), negated);
  }

  #classItem(start: number): readonly Range[] {
    const itemStart = this.#at;
    const escaped = this.#next() === '\\' ? classes[this.#characters[this.#at + 1] ?? ''] : undefined;
    if (escaped !== undefined) {
      this.#at += 2;
      return escaped;
    }
    const first = this.#classCharacter(start);
    if (this.#next() !== '-' || this.#characters[this.#at + 1] === ']') return [[first, first]];
    this.#at++;
    const last = this.#classCharacter(start);
    if (last < first) this.#refuse('the range of characters is upside down', itemStart);
    return [[first, last]];
  }

  #classCharacter(start: number): number {
    this.#take('\\');
    if (this.#at >= this.#characters.length) this.#refuse('"[" is never closed', start);
    return this.#read().codePointAt(0) ?? 0;
  }

  /** The next character, or the empty string at the end. */
  #next(): string {
    return this.#characters[this.#at] ?? '';
  }

  #read(): string {
    return this.#characters[this.#at++] ?? '';
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at++;
    return true;
  }

  /** Leaves with the stretch from `start` to the current position, at least one character unless `end` is given. */
  #refuse(message: string, start: number, end = Math.max(this.#at, start + 1)): never {
    const offset = (index: number): number => this.#characters.slice(0, index).join('').length;
    throw new Refusal(message, offset(start), offset(end));
  }
}

/** Text that stands for itself. */
const literal = (text: string): string => {
  const escaped = text.replace(/[^A-Za-z0-9_]/gu, (character) => hex(character.codePointAt(0) ?? 0));
  return [...text].length === 1 ? escaped : `(?:${escaped})`;
};

const hex = (codePoint: number): string => `\\x{${codePoint.toString(16)}}`;

function bracket(ranges: readonly Range[], negated: boolean): string {
  const inside = ranges.map(([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`));
  return `[${negated ? '^' : ''}${inside.join('')}]`;
}

/** The code points between ascending ranges. */
function complement(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  return next > LAST_CODE_POINT ? gaps : [...gaps, [next, LAST_CODE_POINT]];
}

/** No letter beyond this has another case. */
const LAST_CASED: Readonly<Record<Fold, number>> = { exact: -1, ascii: 0x7f, lower: 0x1ffff };

/** The ranges, and what folding makes of their members: the text is folded, so a member must be found folded. */
function foldRanges(ranges: readonly Range[], how: Fold): readonly Range[] {
  const folded: Range[] = [...ranges];
  for (const [first, last] of ranges) {
    for (let codePoint = first; codePoint <= Math.min(last, LAST_CASED[how]); codePoint++) {
      const [image = ''] = fold(String.fromCodePoint(codePoint), how);
      const imagePoint = image.codePointAt(0) ?? codePoint;
      if (imagePoint < first || imagePoint > last) folded.push([imagePoint, imagePoint]);
    }
  }
  return folded;
}
