/** An alert as an event for the rules that read alerts (engine A4). */
import type { Alert } from '../model/alert.ts';
import type { EventEnvelope } from '../model/event.ts';
import { parseDate } from '../data/date.ts';
import { rulesBehind } from './alert/event-fields.ts';
import type { Detection } from './detection.ts';
import { readsAlerts } from './detector.ts';

/** Its time is the alert's own `@timestamp`, as Kibana's rules over alerts see it. */
export function alertEvent({ id, time, document, sources }: Alert): EventEnvelope {
  const created = document['@timestamp'];
  return {
    key: id,
    time: typeof created === 'string' ? (parseDate(created) ?? time) : time,
    document,
    origin: sources[0] ?? { file: '<alert>' },
  };
}

/** The rule itself had a part in one of the alerts that the detection stands on (engine A4). */
export const isLoop = ({ rule, events }: Detection): boolean =>
  readsAlerts(rule) &&
  events.some(({ document }) => rulesBehind(document).includes(rule.document.rule.rule_id));
