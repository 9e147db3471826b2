/** A record in memory of its own, with what was found out about it where it was read. */
import type { Scalar } from '../../../data/document.ts';
import type { Origin } from '../../../model/event.ts';
import { digestOf, keyAdditions, keyOf } from '../../normalise/key.ts';
import type { Delivery } from '../../delivery.ts';
import type { NamedShape } from './block.ts';
import type { Outline } from './byte-shape.ts';
import type { NotedRecord } from './notes.ts';

/** Places are counted from the beginning of the record. */
interface OwnParts extends NotedRecord {
  readonly shape: NamedShape;
  /** Of its own bytes; what others say of it comes behind them. */
  readonly length: number;
  /** How it came, if it was carried. */
  readonly delivery: Delivery | undefined;
  /** Where the facts of the identity begin and end, one behind the other. */
  readonly facts: readonly number[];
  /** Where the bytes stand by which repeats are told. */
  readonly content: readonly [from: number, to: number];
}

/** Bytes in memory of their own: copies as Node makes them share 64 kB, which stay as long as one of them is held. */
export function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}

export class OwnRecord {
  readonly #parts: OwnParts;

  constructor(parts: OwnParts) {
    this.#parts = parts;
  }

  get text(): string {
    return this.#parts.bytes.toString('utf8', 0, this.#parts.length);
  }

  /** Of the events that it is, which one this is, counted from 0. */
  get which(): number {
    return this.#parts.shape.shape.which ?? 0;
  }

  get delivery(): Delivery | undefined {
    return this.#parts.delivery;
  }

  /** The values at a path, where that was noted of what these conditions hold for. */
  told(path: string, holding: readonly number[]): readonly Scalar[] | undefined {
    return this.#parts.shape.notes.told(path, holding, this.#parts);
  }

  /** `sameKeys` as `keyAdditions` takes it. */
  key(sameKeys: number, origin: Origin): string {
    const { shape, bytes, content } = this.#parts;
    const digest = (): string => digestOf(bytes.subarray(...content));
    const additions = keyAdditions(shape.shape.keyedByContent, sameKeys, digest, origin);
    return keyOf([...this.#outline.identity, ...additions]);
  }

  get requestKey(): string | undefined {
    const { request } = this.#outline;
    return request === undefined ? undefined : keyOf(request);
  }

  /** What normalising would say of the record besides its document. */
  get #outline(): Outline {
    return this.#parts.shape.shape.outline((fact) => this.#textOf(fact));
  }

  #textOf(fact: number): string | undefined {
    const { shape, facts, bytes } = this.#parts;
    const at = 2 * shape.identityFacts.indexOf(fact);
    const [from, to] = [facts[at], facts[at + 1]];
    return from === to ? undefined : bytes.toString('latin1', from, to);
  }
}
