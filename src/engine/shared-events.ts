/** One object for each event again, after a snapshot wrote it down once for everything that holds it. */
import type { EventEnvelope } from '../model/event.ts';

export const isEvent = (value: object): value is EventEnvelope => 'document' in value && 'origin' in value;

export class SharedEvents {
  readonly #events = new Map<string, EventEnvelope>();

  /** Puts, in place, the same object wherever the same event stands in something that was read from JSON. */
  in<T>(value: T): T {
    if (typeof value !== 'object' || value === null) return value;
    if (isEvent(value)) return this.#shared(value) as T;
    const parts = value as Record<string, unknown>;
    for (const [name, part] of Object.entries(parts))
      if (typeof part === 'object' && part !== null) parts[name] = this.in(part);
    return value;
  }

  /** Events of one key at one place are one event, and one more where they are shortened. */
  #shared(event: EventEnvelope & object): EventEnvelope {
    const { key, origin, shortened } = event;
    const place = JSON.stringify([key, origin, shortened]);
    const known = this.#events.get(place);
    if (known !== undefined) return known;
    this.#events.set(place, event);
    return event;
  }
}
