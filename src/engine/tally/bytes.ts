/**
 * How many bytes of memory values take, estimated from what V8 needs for each of their parts (64 bit, pointers not
 * compressed; measured, see the test). An event is counted once, however often it is held.
 */
import type { Memory } from '../memory.ts';
import { isEvent } from '../shared-events.ts';
import type { MemoryUse, KindOfMemory } from '../../model/state.ts';

/** Header and hash of a string; a character takes one byte, or two when the string has one outside of Latin-1. */
const STRING = 16;
const NUMBER = 16;
const OBJECT = 24;
const ARRAY = 48;
const POINTER = 8;
/** What a map needs for an entry. */
const MAP_ENTRY = 40;

const TWO_BYTES = /[^\u0000-\u00ff]/;

export class ByteCounter {
  /** Events that were counted. */
  readonly #events = new Set<object>();
  /** Of events, which many rules can hold. */
  readonly #known: WeakMap<object, number>;

  /** `known` is filled; another counter can use it again. */
  constructor(known: WeakMap<object, number> = new WeakMap()) {
    this.#known = known;
  }

  /** By kind, in the order of the lists; kinds without entries are left out. */
  of({ lists }: Memory): MemoryUse[] {
    return Object.entries(lists).flatMap(([kind, entries]) =>
      entries.length === 0
        ? []
        : { kind: kind as KindOfMemory, entries: entries.length, bytes: this.#entries(entries) },
    );
  }

  #entries(entries: readonly unknown[]): number {
    return entries.reduce((sum: number, entry) => sum + MAP_ENTRY + this.#value(entry), 0);
  }

  /** Besides the place where the value stands. */
  #value(value: unknown): number {
    if (typeof value === 'string') return stringBytes(value);
    if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 0 : NUMBER;
    if (typeof value !== 'object' || value === null) return 0;
    return isEvent(value) ? this.#event(value) : this.#parts(value);
  }

  #event(event: object): number {
    if (this.#events.has(event)) return 0;
    this.#events.add(event);
    const known = this.#known.get(event);
    if (known !== undefined) return known;
    const bytes = this.#parts(event);
    this.#known.set(event, bytes);
    return bytes;
  }

  #parts(value: object): number {
    const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
    const head = Array.isArray(value) ? ARRAY : OBJECT;
    return parts.reduce((sum: number, part) => sum + POINTER + this.#value(part), head);
  }
}

const stringBytes = (text: string): number =>
  Math.ceil((STRING + text.length * (TWO_BYTES.test(text) ? 2 : 1)) / 8) * 8;
