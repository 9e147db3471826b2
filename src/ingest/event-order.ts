/**
 * When each event of a file comes in a merge: at its own time, unless that lies so far ahead of its file that nothing
 * confirms it (docs/decisions/0411). Such an event must not hold back those after it until every other file has come there.
 */
import { LatestTime } from '../data/latest-time.ts';
import type { Arrival, EventEnvelope, IdleEvents } from '../model/event.ts';
import { isIdle } from '../model/event.ts';

/** An event and the time at which it comes, undefined for one without a time; or idle events that come at their own times. */
export type Placed =
  { readonly event: EventEnvelope; readonly time: number | undefined } | { readonly run: IdleEvents };

/** Over so many events, most of them without a time, a time counts as right: it then holds back its file as any other. */
const UNDECIDED = 1000;

export class EventOrder {
  readonly #latest = new LatestTime(() => this.#refute());
  #placed: Placed[] = [];
  /** Since the first event that is far ahead of those before it; they keep their order. */
  #undecided: EventEnvelope[] = [];

  /** `begins` is the earliest time in the beginning of the file, if one is known. */
  constructor(begins: number | undefined) {
    if (begins !== undefined) this.#latest.pass(begins);
  }

  /** The next events of the file; gives back those whose time is decided. */
  add(arrivals: readonly Arrival[]): readonly Placed[] {
    for (const arrival of arrivals)
      if (isIdle(arrival)) this.#seeRun(arrival);
      else this.#see(arrival);
    // These come with later batches.
    for (const event of this.#undecided) event.settle?.();
    return this.#take();
  }

  /** Nothing comes any more that could show that the last ones were wrong. */
  end(): readonly Placed[] {
    this.#latest.end();
    this.#placeAll();
    return this.#take();
  }

  /** Each one as if it came alone; those before the first that may not come at its own time stay together. */
  #seeRun(run: IdleEvents): void {
    let at = 0;
    while (at < run.count && this.#undecided.length === 0 && !this.#latest.isAhead(run.timeAt(at)))
      this.#latest.see(run.timeAt(at++));
    if (at > 0) this.#placed.push({ run: at === run.count ? run : run.part(0, at) });
    for (; at < run.count; at++) this.#see(run.eventAt(at));
  }

  #see(event: EventEnvelope): void {
    const { time } = event;
    // Refutes those before it when it is none of them.
    if (time !== undefined) this.#latest.see(time);
    this.#undecided.push(event);
    const waiting = this.#undecided.findIndex(
      (one) => one.time !== undefined && one.time > this.#latest.time,
    );
    if (waiting === -1 || this.#undecided.length > UNDECIDED) this.#placeAll();
    else
      for (const one of this.#undecided.splice(0, waiting)) this.#placed.push({ event: one, time: one.time });
  }

  /** At their own times. */
  #placeAll(): void {
    for (const event of this.#undecided) this.#placed.push({ event, time: event.time });
    this.#undecided = [];
  }

  /** None of those that are ahead was right: they come where the file is. */
  #refute(): void {
    for (const event of this.#undecided) this.#placed.push({ event, time: this.#timeOf(event) });
    this.#undecided = [];
  }

  #timeOf({ time }: EventEnvelope): number | undefined {
    return time === undefined ? undefined : Math.min(time, this.#latest.time);
  }

  #take(): readonly Placed[] {
    const placed = this.#placed;
    this.#placed = [];
    return placed;
  }
}
