/** Keys of events and requests: short hashes that nobody can forge. */
import { hash } from 'node:crypto';
import type { NormalisedEvent } from './shape.ts';

/** 160 bits as base64url: what Elasticsearch's own ids look like, and long enough against anyone. */
const KEY_LENGTH = 27;

/** Each part goes in with its length, so that no part can pose as another. */
export function keyOf(parts: readonly (string | undefined)[]): string {
  let material = '';
  for (const part of parts) material += part === undefined ? '\u0000-' : `\u0000${part.length}:${part}`;
  return digestOf(material);
}

/** Of bytes as of the text that they spell. */
export const digestOf = (text: string | Buffer): string =>
  hash('sha256', text, 'base64url').slice(0, KEY_LENGTH);

/** The keys of the events of one record: their identities, each with the same additions. */
export class Keys {
  readonly #events: readonly NormalisedEvent[];
  #additions: readonly string[];
  /** The first event's key, which also stands for the record. */
  first: string;

  constructor(events: readonly NormalisedEvent[], additions: readonly string[]) {
    this.#events = events;
    this.#additions = additions;
    this.first = this.#make(0);
  }

  extend(addition: string): void {
    this.#additions = [...this.#additions, addition];
    this.first = this.#make(0);
  }

  at(index: number): string {
    return index === 0 ? this.first : this.#make(index);
  }

  #make(index: number): string {
    return keyOf([...(this.#events[index]?.identity ?? []), ...this.#additions]);
  }
}
