import type { JsonObject } from '../data/document.ts';
import type { EventEnvelope, Origin } from '../model/event.ts';
import { keyOf } from './normalise/key.ts';
import type { NormalisedEvent } from './normalise/shape.ts';

/** An event that was read. Few events match anything, so what only matches need is made when it is asked for. */
export class ReadEvent implements EventEnvelope {
  readonly key: string;
  readonly time: number | undefined;
  readonly origin: Origin;
  readonly idle: EventEnvelope['idle'];
  readonly #event: NormalisedEvent;

  constructor(event: NormalisedEvent, key: string, origin: Origin, idle?: EventEnvelope['idle']) {
    this.key = key;
    this.time = event.time;
    this.origin = origin;
    this.idle = idle;
    this.#event = event;
  }

  get document(): JsonObject {
    return this.#event.document;
  }

  get requestKey(): string | undefined {
    const { request } = this.#event;
    return request === undefined ? undefined : keyOf(request);
  }

  /** The same fields as any other envelope has. */
  toJSON(): EventEnvelope {
    const { key, requestKey, time, document, origin } = this;
    return { key, ...(requestKey === undefined ? {} : { requestKey }), time, document, origin };
  }
}
