/** When something was found: the time of an alert, which is known before the alert is made. */
import type { EventEnvelope } from '../../model/event.ts';
import type { Detection } from '../detection.ts';

/** Event time of the alert about all of the detection, in milliseconds since the epoch. */
export function timeOf({ events, finding }: Detection): number | undefined {
  switch (finding?.kind) {
    case 'threshold':
    case 'summary':
      return finding.to;
    case 'sequence':
    case 'queryGroup':
      return latest(events);
    case 'newTerms':
    case 'threatMatch':
    case undefined:
      return events[0].time;
  }
}

/** The time of the latest event that has one. */
export const latest = (events: readonly EventEnvelope[]): number | undefined =>
  events.reduce<number | undefined>((last, { time }) => later(last, time), undefined);

const later = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);
