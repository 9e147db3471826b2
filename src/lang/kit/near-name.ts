/** The known field that a misspelled one most likely means. Names are many and queries repeat them, so answers are kept. */
import { nearest } from '../../base/typo.ts';
import type { FieldTypes } from '../../data/field-type.ts';

const answers = new WeakMap<FieldTypes, Map<string, string | undefined>>();

/** Undefined when a table knows the name, or none is close. */
export function nearKnownName(name: string, types: FieldTypes): string | undefined {
  const known = answers.get(types) ?? new Map<string, string | undefined>();
  answers.set(types, known);
  if (!known.has(name)) known.set(name, search(name, types));
  return known.get(name);
}

/** A short name is one slip away from too many. */
const SHORTEST = 5;

/**
 * Names that share neither their first nor their last third would need an edit in both. A name below a known one is
 * no slip.
 */
function search(name: string, types: FieldTypes): string | undefined {
  if (name.length < SHORTEST || types.resolve(name).type !== 'dynamic') return undefined;
  const third = Math.floor(name.length / 3);
  const [head, tail] = [name.slice(0, third).toLowerCase(), name.slice(-third).toLowerCase()];
  const candidates = [...types.names()].filter((known) => known.startsWith(head) || known.endsWith(tail));
  if (candidates.includes(name)) return undefined;
  return nearest(
    name,
    candidates.filter((known) => !name.startsWith(`${known}.`)),
  );
}
