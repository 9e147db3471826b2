/** What the values of one place say to the rules, kept by their bytes: values repeat from record to record. */
import type { Scalar } from '../../../data/document.ts';
import { Numeral } from '../../../data/numeral.ts';
import type { Interest, Meaning } from '../../../model/interest.ts';
import { hashOf, isEqual } from './bytes.ts';

/** Values that are kept, and the longest of them. */
const SLOTS = 512;
const LONGEST = 256;

/** How a token is to be read. */
export type Token = 'text' | 'escaped' | 'word';

/** A path of the interest that gets the value, as it is or translated. */
interface Source {
  readonly interest: Interest;
  readonly path: number;
  readonly translation: ReadonlyMap<Scalar, Scalar> | undefined;
}

interface Kept {
  readonly token: Token;
  readonly bytes: Uint8Array;
  readonly meaning: Meaning | undefined;
}

export class Meanings {
  readonly #sources: Source[] = [];
  readonly #kept: (Kept | undefined)[] = [];

  add(interest: Interest, path: number, translation?: ReadonlyMap<Scalar, Scalar>): void {
    this.#sources.push({ interest, path, translation });
  }

  get isEmpty(): boolean {
    return this.#sources.length === 0;
  }

  /** Of a token between two offsets, a text without its quotes. */
  of(data: Buffer, from: number, to: number, token: Token): Meaning | undefined {
    if (to - from > LONGEST) return this.#find(valueOf(data, from, to, token));
    const slot = hashOf(data, from, to) & (SLOTS - 1);
    const kept = this.#kept[slot];
    if (kept?.token === token && isEqual(data, from, to, kept.bytes)) return kept.meaning;
    const meaning = this.#find(valueOf(data, from, to, token));
    this.#kept[slot] = { token, bytes: Uint8Array.prototype.slice.call(data, from, to), meaning };
    return meaning;
  }

  #find(value: Scalar): Meaning | undefined {
    const found = this.#sources.map(({ interest, path, translation }) => {
      const translated = translation === undefined ? value : translation.get(value);
      return translated === undefined ? undefined : interest.value(path, translated);
    });
    const meanings = found.filter((meaning) => meaning !== undefined);
    return meanings.length < 2 ? meanings[0] : this.#sources[0]?.interest.joined(meanings);
  }
}

function valueOf(data: Buffer, from: number, to: number, token: Token): Scalar {
  if (token === 'text') return data.toString('latin1', from, to);
  if (token === 'escaped') return JSON.parse(data.toString('utf8', from - 1, to + 1)) as string;
  const word = data.toString('latin1', from, to);
  if (word === 'true' || word === 'false') return word === 'true';
  return String(Number(word)) === word ? Number(word) : new Numeral(word);
}
