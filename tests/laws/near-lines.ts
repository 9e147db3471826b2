/** Lines of logs whose records match given conditions, or nearly do: their values come from the conditions. */
import type { JsonObject } from '../../src/data/document.ts';
import { AUDIT_PATH } from '../../src/ingest/normalise/audit-fields.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Random } from '../../src/sample/random.ts';
import { nearly, styles, written } from './odd.ts';
import { auditRecord, ecsRecord } from './records.ts';
import { documentFor } from './satisfy.ts';

export interface NearLine {
  /** The position of the condition whose values it has. */
  readonly rule: number;
  readonly text: string;
}

export interface Kind {
  readonly name: string;
  /** Undefined when none of the values can stand in such a record. */
  readonly make: (values: JsonObject, number: number) => JsonObject | undefined;
  /** How many records a condition gets, for each that the others get. */
  readonly share: (predicate: Predicate) => number;
}

const isAboutAudit = (predicate: Predicate): boolean =>
  fieldsOf(predicate).some(({ path }) => typeof path === 'string' && path.startsWith(AUDIT_PATH));

export const kinds: readonly Kind[] = [
  { name: 'ECS documents', make: ecsRecord, share: () => 1 },
  {
    name: 'audit events as the API server writes them',
    make: auditRecord,
    share: (predicate) => (isAboutAudit(predicate) ? 20 : 1),
  },
];

/** The first record of each condition has the values as they are, those after it have some changed. */
export function nearLines(
  predicates: readonly Predicate[],
  { make, share }: Kind,
  count: number,
  random: Random,
): NearLine[] {
  const lines: NearLine[] = [];
  predicates.forEach((predicate, rule) => {
    for (let which = 0; which < count * share(predicate); which++) {
      const values = documentFor(predicate, (choices) => random.between(0, choices - 1));
      const record = make(which === 0 ? values : changed(values, random), lines.length);
      if (record !== undefined) lines.push({ rule, text: written(record, random.pick(styles), random) });
    }
  });
  return lines;
}

/** One or two of the values become others, or go. */
function changed(values: JsonObject, random: Random): JsonObject {
  const entries = Object.entries(values);
  const [one, other] = [random.between(0, entries.length), random.between(0, 3 * entries.length)];
  return Object.fromEntries(
    entries.flatMap(([path, value], at): [string, JsonObject[string]][] => {
      if (at !== one && at !== other) return [[path, value]];
      return random.chance(0.05) ? [] : [[path, nearly(value ?? null, random)]];
    }),
  );
}
