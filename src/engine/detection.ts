/** What a strategy found: a rule, and the events that it stands on. It becomes one alert. */
import type { EventEnvelope } from '../model/event.ts';
import type { LoadedRule } from '../rules/rule.ts';

export interface Detection {
  readonly rule: LoadedRule;
  /** At least one; the first one gives the alert its fields, its time and its id. */
  readonly events: readonly [EventEnvelope, ...EventEnvelope[]];
}
