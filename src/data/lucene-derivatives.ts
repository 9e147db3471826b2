/**
 * Regular expressions as automata whose states are derivatives of the expression (Brzozowski), made as they are needed:
 * what is left to match behind a letter. Intersection and complement cost nothing extra.
 */

export class BadExpression extends Error {}

/** First and last code point, both included. */
export type Range = readonly [first: number, last: number];

export const LAST = 0x10ffff;
const MOST_NODES = 20_000;
const MOST_STATES = 2000;

export interface Node {
  readonly id: number;
  readonly isNullable: boolean;
  readonly shape:
    | { readonly kind: 'nothing' | 'empty' }
    | { readonly kind: 'set'; readonly ranges: readonly Range[] }
    | { readonly kind: 'concat' | 'or' | 'and'; readonly left: Node; readonly right: Node }
    | { readonly kind: 'star' | 'not'; readonly arg: Node };
}

/** Equal expressions are one node, so that a state is known again. */
export class Machine {
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
