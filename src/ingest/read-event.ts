import type { JsonObject } from '../data/document.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import { keyOf } from './normalise/key.ts';
import type { NormalisedEvent } from './normalise/shape.ts';

/** An event that was read. Few events match anything, so what only matches need is made when it is asked for. */
export class ReadEvent implements EventEnvelope {
  readonly time: number | undefined;
  readonly document: JsonObject;
  readonly origin: Origin;
  readonly #event: NormalisedEvent;
  readonly #additions: readonly string[];
  #key: string | undefined;
  #requestKey: string | undefined;

  /** `additions` go into the key besides the identity. */
  constructor(event: NormalisedEvent, origin: Origin, additions: readonly string[]) {
    this.time = event.time;
    this.document = event.document;
    this.origin = origin;
    this.#event = event;
    this.#additions = additions;
  }

  get key(): string {
    return (this.#key ??= keyOf([...this.#event.identity, ...this.#additions]));
  }

  get requestKey(): string | undefined {
    const { request } = this.#event;
    return request === undefined ? undefined : (this.#requestKey ??= keyOf(request));
  }

  /** The same fields as any other envelope has. */
  toJSON(): EventEnvelope {
    const { key, requestKey, time, document, origin } = this;
    return { key, ...(requestKey === undefined ? {} : { requestKey }), time, document, origin };
  }
}
