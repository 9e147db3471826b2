/** The known field that a misspelled one most likely means. Names are many and queries repeat them, so answers are kept. */
import { nearest } from '../../base/typo.ts';
import type { FieldTypes } from '../../data/field-type.ts';

interface Known {
  readonly byLength: ReadonlyMap<number, readonly string[]>;
  readonly answers: Map<string, string | undefined>;
}

const tables = new WeakMap<FieldTypes, Known>();

/** Undefined when a table knows the name, or none is close. */
export function nearKnownName(name: string, types: FieldTypes): string | undefined {
  const known = tables.get(types) ?? { byLength: namesByLength(types), answers: new Map() };
  tables.set(types, known);
  if (!known.answers.has(name)) known.answers.set(name, search(name, types, known));
  return known.answers.get(name);
}

const namesByLength = (types: FieldTypes): ReadonlyMap<number, readonly string[]> =>
  Map.groupBy(types.names(), (name) => name.length);

/** A short name is one slip away from too many. */
const SHORTEST = 5;

/**
 * `nearest` allows two edits, so that only names of about this length count. Names that share neither their first nor their last third would need an edit in both. A name below a known one is
 * no slip.
 */
function search(name: string, types: FieldTypes, { byLength }: Known): string | undefined {
  if (name.length < SHORTEST || types.resolve(name).type !== 'dynamic') return undefined;
  const third = Math.floor(name.length / 3);
  const [head, tail] = [name.slice(0, third).toLowerCase(), name.slice(-third).toLowerCase()];
  const candidates = [-2, -1, 0, 1, 2]
    .flatMap((more) => byLength.get(name.length + more) ?? [])
    .filter((known) => known.startsWith(head) || known.endsWith(tail));
  if (candidates.includes(name)) return undefined;
  return nearest(
    name,
    candidates.filter((known) => !name.startsWith(`${known}.`)),
  );
}
