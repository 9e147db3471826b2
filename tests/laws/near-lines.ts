/** Lines of logs whose records match given conditions, or nearly do: their values come from the conditions. */
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { AUDIT_PATH } from '../../src/ingest/normalise/audit-fields.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import type { Predicate, Some } from '../../src/plan/predicate.ts';
import type { Random } from '../../src/sample/random.ts';
import { nearly, styles, written } from './odd.ts';
import { auditRecord, carriedRecord, ecsRecord } from './records.ts';
import { documentFor } from './satisfy.ts';

export interface NearLine {
  /** The positions of the conditions whose values it has. */
  readonly about: readonly number[];
  readonly text: string;
}

export interface Kind {
  readonly name: string;
  /** Undefined when none of the values can stand in such a record. */
  readonly make: (values: JsonObject, number: number) => JsonObject | undefined;
  /** Whether tests of the path are put to such records by themselves. */
  readonly has: (path: string) => boolean;
  /** How many records a condition gets, for each that the others get. */
  readonly share: (predicate: Predicate) => number;
}

const isAboutAudit = (predicate: Predicate): boolean =>
  fieldsOf(predicate).some(({ path }) => typeof path === 'string' && path.startsWith(AUDIT_PATH));

/** Sets of fields that many sources have; beside others of a single source, nothing would be judged from bytes. */
const COMMON_SETS = new Set(
  'client container destination dll dns event file group host http message network process registry source tls url user user_agent'.split(
    ' ',
  ),
);

export const kinds: readonly Kind[] = [
  {
    name: 'ECS documents',
    make: ecsRecord,
    has: (path) => COMMON_SETS.has(path.split('.')[0] ?? ''),
    share: () => 1,
  },
  {
    name: 'audit events as the API server writes them',
    make: auditRecord,
    has: (path) => auditRecord({ [path]: '' }, 0) !== undefined,
    share: (predicate) => (isAboutAudit(predicate) ? 20 : 0.5),
  },
  {
    name: 'audit events in ECS documents',
    make: carriedRecord,
    has: (path) => path.startsWith(AUDIT_PATH) || COMMON_SETS.has(path.split('.')[0] ?? ''),
    share: (predicate) => (isAboutAudit(predicate) ? 20 : 0.5),
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
  predicates.forEach((predicate, position) => {
    for (let which = 0; which < count * share(predicate); which++) {
      const values = documentFor(predicate, (choices) => random.between(0, choices - 1));
      const record = make(which === 0 ? values : changed(values, random), lines.length);
      if (record !== undefined)
        lines.push({ about: [position], text: written(record, random.pick(styles), random) });
    }
  });
  return lines;
}

/** A test of one field, with a value that it accepts. */
interface LeafValue {
  readonly leaf: number;
  readonly path: string;
  readonly value: JsonValue;
}

/** Values together in a record, most of them of different fields. */
const TOGETHER = 12;

/**
 * Each text, pattern, number and expression of tests of one field stands in `count` records, as it is and changed; less than
 * one makes it some of them.
 */
export function leafLines(
  leaves: readonly Some[],
  { make, has }: Kind,
  count: number,
  random: Random,
): NearLine[] {
  const values = leaves
    .flatMap((leaf, number) => (has(String(leaf.field.path)) ? valuesOf(leaf, number) : []))
    .filter(() => random.chance(count));
  const fields = [...Map.groupBy(values, ({ path }) => path).values()];
  const lines: NearLine[] = [];
  for (let round = 0; round < count; round++)
    for (const group of grouped(fields)) {
      const document = Object.fromEntries(
        group.map(({ path, value }) => [
          path,
          round === 0 && random.chance(0.5) ? value : nearly(value, random),
        ]),
      );
      const record = make(document, lines.length);
      if (record !== undefined)
        lines.push({
          about: group.map(({ leaf }) => leaf),
          text: written(record, random.pick(styles), random),
        });
    }
  return lines;
}

function valuesOf(leaf: Some, number: number): LeafValue[] {
  const alternatives = 'oneOf' in leaf.test ? leaf.test.oneOf.length : 3;
  return Array.from({ length: alternatives }, (_, which) => {
    const [[path, value] = ['', null]] = Object.entries(documentFor(leaf, (choices) => which % choices));
    return { leaf: number, path, value: value ?? null };
  });
}

/** Always of the fields that have most left. */
function grouped(fields: readonly (readonly LeafValue[])[]): LeafValue[][] {
  const left = fields.map((values) => [...values]);
  const groups: LeafValue[][] = [];
  for (;;) {
    left.sort((a, b) => b.length - a.length);
    const group = left.slice(0, TOGETHER).flatMap((values) => values.pop() ?? []);
    if (group.length === 0) return groups;
    groups.push(group);
  }
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
