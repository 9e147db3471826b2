/**
 * How many bytes of memory values take, estimated from what V8 needs for each of their parts (64 bit, pointers not
 * compressed; measured, see the test). An event is counted once, however often it is held, and so are the fields of a rule
 * that all its alerts share.
 */
import type { JsonObject } from '../../data/document.ts';
import type { EventEnvelope } from '../../model/event.ts';
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

/** In an alert that is read as an event. */
const RULE = 'kibana.alert.rule.uuid';
const RULE_FIELDS = 'kibana.alert.rule.';

interface EventSize {
  /** Without what it shares with other alerts of the rule. */
  readonly own: number;
  readonly rule: string | undefined;
  readonly ofRule: number;
}

export type KnownSizes = WeakMap<object, EventSize>;

const TWO_BYTES = /[^\u0000-\u00ff]/;

export class ByteCounter {
  /** Events that were counted, and rules whose fields were. */
  readonly #events = new Set<object>();
  readonly #rules = new Set<string>();
  /** Of events, which many rules can hold. */
  readonly #known: KnownSizes;

  /** `known` is filled; another counter can use it again. */
  constructor(known: KnownSizes = new WeakMap()) {
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

  #event(event: EventEnvelope): number {
    if (this.#events.has(event)) return 0;
    this.#events.add(event);
    const { own, rule, ofRule } = this.#known.get(event) ?? this.#measured(event);
    if (rule === undefined || this.#rules.has(rule)) return own;
    this.#rules.add(rule);
    return own + ofRule;
  }

  /** Events come from many sources: what they have in common is counted, so that one that was restored counts the same. */
  #measured(event: EventEnvelope): EventSize {
    const { key, requestKey, time, document, origin, shortened } = event;
    const rule = document[RULE];
    const size: EventSize = {
      own: this.#parts({ key, requestKey, time, document, origin, shortened }),
      rule: typeof rule === 'string' ? rule : undefined,
      ofRule: this.#ofRule(document),
    };
    const measured = { ...size, own: size.own - size.ofRule };
    this.#known.set(event, measured);
    // A document may have been made for this alone, of thousands of events.
    event.settle?.();
    return measured;
  }

  /** What all alerts of a rule share. */
  #ofRule(document: JsonObject): number {
    let bytes = 0;
    for (const name in document) if (name.startsWith(RULE_FIELDS)) bytes += this.#value(document[name]);
    return bytes;
  }

  #parts(value: object): number {
    const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
    const head = Array.isArray(value) ? ARRAY : OBJECT;
    // A key without a value is in no snapshot, so it counts for nothing before one either.
    return parts.reduce(
      (sum: number, part) => (part === undefined ? sum : sum + POINTER + this.#value(part)),
      head,
    );
  }
}

const stringBytes = (text: string): number =>
  Math.ceil((STRING + text.length * (TWO_BYTES.test(text) ? 2 : 1)) / 8) * 8;
