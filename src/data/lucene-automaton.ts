/**
 * Lucene's regular expressions with everything optional, as RLIKE reads them (esql §2.5): as in `lucene-regexp`, and
 * also intersection `&`, complement `~`, and a sign that has nothing to stand for as itself (`*a`, `(a||b)`). What RE2
 * cannot run is run by an automaton whose states are derivatives of the expression, made as they are needed: the time is
 * proportional to the text.
 */
import type { Node, Range } from './lucene-derivatives.ts';
import { BadExpression, LAST, Machine } from './lucene-derivatives.ts';
import { regexpMatcher, translateLuceneRegexp } from './lucene-regexp.ts';

export type LuceneMatcher = (text: string) => boolean;

/** What is wrong with an expression; undefined when `luceneMatcher` runs it. */
export function luceneProblem(expression: string): string | undefined {
  try {
    luceneMatcher(expression);
    return undefined;
  } catch (error) {
    if (error instanceof BadExpression) return error.message;
    throw error;
  }
}

/** Whether a whole text matches. @throws for an expression that has a `luceneProblem`. */
export function luceneMatcher(expression: string): LuceneMatcher {
  if (translateLuceneRegexp(expression).ok) return regexpMatcher(expression, 'exact');
  const machine = new Machine();
  const start = new Parser(expression, machine).whole();
  return (text) => machine.matches(start, text);
}

const MOST_REPEATS = 1000;
const DEEPEST = 200;

const classes: Readonly<Record<string, readonly Range[]>> = {
  d: [[48, 57]],
  s: [
    [9, 10],
    [13, 13],
    [32, 32],
  ],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
};

/** Union, intersection, concatenation, repetition, complement, unit: each binds more tightly than the one before. */
class Parser {
  readonly #characters: readonly string[];
  readonly #machine: Machine;
  #at = 0;
  #depth = 0;

  constructor(text: string, machine: Machine) {
    this.#characters = [...text];
    this.#machine = machine;
  }

  whole(): Node {
    if (this.#characters.length === 0) return this.#machine.empty;
    const node = this.#union();
    if (this.#at < this.#characters.length) throw new BadExpression('")" closes nothing');
    return node;
  }

  #union(): Node {
    if (++this.#depth > DEEPEST) throw new BadExpression(`groups nest deeper than ${DEEPEST}`);
    const left = this.#intersection();
    const node = this.#take('|') ? this.#machine.or(left, this.#union()) : left;
    this.#depth--;
    return node;
  }

  #intersection(): Node {
    const left = this.#sequence();
    return this.#take('&') ? this.#machine.and(left, this.#intersection()) : left;
  }

  #sequence(): Node {
    const units = [this.#repeated()];
    while (this.#at < this.#characters.length && !')|&'.includes(this.#next())) units.push(this.#repeated());
    return units.reduceRight((tail, unit) => this.#machine.concat(unit, tail));
  }

  #repeated(): Node {
    let node = this.#complement();
    for (;;) {
      if (this.#take('?')) node = this.#machine.repeat(node, 0, 1);
      else if (this.#take('*')) node = this.#machine.star(node);
      else if (this.#take('+')) node = this.#machine.repeat(node, 1, Infinity);
      else if (this.#take('{')) node = this.#counted(node);
      else return node;
    }
  }

  #counted(node: Node): Node {
    const least = this.#integer();
    const most = this.#take(',') ? (this.#next() === '}' ? Infinity : this.#integer()) : least;
    if (!this.#take('}')) throw new BadExpression('"{" needs a closing "}"');
    if (most < least) throw new BadExpression(`the range {${least},${most}} is upside down`);
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS))
      throw new BadExpression(`more than ${MOST_REPEATS} repeats are not supported`);
    return this.#machine.repeat(node, least, most);
  }

  #integer(): number {
    let digits = '';
    while (/^[0-9]$/.test(this.#next())) digits += this.#read();
    if (digits === '') throw new BadExpression('"{" needs a number after it');
    return Number(digits);
  }

  #complement(): Node {
    return this.#at + 1 < this.#characters.length && this.#take('~')
      ? this.#machine.not(this.#complement())
      : this.#unit();
  }

  #unit(): Node {
    const character = this.#read();
    switch (character) {
      case '.':
        return this.#machine.set([[0, LAST]]);
      case '@':
        return this.#machine.anything;
      case '#':
        return this.#machine.nothing;
      case '[':
        return this.#class();
      case '(':
        return this.#group();
      case '"':
        return this.#quoted();
      case '<':
        return this.#interval();
      case '\\':
        return this.#escaped();
      default:
        return this.#literal(character);
    }
  }

  #literal(character: string): Node {
    const point = character.codePointAt(0) ?? 0;
    return this.#machine.set([[point, point]]);
  }

  #group(): Node {
    if (this.#take(')')) return this.#machine.empty;
    const node = this.#union();
    if (!this.#take(')')) throw new BadExpression('"(" is never closed');
    return node;
  }

  #quoted(): Node {
    const text = this.#until('"', 'the quote is never closed');
    return text
      .map((character) => this.#literal(character))
      .reduceRight((tail, unit) => this.#machine.concat(unit, tail), this.#machine.empty);
  }

  /** Numbers of a range; with as many digits as the bounds when those are padded alike. */
  #interval(): Node {
    const inside = this.#until('>', '"<" begins a range of numbers such as <1-5>').join('');
    const translated = translateLuceneRegexp(`<${inside}>`);
    if (!translated.ok) throw new BadExpression(translated.message);
    return new Parser(translated.re2.replaceAll('(?:', '('), this.#machine).whole();
  }

  #until(end: string, problem: string): readonly string[] {
    const at = this.#characters.indexOf(end, this.#at);
    if (at === -1) throw new BadExpression(problem);
    const inside = this.#characters.slice(this.#at, at);
    this.#at = at + 1;
    return inside;
  }

  #escaped(): Node {
    if (this.#at >= this.#characters.length) throw new BadExpression('a backslash ends the expression');
    const character = this.#read();
    const ranges = classOf(character);
    return ranges === undefined ? this.#literal(character) : this.#machine.set(ranges);
  }

  #class(): Node {
    const isNegated = this.#take('^');
    const ranges: Range[] = [];
    do {
      if (this.#at >= this.#characters.length) throw new BadExpression('"[" is never closed');
      ranges.push(...this.#classItem());
    } while (!this.#take(']'));
    return this.#machine.set(isNegated ? complementOf(ranges) : ranges);
  }

  #classItem(): readonly Range[] {
    const escaped = this.#next() === '\\' ? classOf(this.#characters[this.#at + 1] ?? '') : undefined;
    if (escaped !== undefined) {
      this.#at += 2;
      return escaped;
    }
    const first = this.#classCharacter();
    if (this.#next() !== '-' || this.#characters[this.#at + 1] === ']') return [[first, first]];
    this.#at++;
    const last = this.#classCharacter();
    if (last < first) throw new BadExpression('the range of characters is upside down');
    return [[first, last]];
  }

  #classCharacter(): number {
    this.#take('\\');
    if (this.#at >= this.#characters.length) throw new BadExpression('"[" is never closed');
    return this.#read().codePointAt(0) ?? 0;
  }

  #next(): string {
    return this.#characters[this.#at] ?? '';
  }

  #read(): string {
    if (this.#at >= this.#characters.length) throw new BadExpression('the expression ends too early');
    return this.#characters[this.#at++] ?? '';
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at++;
    return true;
  }
}

function classOf(letter: string): readonly Range[] | undefined {
  const ranges = classes[letter.toLowerCase()];
  return ranges === undefined || letter === letter.toLowerCase() ? ranges : complementOf(ranges);
}

/** All code points outside the ranges. */
function complementOf(ranges: readonly Range[]): readonly Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next > LAST ? gaps : [...gaps, [next, LAST]];
}
