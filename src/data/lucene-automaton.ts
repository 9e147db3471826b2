/**
 * Lucene's regular expressions with everything optional, as RLIKE reads them (esql §2.5): as in `lucene-regexp`, and
 * also intersection `&`, complement `~`, and a sign that has nothing to stand for as itself (`*a`, `(a||b)`). What RE2
 * cannot run is run by an automaton whose states are derivatives of the expression, made as they are needed: the time is
 * proportional to the text.
 */
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

class BadExpression extends Error {}

/** First and last code point, both included. */
type Range = readonly [first: number, last: number];

const LAST = 0x10ffff;
const MOST_REPEATS = 1000;
const DEEPEST = 200;
const MOST_NODES = 20_000;
const MOST_STATES = 2000;

interface Node {
  readonly id: number;
  readonly isNullable: boolean;
  readonly shape:
    | { readonly kind: 'nothing' | 'empty' }
    | { readonly kind: 'set'; readonly ranges: readonly Range[] }
    | { readonly kind: 'concat' | 'or' | 'and'; readonly left: Node; readonly right: Node }
    | { readonly kind: 'star' | 'not'; readonly arg: Node };
}

/** Equal expressions are one node, so that a state is known again. */
class Machine {
  readonly nothing: Node;
  readonly empty: Node;
  readonly anything: Node;
  readonly #nodes = new Map<string, Node>();
  /** Where the alphabet changes its meaning, ascending. */
  readonly #cuts = new Set<number>([0]);
  #bounds: readonly number[] = [];
  #steps = new Map<string, Node>();

  constructor() {
    this.nothing = this.#node('nothing', false, { kind: 'nothing' });
    this.empty = this.#node('empty', true, { kind: 'empty' });
    this.anything = this.star(this.set([[0, LAST]]));
  }

  set(ranges: readonly Range[]): Node {
    if (ranges.length === 0) return this.nothing;
    for (const [first, last] of ranges) this.#cuts.add(first).add(last + 1);
    return this.#node(`set ${ranges.join(' ')}`, false, { kind: 'set', ranges });
  }

  concat(left: Node, right: Node): Node {
    if (left === this.nothing || right === this.nothing) return this.nothing;
    if (left === this.empty) return right;
    if (right === this.empty) return left;
    if (left.shape.kind === 'concat')
      return this.concat(left.shape.left, this.concat(left.shape.right, right));
    return this.#pair('concat', left, right, left.isNullable && right.isNullable);
  }

  or(left: Node, right: Node): Node {
    if (left === right || right === this.nothing || left === this.anything) return left;
    if (left === this.nothing || right === this.anything) return right;
    if (left.shape.kind === 'or') return this.or(left.shape.left, this.or(left.shape.right, right));
    if (right.shape.kind === 'or') {
      if (right.shape.left === left) return right;
      if (right.shape.left.id < left.id) return this.or(right.shape.left, this.or(left, right.shape.right));
    } else if (right.id < left.id) return this.or(right, left);
    return this.#pair('or', left, right, left.isNullable || right.isNullable);
  }

  and(left: Node, right: Node): Node {
    if (left === right || left === this.nothing || right === this.anything) return left;
    if (right === this.nothing || left === this.anything) return right;
    if (right.id < left.id) return this.and(right, left);
    return this.#pair('and', left, right, left.isNullable && right.isNullable);
  }

  star(arg: Node): Node {
    if (arg === this.nothing || arg === this.empty) return this.empty;
    if (arg.shape.kind === 'star') return arg;
    return this.#node(`star ${arg.id}`, true, { kind: 'star', arg });
  }

  not(arg: Node): Node {
    if (arg.shape.kind === 'not') return arg.shape.arg;
    return this.#node(`not ${arg.id}`, !arg.isNullable, { kind: 'not', arg });
  }

  repeat(arg: Node, least: number, most: number): Node {
    const optional = most === Infinity ? 0 : most - least;
    let tail = most === Infinity ? this.star(arg) : this.empty;
    for (let i = 0; i < optional; i++) tail = this.or(this.empty, this.concat(arg, tail));
    for (let i = 0; i < least; i++) tail = this.concat(arg, tail);
    return tail;
  }

  matches(start: Node, text: string): boolean {
    this.#bounds = this.#bounds.length === 0 ? [...this.#cuts].sort((a, b) => a - b) : this.#bounds;
    let state = start;
    for (const character of text) {
      if (state === this.nothing) return false;
      state = this.#step(state, this.#letterOf(character.codePointAt(0) ?? 0));
    }
    return state.isNullable;
  }

  /** The first code point of those that mean the same to the expression. */
  #letterOf(point: number): number {
    let [low, high] = [0, this.#bounds.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#bounds[middle] ?? 0) <= point) low = middle;
      else high = middle;
    }
    return this.#bounds[low] ?? 0;
  }

  #step(state: Node, letter: number): Node {
    const key = `${state.id} ${letter}`;
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    if (this.#steps.size > MOST_STATES) this.#steps.clear();
    const next = this.#derive(state, letter);
    this.#steps.set(key, next);
    return next;
  }

  /** What is left to match behind the letter. */
  #derive(node: Node, letter: number): Node {
    const { shape } = node;
    switch (shape.kind) {
      case 'nothing':
      case 'empty':
        return this.nothing;
      case 'set':
        return shape.ranges.some(([first, last]) => letter >= first && letter <= last)
          ? this.empty
          : this.nothing;
      case 'concat': {
        const first = this.concat(this.#derive(shape.left, letter), shape.right);
        return shape.left.isNullable ? this.or(first, this.#derive(shape.right, letter)) : first;
      }
      case 'or':
        return this.or(this.#derive(shape.left, letter), this.#derive(shape.right, letter));
      case 'and':
        return this.and(this.#derive(shape.left, letter), this.#derive(shape.right, letter));
      case 'star':
        return this.concat(this.#derive(shape.arg, letter), node);
      case 'not':
        return this.not(this.#derive(shape.arg, letter));
    }
  }

  #pair(kind: 'concat' | 'or' | 'and', left: Node, right: Node, isNullable: boolean): Node {
    return this.#node(`${kind} ${left.id} ${right.id}`, isNullable, { kind, left, right });
  }

  #node(key: string, isNullable: boolean, shape: Node['shape']): Node {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    if (this.#nodes.size >= MOST_NODES) throw new BadExpression('the expression is too large to run');
    const node = { id: this.#nodes.size, isNullable, shape };
    this.#nodes.set(key, node);
    return node;
  }
}

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
