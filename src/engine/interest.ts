/** What the engine's rules look for, for the reader of their events. */
import type { JsonObject, Scalar } from '../data/document.ts';
import type { SampleCounts } from '../exec/index/sample.ts';
import type { RuleMask, Screen } from '../exec/index/screen.ts';
import { joined } from '../exec/index/screen.ts';
import type { Decider } from '../exec/index/decider.ts';
import type { Posting } from '../exec/index/postings.ts';
import type { Interest, Lookup, Meaning, Readers, Reads, Values } from '../model/interest.ts';
import { environmentOf } from './environment.ts';
import type { Ports } from './ports.ts';
import type { AskedOfEvents, Questions } from './questions.ts';

/** All that rules ask of events, and the fields of which it is told whether any event had them. */
export interface Asked extends AskedOfEvents {
  readonly fields: readonly string[];
}

/** Which fields some earlier event had. */
export interface KnownFields {
  isKnown(field: string): boolean;
}

const NOWHERE = -1;

export class EventInterest implements Interest {
  readonly #screen: Screen;
  readonly #questions: Questions;
  readonly #fields: KnownFields;
  readonly #decider: Decider;
  readonly wants: Interest['wants'];
  readonly #ports: Ports;
  readonly #masks = new WeakMap<Uint8Array, RuleMask>();

  constructor(screen: Screen, questions: Questions, fields: KnownFields, ports: Ports) {
    this.#screen = screen;
    this.#questions = questions;
    this.#fields = fields;
    this.#decider = screen.decider;
    this.#ports = ports;
    const positions = new Map(screen.paths.map((path, position) => [path, position]));
    this.wants = questions.all.wants.map(
      (paths) => paths && new Set(paths.map((path) => positions.get(path) ?? NOWHERE)),
    );
  }

  get paths(): readonly string[] {
    return this.#screen.paths;
  }

  get asked(): number {
    return this.#screen.asked;
  }

  presence(path: number): Meaning | undefined {
    return this.#screen.presence(path);
  }

  value(path: number, value: Scalar): Meaning | undefined {
    return this.#screen.value(path, value);
  }

  anything(path: number): Meaning | undefined {
    return this.#screen.anything(path);
  }

  joined(meanings: readonly Meaning[]): Meaning {
    return joined(meanings as readonly Posting[]);
  }

  lookup(path: number): Lookup | undefined {
    return this.#screen.contents(path);
  }

  get atFirst(): Interest['atFirst'] {
    return this.#screen.atFirst;
  }

  bitsOf(meaning: Meaning): (readonly [word: number, mask: number])[] {
    return (meaning as Posting).entries();
  }

  conditionsOf(readers: Readers): Int32Array {
    return readers as RuleMask;
  }

  reads(condition: number): Reads | undefined {
    return this.#decider.reads(condition);
  }

  decide(conditions: ArrayLike<number>, values: Values, time: number): readonly number[] | undefined {
    return this.#decider.decide(conditions, values, environmentOf({ time }, this.#ports).now);
  }

  countKnown(conditions: ArrayLike<number>, events: number): void {
    this.#decider.countKnown(conditions, events);
  }

  readersOf(document: JsonObject): Readers {
    const asked = this.#questions.of(document);
    const known = this.#masks.get(asked);
    if (known !== undefined) return known;
    const mask = new Int32Array(Math.ceil(asked.length / 32));
    for (const [rule, isAsked] of asked.entries()) if (isAsked === 1) mask[rule >>> 5]! |= 1 << rule;
    this.#masks.set(asked, mask);
    return mask;
  }

  isKnown(path: number): boolean {
    return this.#fields.isKnown(this.paths[path] ?? '');
  }

  get wantsSample(): boolean {
    return this.#screen.wantsSample;
  }

  sample(document: JsonObject): void {
    this.#screen.sample(document);
  }

  renew(): boolean {
    return this.#screen.renew();
  }

  get choices(): number {
    return this.#screen.choices;
  }

  get shown(): SampleCounts {
    return this.#screen.counts;
  }
}
