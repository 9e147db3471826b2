/** Puts lines together that a container runtime split, each stream on its own. */
import type { Origin } from '../../model/event.ts';
import { WAITS_ERR, WAITS_OTHER, WAITS_OUT } from './fast/offsets.ts';
import { type RecordSink, recordTooLong } from './record-sink.ts';

interface Pending {
  readonly origin: Origin;
  readonly parts: string[];
  size: number;
  dropped: boolean;
}

export interface Whole {
  readonly text: string;
  /** Where its first part stands. */
  readonly origin: Origin;
}

export class Partials {
  readonly #pending = new Map<string, Pending>();
  readonly #sink: RecordSink;
  readonly #limit: number;

  constructor(sink: RecordSink, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
  }

  /** The streams of which a line waits for its rest, as the scanner has them; those of container runtimes one by one. */
  get waiting(): number {
    const out = this.#pending.has('stdout') ? WAITS_OUT : 0;
    const err = this.#pending.has('stderr') ? WAITS_ERR : 0;
    return out | err | (this.#pending.size > 0 ? WAITS_OTHER : 0);
  }

  /** A part that is not the last. */
  add(stream: string, text: string, origin: Origin): void {
    const pending = this.#pending.get(stream) ?? { origin, parts: [], size: 0, dropped: false };
    this.#pending.set(stream, pending);
    pending.size += text.length;
    if (!pending.dropped) pending.parts.push(text);
    if (pending.dropped || pending.size <= this.#limit) return;
    this.#sink.refuse('INP004', pending.origin, recordTooLong(this.#limit), pending.parts[0] ?? '');
    pending.dropped = true;
    pending.parts.length = 0;
  }

  /** The last part, or a line that was never split; undefined when the whole was refused for its length. */
  complete(stream: string, text: string, origin: Origin): Whole | undefined {
    const pending = this.#pending.get(stream);
    if (pending === undefined) return { text, origin };
    this.#pending.delete(stream);
    return pending.dropped ? undefined : { text: pending.parts.join('') + text, origin: pending.origin };
  }

  /** The end of input: what waits for its last part waits in vain. */
  end(): void {
    for (const { origin, parts, dropped } of this.#pending.values()) {
      if (!dropped)
        this.#sink.refuse('INP016', origin, 'the last part of this split line is missing', parts.join(''));
    }
    this.#pending.clear();
  }
}
