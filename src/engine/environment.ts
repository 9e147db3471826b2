/** The environment in which the queries of rules are asked about an event. */
import type { Environment } from '../exec/environment.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Ports } from './ports.ts';

/** What `now` is in a query about this event; the epoch when nobody knows. */
export const environmentOf = ({ time }: Pick<EventEnvelope, 'time'>, ports: Ports): Environment => ({
  now: ports.detectionTime(time) ?? 0,
});
