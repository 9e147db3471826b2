/** What is said about several events together: whose they are, how long they took. */
import type { Entity } from '../../model/alert.ts';
import type { EventEnvelope } from '../../model/event.ts';
import { entityOf } from './entity.ts';

/** The actor and the target that all events have; of several, the word for it. */
export function commonEntity(events: readonly EventEnvelope[]): Entity {
  const entities = events.map(({ document }) => entityOf(document));
  return {
    actor: only(entities.map(({ actor }) => actor)),
    target: only(entities.map(({ target }) => target)),
  };
}

function only(names: readonly string[]): string {
  const different = new Set(names);
  return different.size === 1 ? (names[0] ?? '') : '(several)';
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** `4 min`, in the largest unit that is not less than one. */
export function spanText(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => milliseconds >= size) ?? (['ms', 1] as const);
  const rounded = Math.round((milliseconds / length) * 10) / 10;
  return `${rounded} ${unit}`;
}
