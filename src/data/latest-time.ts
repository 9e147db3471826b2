/**
 * The time that a stream of events, or one file of them, has come to: that of its latest event. An event that lies further
 * ahead of all others than events usually do may have a wrong time, and must not make everything after it late: it moves the
 * time only when the next ones lie there too (docs/decisions/0411).
 */

/** Milliseconds after the latest event. */
const FURTHEST_AHEAD = 86_400_000;
/** Events in a row that must lie beyond it. */
const WITNESSES = 3;

export interface LatestValues {
  readonly time: number | null;
  readonly ahead: readonly number[];
}

export class LatestTime {
  #time = -Infinity;
  /** Times of the last events, all of them too far ahead. */
  #ahead: number[] = [];
  readonly #onAhead: (events: number) => void;

  /** `onAhead` is told of events that nothing confirmed. */
  constructor(onAhead: (events: number) => void) {
    this.#onAhead = onAhead;
  }

  /** Milliseconds since the epoch; minus infinity before the first event. */
  get time(): number {
    return this.#time;
  }

  /** Whether an event of this time would lie so far ahead that others have to confirm it. */
  isAhead(time: number): boolean {
    return this.#time !== -Infinity && time > this.#time + FURTHEST_AHEAD;
  }

  /** Takes the time of an event; whether the time moved. */
  see(time: number): boolean {
    if (!this.isAhead(time)) {
      if (this.#ahead.length > 0) {
        this.#onAhead(this.#ahead.length);
        this.#ahead = [];
      }
      return this.pass(time);
    }
    this.#ahead.push(time);
    if (this.#ahead.length < WITNESSES) return false;
    this.#confirm();
    return true;
  }

  /** Nothing before this time is expected any more; whether the time moved. */
  pass(time: number): boolean {
    if (time <= this.#time) return false;
    this.#time = time;
    return true;
  }

  /** No event comes any more that could show that the last ones were wrong. */
  end(): void {
    if (this.#ahead.length > 0) this.#confirm();
    this.#ahead = [];
  }

  values(): LatestValues {
    return { time: this.#time === -Infinity ? null : this.#time, ahead: this.#ahead };
  }

  restore({ time, ahead }: LatestValues): void {
    this.#time = time ?? -Infinity;
    this.#ahead = [...ahead];
  }

  /** The earliest of them is right, and those that are near to it. */
  #confirm(): void {
    const times = this.#ahead.sort((a, b) => a - b);
    this.#time = times[0] ?? this.#time;
    this.#ahead = times.filter((time) => {
      const isNear = time <= this.#time + FURTHEST_AHEAD;
      if (isNear) this.#time = time;
      return !isNear;
    });
  }
}
