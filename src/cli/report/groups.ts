/** What the reports that show groups have in common. */
import type { Alert, Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import { isExplained } from '../../model/benign.ts';
import type { AlertGroup, Count, RunSummary } from '../../model/summary.ts';
import { instant, number } from '../text/format.ts';
import { placeText } from '../../model/place.ts';

/**
 * Where the first alert of each rule was found that counts, or the first that nothing explains: an entry to the log, and
 * what `explain` wants to know.
 */
export class FirstPlaces {
  readonly #places = new Map<string, Alert['sources'][number]>();
  readonly #unexplained = new Set<string>();

  add(alert: Alert): void {
    const [first] = alert.sources;
    // The alert about a whole sequence has the places of its parts.
    if (first === undefined || alert.excepted !== undefined || alert.group?.index !== undefined) return;
    const { ruleId } = alert;
    const isNews = !isExplained(alert.explanations) && !this.#unexplained.has(ruleId);
    if (isNews) this.#unexplained.add(ruleId);
    if (isNews || !this.#places.has(ruleId)) this.#places.set(ruleId, first);
  }

  origin(group: AlertGroup): Alert['sources'][number] | undefined {
    return this.#places.get(group.ruleId);
  }

  /** Empty when the alert names no place. */
  text(group: AlertGroup): string {
    const origin = this.origin(group);
    return origin === undefined ? '' : placeText(origin);
  }
}

export interface Shown {
  readonly groups: readonly AlertGroup[];
  /** Groups and alerts in them that are not shown. */
  readonly hidden: number;
  readonly hiddenAlerts: number;
}

/** The first groups, as many as asked for; the summary has them in order of severity and count. */
export function shownGroups({ groups }: RunSummary, most: number): Shown {
  const shown = most === 0 ? groups : groups.slice(0, most);
  const hidden = groups.slice(shown.length);
  return { groups: shown, hidden: hidden.length, hiddenAlerts: hidden.reduce((sum, g) => sum + g.count, 0) };
}

/** `eve@example.com (9)`, and last `and 3 more`; nothing for names that the events did not have. */
function names(counts: readonly Count[], all: number, over: boolean): string[] {
  const named = counts.filter(({ what }) => what !== '');
  const more = all - counts.length;
  const rest = over ? [`and over ${number(more)} more`] : more > 0 ? [`and ${number(more)} more`] : [];
  return [...named.map(({ what, count }) => (count === 1 ? what : `${what} (${number(count)})`)), ...rest];
}

export const actorNames = (group: AlertGroup): string[] =>
  names(group.actors, group.actorCount, group.actorsOver);
export const targetNames = (group: AlertGroup): string[] =>
  names(group.targets, group.targetCount, group.targetsOver);

/** `2024-05-07 09:12:03 – 10:44:51`; the day is not repeated. */
export function span({
  first,
  last,
}: {
  readonly first: number | undefined;
  readonly last: number | undefined;
}): string {
  const [from, to] = [instant(first), instant(last)];
  if (from === to) return from;
  return from.slice(0, 10) === to.slice(0, 10) ? `${from} – ${to.slice(11)}` : `${from} – ${to}`;
}

/** Whether a finding of this severity makes the run fail. */
export const fails = (severity: Severity, failOn: Severity | 'never'): boolean =>
  failOn !== 'never' && severities.indexOf(severity) >= severities.indexOf(failOn);
