/** Which needs of which rules are met, as sets of bits: one set for each place that a need can have in a rule's list. */

/** A rule is filed under at most so many needs. */
export const MAX_NEEDS = 8;

/** The bits that one witness sets, word by word. */
export class Posting {
  readonly #words: number[] = [];
  readonly #masks: number[] = [];

  add(word: number, mask: number): void {
    const at = this.#words.indexOf(word);
    if (at === -1) {
      this.#words.push(word);
      this.#masks.push(mask);
    } else this.#masks[at] = (this.#masks[at] ?? 0) | mask;
  }

  get isEmpty(): boolean {
    return this.#words.length === 0;
  }

  /** Words of the sets, which lie one behind the other, with the bits in them. */
  entries(): (readonly [word: number, mask: number])[] {
    return this.#words.map((word, at) => [word, this.#masks[at] ?? 0] as const);
  }

  addAll(other: Posting): void {
    other.#words.forEach((word, at) => this.add(word, other.#masks[at] ?? 0));
  }

  setIn(bits: Int32Array): void {
    const words = this.#words;
    const masks = this.#masks;
    for (let i = 0; i < words.length; i++) bits[words[i] as number]! |= masks[i] as number;
  }
}

/**
 * A rule is a candidate when its bit is set in every one of the sets. A place where a rule has no need is met from the
 * beginning, so a rule without any is always a candidate.
 */
export class NeedBits {
  readonly #wordsInSet: number;
  /** What is met from the beginning: `MAX_NEEDS` sets, one behind the other. */
  readonly atFirst: Int32Array;
  readonly #met: Int32Array;

  constructor(rules: number) {
    this.#wordsInSet = Math.ceil(rules / 32);
    this.atFirst = new Int32Array(MAX_NEEDS * this.#wordsInSet).fill(-1);
    this.#met = new Int32Array(this.atFirst.length);
    // Bits that stand for no rule are never met.
    for (let bit = rules; bit < 32 * this.#wordsInSet; bit++) this.awaits(bit, 0);
  }

  /** Files a rule under a witness of the need at this place of its list. */
  file(rule: number, place: number, posting: Posting): void {
    posting.add(this.#word(rule, place), 1 << rule);
  }

  /** The rule waits for its need at this place. */
  awaits(rule: number, place: number): void {
    this.atFirst[this.#word(rule, place)]! &= ~(1 << rule);
  }

  /** Forgets what earlier events met. */
  begin(): void {
    this.#met.set(this.atFirst);
  }

  meet(posting: Posting): void {
    posting.setIn(this.#met);
  }

  /** Appends the candidates in ascending order. */
  candidates(into: number[]): void {
    const met = this.#met;
    const words = this.#wordsInSet;
    for (let word = 0; word < words; word++) {
      let bits = met[word] as number;
      for (let place = 1; place < MAX_NEEDS; place++) bits &= met[place * words + word] as number;
      for (; bits !== 0; bits &= bits - 1) into.push(word * 32 + 31 - Math.clz32(bits & -bits));
    }
  }

  #word(rule: number, place: number): number {
    return place * this.#wordsInSet + (rule >>> 5);
  }
}
