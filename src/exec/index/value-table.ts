/** What the values of one field say: which postings each of them brings on. Values repeat, so answers are kept. */
import type { Scalar } from '../../data/document.ts';
import { numberKey } from '../../data/order.ts';
import { numberOf, textOf } from '../../data/scalar.ts';
import type { Needle } from './automaton.ts';
import { Automaton } from './automaton.ts';
import type { NeedBits } from './postings.ts';
import { Posting } from './postings.ts';
import type { ValueWitness } from './witness.ts';

/** Answers that are kept for one field, and the longest value: memory must not grow with the input. */
const MOST_ANSWERS = 2048;
const LONGEST_VALUE = 512;
/** Values that are looked up between two judgements on whether keeping answers pays. */
const TRIAL = 4096;
/** Of the values in a trial, how many must have had an answer. */
const WORTHWHILE = 0.3;
/** Trials without answers, after one that did not pay: what a field holds may change. */
const PAUSE = 15;

export class ValueTable {
  readonly #texts = new Map<string, Posting>();
  /** 1 for each length that some text has; the last entry stands for all longer ones. */
  readonly #lengths = new Uint8Array(256);
  readonly #numbers = new Map<string, Posting>();
  readonly #parts = new Map<string, { readonly needle: Needle; readonly posting: Posting }>();
  readonly #answers = new Map<Scalar, Posting>();
  #automaton: Automaton | undefined;
  #partPostings: readonly Posting[] = [];
  #lookups = 0;
  #known = 0;
  #paused = 0;

  /** The posting of a witness; every one is asked for before the first value is looked up. */
  posting(witness: ValueWitness): Posting {
    switch (witness.kind) {
      case 'text':
        this.#lengths[Math.min(255, witness.text.length)] = 1;
        return entry(this.#texts, witness.text, newPosting);
      case 'number':
        return entry(this.#numbers, witness.number, newPosting);
      case 'part': {
        const { text, at } = witness;
        return entry(this.#parts, `${at} ${text}`, () => ({ needle: { text, at }, posting: newPosting() }))
          .posting;
      }
    }
  }

  /** Meets the needs of every witness that is true of the value. */
  meet(value: Scalar, bits: NeedBits): void {
    if (++this.#lookups === TRIAL) this.#judge();
    const known = this.#answers.get(value);
    if (known !== undefined) {
      this.#known++;
      bits.meet(known);
    } else if (this.#paused > 0 || isLong(value)) this.#lookUp(value, (posting) => bits.meet(posting));
    else this.#keep(value, bits);
  }

  #keep(value: Scalar, bits: NeedBits): void {
    const answer = newPosting();
    this.#lookUp(value, (posting) => answer.addAll(posting));
    bits.meet(answer);
    if (this.#answers.size >= MOST_ANSWERS) this.#answers.clear();
    this.#answers.set(value, answer);
  }

  #judge(): void {
    if (this.#paused > 0) this.#paused--;
    else if (this.#known < TRIAL * WORTHWHILE) {
      this.#paused = PAUSE;
      this.#answers.clear();
    }
    this.#lookups = 0;
    this.#known = 0;
  }

  #lookUp(value: Scalar, tell: (posting: Posting) => void): void {
    const text = textOf(value).toLowerCase();
    if (this.#lengths[Math.min(255, text.length)] === 1) tellOf(this.#texts.get(text), tell);
    if (this.#parts.size > 0) {
      this.#automaton ??= this.#makeAutomaton();
      this.#automaton.find(text, (part) => tellOf(this.#partPostings[part], tell));
    }
    if (this.#numbers.size > 0) {
      const number = numberOf(value);
      if (number !== undefined) tellOf(this.#numbers.get(numberKey(number)), tell);
    }
  }

  #makeAutomaton(): Automaton {
    const parts = [...this.#parts.values()];
    this.#partPostings = parts.map(({ posting }) => posting);
    return new Automaton(parts.map(({ needle }) => needle));
  }
}

const newPosting = (): Posting => new Posting();

/** Numerals are objects, each another one. */
const isLong = (value: Scalar): boolean =>
  typeof value === 'object' || (typeof value === 'string' && value.length > LONGEST_VALUE);

function tellOf(posting: Posting | undefined, tell: (posting: Posting) => void): void {
  if (posting !== undefined) tell(posting);
}

export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
