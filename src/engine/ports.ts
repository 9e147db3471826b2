/** What the engine needs from outside: it has no clock, no files and no hash of its own. */
import type { EventEnvelope } from '../model/event.ts';

export interface Ports {
  /**
   * The time at which an event is examined, in milliseconds since the epoch: what `now` means in its queries and what
   * its alerts carry as `@timestamp`. A replay answers with the event's own time, a server with the wall clock;
   * undefined when nobody knows.
   */
  detectionTime(eventTime: number | undefined): number | undefined;
  /** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
  digest(text: string): string;
}

/** What rules read besides events. */
export interface EngineInputs {
  /** Documents with the indicators of threat match rules, of all their indices. */
  readonly indicators: readonly EventEnvelope[];
}
