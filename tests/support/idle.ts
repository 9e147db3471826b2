/** Idle events made of others, for tests of what takes them. */
import type { Arrival, EventEnvelope, IdleEvents } from '../../src/model/event.ts';

/** Events with times, as if no condition held for them. */
export const idle = (events: readonly EventEnvelope[], isRead = true): IdleEvents => ({
  count: events.length,
  isRead,
  timeAt: (position) => events[position]?.time ?? NaN,
  eventAt: (position) => events[position] as EventEnvelope,
  part: (from, to) => idle(events.slice(from, to), isRead),
});

/** The same events, with those that have times in runs of these lengths, as often as the lengths say; 0 leaves one alone. */
export function inRuns(events: readonly EventEnvelope[], lengths: readonly number[]): Arrival[] {
  const arrivals: Arrival[] = [];
  let turn = 0;
  for (let at = 0; at < events.length;) {
    const length = lengths[turn++ % lengths.length] ?? 0;
    const run = events.slice(at, at + Math.max(1, length));
    arrivals.push(...(length === 0 || run.some(({ time }) => time === undefined) ? run : [idle(run)]));
    at += run.length;
  }
  return arrivals;
}
