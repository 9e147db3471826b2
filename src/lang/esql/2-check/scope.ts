/**
 * The columns that exist at one place of the pipeline, and the order in which they will be shown. Fields of the event
 * that the query has not named yet are in the `rest` (esql §2.3).
 */
import type { Span } from '../../../base/span.ts';
import type { ColumnType } from '../../../data/column.ts';
import { columnTypeOf } from '../../../data/column-type.ts';
import type { FieldInfo } from '../../../data/field-type.ts';
import { matchesPattern } from '../../../data/glob.ts';
import type { Pattern } from '../../../data/pattern.ts';
import { patternText } from '../../../data/pattern.ts';
import type { OutputColumn, RestOfEvent, SourceColumn } from '../../../plan/pipeline.ts';

export interface ScopeColumn {
  readonly type: ColumnType;
  /** The field without a known type whose values these are, unchanged. */
  readonly guess?: string;
  /** It is this field of the event, as it came. */
  readonly field?: FieldInfo;
}

/** The same values, no more as the field of the event that they came from. */
export const computed = ({ type, guess }: ScopeColumn): ScopeColumn => ({
  type,
  ...(guess === undefined ? {} : { guess }),
});

export type Entry = { readonly kind: 'column'; readonly name: string } | RestOfEvent;

/** `_id` and the like: fields that METADATA asks for and nothing else finds. */
export const METADATA_TYPES: Readonly<Record<string, ColumnType>> = {
  _id: 'keyword',
  _index: 'keyword',
  _version: 'long',
  _source: '_source',
  _ignored: 'keyword',
};

export class Scope {
  readonly columns: ReadonlyMap<string, ScopeColumn>;
  readonly entries: readonly Entry[];
  /** Columns that were there and are gone, with the place that took them away. */
  readonly gone: ReadonlyMap<string, Span>;

  constructor(
    columns: ReadonlyMap<string, ScopeColumn>,
    entries: readonly Entry[],
    gone: ReadonlyMap<string, Span> = new Map(),
  ) {
    this.columns = columns;
    this.entries = entries;
    this.gone = gone;
  }

  /** Whether the name may be a field of the event that is not named yet. */
  admits(name: string): boolean {
    return (
      !Object.hasOwn(METADATA_TYPES, name) &&
      this.entries.some((entry) => entry.kind === 'rest' && inRest(entry, name))
    );
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** Sets columns as EVAL does: each becomes the last one, in place of what had its name. */
  set(columns: Iterable<readonly [name: string, column: ScopeColumn]>): Scope {
    let { entries } = this;
    const known = new Map(this.columns);
    for (const [name, column] of columns) {
      known.set(name, column);
      entries = [...without(entries, [name]), { kind: 'column', name }];
    }
    return new Scope(known, entries, this.gone);
  }

  /** A field of the event that the query has just named; where it stands does not change. */
  learn(name: string, column: ScopeColumn): void {
    (this.columns as Map<string, ScopeColumn>).set(name, column);
  }

  /** Only what the entries hold is left. */
  restrict(entries: readonly Entry[], place: Span): Scope {
    const names = new Set(entries.flatMap((entry) => (entry.kind === 'column' ? [entry.name] : [])));
    const rests = entries.filter((entry) => entry.kind === 'rest');
    const stays = (name: string): boolean =>
      names.has(name) ||
      (this.columns.get(name)?.field !== undefined && rests.some((rest) => inRest(rest, name)));
    const gone = new Map(this.gone);
    for (const name of this.columns.keys()) if (!stays(name)) gone.set(name, place);
    return new Scope(new Map([...this.columns].filter(([name]) => stays(name))), entries, gone);
  }

  drop(names: readonly string[], patterns: readonly Pattern[], place: Span): Scope {
    const matches = (name: string): boolean =>
      names.includes(name) || patterns.some((pattern) => matchesPattern(pattern, name));
    const kept = without(this.entries, names, patterns).filter(
      (entry) => entry.kind === 'rest' || !matches(entry.name),
    );
    return this.restrict(kept, place);
  }

  output(): OutputColumn[] {
    return this.entries.map((entry) =>
      entry.kind === 'rest'
        ? { ...entry, without: unique(entry.without) }
        : { ...entry, type: this.columns.get(entry.name)?.type ?? 'null' },
    );
  }
}

const inRest = ({ matching, without: excluded }: RestOfEvent, name: string): boolean =>
  matching.every((pattern) => names(pattern, name)) && !excluded.some((pattern) => names(pattern, name));

/** Whether the name matches. Nearly all of these patterns are plain names, and every name is held against all of them. */
export function names(pattern: Pattern, name: string): boolean {
  const [only] = pattern;
  return pattern.length === 1 && typeof only === 'string' ? only === name : matchesPattern(pattern, name);
}

const unique = (patterns: readonly Pattern[]): readonly Pattern[] => [
  ...new Map(patterns.map((pattern) => [patternText(pattern), pattern])).values(),
];

/** The entries without some names: no column of theirs, and no field of the event. */
function without(
  entries: readonly Entry[],
  names: readonly string[],
  patterns: readonly Pattern[] = [],
): readonly Entry[] {
  return entries.flatMap((entry): Entry[] => {
    if (entry.kind === 'column') return names.includes(entry.name) ? [] : [entry];
    const hidden = names.filter((name) => inRest(entry, name)).map((name): Pattern => [name]);
    return [{ ...entry, without: [...entry.without, ...hidden, ...patterns] }];
  });
}

/** The type of a field's column; undefined for objects, which have none. */
export function columnType(info: FieldInfo, guess: ColumnType | undefined): ColumnType | undefined {
  if (info.type === 'dynamic') return guess ?? 'keyword';
  if (info.type === 'flattened') return info.flattenedRoot === undefined ? undefined : 'keyword';
  return columnTypeOf(info);
}

export function fieldColumn(info: FieldInfo, type: ColumnType): SourceColumn {
  const { name, path, lowercase } = info;
  return {
    from: 'field',
    name,
    type,
    field: { name, path },
    fieldType: info.type,
    ...(lowercase === true ? { lowercase } : {}),
  };
}
