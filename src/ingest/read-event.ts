import type { JsonObject } from '../data/document.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import { keyOf } from './normalise/key.ts';
import type { NormalisedEvent } from './normalise/shape.ts';

/** An event that was read. Few events match anything, so what only matches need is made when it is asked for. */
export class ReadEvent implements EventEnvelope {
  readonly key: string;
  readonly time: number | undefined;
  readonly document: JsonObject;
  readonly origin: Origin;
  readonly #request: NormalisedEvent['request'];

  constructor({ time, document, request }: NormalisedEvent, key: string, origin: Origin) {
    this.key = key;
    this.time = time;
    this.document = document;
    this.origin = origin;
    this.#request = request;
  }

  get requestKey(): string | undefined {
    return this.#request === undefined ? undefined : keyOf(this.#request);
  }

  /** The same fields as any other envelope has. */
  toJSON(): EventEnvelope {
    const { key, requestKey, time, document, origin } = this;
    return { key, ...(requestKey === undefined ? {} : { requestKey }), time, document, origin };
  }
}
