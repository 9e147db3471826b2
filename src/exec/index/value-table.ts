/** What the values of one field say: which postings each of them brings on. Values repeat, so answers are kept. */
import type { Block } from '../../data/address.ts';
import { inBlock, parseAddress, parseBlock } from '../../data/address.ts';
import type { Scalar } from '../../data/document.ts';
import type { Order } from '../../data/fold.ts';
import { compareNumbers, inOrder, numberKey } from '../../data/order.ts';
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

interface NumberBound {
  readonly order: Order;
  /** Undefined for a text that is no number: nothing stands in any order to it. */
  readonly than: number | bigint | undefined;
  readonly posting: Posting;
}

/** What a table finds, for who looks values up by their bytes. */
export interface Contents {
  /** By the value's text in lower case. */
  readonly texts: ReadonlyMap<string, Posting>;
  /** Pieces of the text in lower case, with the posting of each needle. */
  readonly parts: { readonly needles: readonly Needle[]; readonly postings: readonly Posting[] } | undefined;
  readonly numbers: readonly (readonly [number: number, posting: Posting])[];
  readonly bounds: readonly { readonly order: Order; readonly than: number; readonly posting: Posting }[];
  readonly blocks: readonly { readonly block: Block; readonly posting: Posting }[];
  /** Texts that are numbers are looked up as such. */
  readonly readsNumbers: boolean;
}

export class ValueTable {
  readonly #texts = new Map<string, Posting>();
  /** 1 for each length that some text has; the last entry stands for all longer ones. */
  readonly #lengths = new Uint8Array(256);
  readonly #numbers = new Map<string, Posting>();
  readonly #blocks = new Map<string, { readonly block: Block | undefined; readonly posting: Posting }>();
  readonly #orders = new Map<string, NumberBound>();
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
      case 'block':
        return entry(this.#blocks, witness.block, () => ({
          block: parseBlock(witness.block),
          posting: newPosting(),
        })).posting;
      case 'order': {
        const { order, than } = witness;
        return entry(this.#orders, `${order} ${than}`, () => ({
          order,
          than: numberOf(than),
          posting: newPosting(),
        })).posting;
      }
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
    } else if (this.#paused > 0 || isLong(value)) this.#meetOnce(value, bits);
    else this.#keep(value, bits);
  }

  #meetOnce(value: Scalar, bits: NeedBits): void {
    this.#lookUp(value, (posting) => bits.meet(posting));
  }

  /** What the value meets, as one posting. */
  answer(value: Scalar): Posting {
    const answer = newPosting();
    this.#lookUp(value, (posting) => answer.addAll(posting));
    return answer;
  }

  /** What all values together could meet. */
  get everything(): Posting {
    const whole = newPosting();
    for (const posting of [...this.#texts.values(), ...this.#numbers.values()]) whole.addAll(posting);
    for (const map of [this.#parts, this.#blocks, this.#orders])
      for (const { posting } of map.values()) whole.addAll(posting);
    return whole;
  }

  /** Numbers are rounded to doubles, which is nothing to numbers of up to fifteen digits. */
  contents(): Contents {
    const parts = [...this.#parts.values()];
    const bounds = [...this.#orders.values()].flatMap(({ order, than, posting }) =>
      than === undefined ? [] : { order, than: Number(than), posting },
    );
    return {
      texts: this.#texts,
      parts:
        parts.length === 0
          ? undefined
          : {
              needles: parts.map(({ needle }) => needle),
              postings: parts.map(({ posting }) => posting),
            },
      numbers: [...this.#numbers].map(([key, posting]) => [Number(key), posting] as const),
      bounds,
      blocks: [...this.#blocks.values()].flatMap(({ block, posting }) =>
        block === undefined ? [] : { block, posting },
      ),
      readsNumbers: this.#numbers.size + this.#orders.size > 0,
    };
  }

  #keep(value: Scalar, bits: NeedBits): void {
    const answer = this.answer(value);
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
    if (this.#numbers.size > 0 || this.#orders.size > 0) this.#lookUpNumber(value, tell);
    if (this.#blocks.size > 0) this.#lookUpAddress(text, tell);
  }

  #lookUpNumber(value: Scalar, tell: (posting: Posting) => void): void {
    const number = numberOf(value);
    if (number === undefined) return;
    if (this.#numbers.size > 0) tellOf(this.#numbers.get(numberKey(number)), tell);
    for (const { order, than, posting } of this.#orders.values())
      if (than !== undefined && inOrder(compareNumbers(number, than), order)) tell(posting);
  }

  #lookUpAddress(text: string, tell: (posting: Posting) => void): void {
    const address = parseAddress(text);
    if (address === undefined) return;
    for (const { block, posting } of this.#blocks.values())
      if (block !== undefined && inBlock(address, block)) tell(posting);
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

interface Entries<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What stands under the key, made if there is nothing. */
export function entry<K, V>(map: Entries<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
