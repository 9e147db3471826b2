/** What each operator does to rows (esql §2.4). */
import { atomKey, atomsOf, columnValue, compareAtoms, isMulti } from '../../data/atom.ts';
import type { Atom, ColumnValue } from '../../data/column.ts';
import { readDissect } from '../../data/dissect.ts';
import { readGrok } from '../../data/grok.ts';
import { byKind } from '../../plan/fold.ts';
import type {
  Completion,
  Dissect,
  Enrich,
  Grok,
  InlineStats,
  LookupJoin,
  Operator,
  SortKey,
  Stats,
} from '../../plan/pipeline.ts';
import type { ArrayOrder } from './field.ts';
import { loadColumn } from './field.ts';
import type { EventFields } from './event-fields.ts';
import type { GroupKey } from './groups.ts';
import { Grouping, Groups } from './groups.ts';
import { holds, rowCall } from './expression.ts';
import { pipelineLimits } from './limits.ts';
import type { Layout, Row, RowCall, RunContext } from './row.ts';
import { single } from './row.ts';
import type { Sink, Stage } from './stage.ts';
import { allRows, rowByRow } from './stage.ts';

/** The rows of a local table, for ENRICH and LOOKUP JOIN; values have the types that checking was told. */
export interface LocalTable {
  /** The column that ENRICH compares. */
  readonly key: string;
  readonly rows: readonly Readonly<Record<string, ColumnValue>>[];
}

export interface BuildOptions {
  readonly tables: ReadonlyMap<string, LocalTable>;
  readonly arrayOrder: ArrayOrder;
  /** Who reads the fields of the source together. */
  readonly fields?: EventFields;
}

export interface Built {
  readonly layout: Layout;
  readonly stage: Stage;
}

/** The stage of an operator, and the layout behind it. */
export const buildOperator = byKind<Operator, Built, [Layout, BuildOptions]>({
  source: (o, _, layout, { arrayOrder, fields }) => ({
    layout: o.columns.reduce(
      (last, column) => last.with(column.name, loadColumn(column, arrayOrder, fields)).layout,
      layout,
    ),
    stage: unchanged,
  }),
  row: (o, _, layout) => assignments(o.columns, layout),
  eval: (o, _, layout) => assignments(o.columns, layout),
  where: ({ condition }, _, layout) => {
    const call = rowCall(condition, layout);
    return { layout, stage: rowByRow((row, context, next) => holds(call(row, context)) && next.push(row)) };
  },
  // Which columns may still be read is checked before; which are shown stands in the output.
  keep: (_, __, layout) => ({ layout, stage: unchanged }),
  rename: (o, _, layout) => ({ layout: layout.rename(o.columns), stage: unchanged }),
  limit: ({ count }, _, layout) => ({ layout, stage: (next) => limited(count, next) }),
  sort: ({ keys }, _, layout) => ({ layout, stage: sorting(keys, layout) }),
  mvExpand: ({ column }, _, layout) => expanding(column, layout),
  stats: (o, _, layout) => grouping(o, layout),
  inlineStats: (o, _, layout) => joining(o, layout),
  grok: (o, _, layout) => grokking(o, layout),
  dissect: (o, _, layout) => dissecting(o, layout),
  enrich: (o, _, layout, { tables }) => enriching(o, layout, tableOf(tables, o.policy)),
  lookupJoin: (o, _, layout, { tables }) => lookup(o, layout, tableOf(tables, o.table)),
  completion: (o, _, layout) => asking(o, layout),
});

const unchanged: Stage = (next) => next;

function assignments(
  columns: readonly { readonly name: string; readonly value: Parameters<typeof rowCall>[0] }[],
  before: Layout,
): Built {
  let layout = before;
  const steps = columns.map(({ name, value }) => {
    const call = rowCall(value, layout);
    const added = layout.with(name);
    layout = added.layout;
    return [added.slot, call] as const;
  });
  const stage = rowByRow((row, context, next) => {
    for (const [slot, call] of steps) row.values[slot] = call(row, context);
    next.push(row);
  });
  return { layout, stage };
}

function limited(count: number, next: Sink): Sink {
  let left = count;
  return {
    push: (row) => {
      if (left-- > 0) next.push(row);
    },
    end: () => next.end(),
  };
}

function sorting(keys: readonly SortKey[], layout: Layout): Stage {
  const calls = keys.map(({ by }) => rowCall(by, layout));
  return allRows((rows, context, next) => {
    const keyed = rows.map((row) => ({
      row,
      by: keys.map((key, i) => sortValue(calls[i]?.(row, context) ?? null, key)),
    }));
    keyed.sort((a, b) => {
      for (const [i, key] of keys.entries()) {
        const difference = compareForSort(a.by[i] ?? null, b.by[i] ?? null, key);
        if (difference !== 0) return difference;
      }
      return 0;
    });
    for (const { row } of keyed) next.push(row);
  });
}

/** A multi-value counts as its least value ascending, as its greatest descending. */
function sortValue(value: ColumnValue, { by: { type }, order }: SortKey): Atom | null {
  if (!isMulti(value)) return value;
  const sign = order === 'asc' ? 1 : -1;
  return value.reduce((best, atom) => (sign * compareAtoms(atom, best, type) < 0 ? atom : best));
}

function compareForSort(a: Atom | null, b: Atom | null, { by: { type }, order, nulls }: SortKey): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === (nulls === 'first') ? -1 : 1;
  }
  return (order === 'asc' ? 1 : -1) * compareAtoms(a, b, type);
}

function expanding(column: string, before: Layout): Built {
  const read = before.reader(column);
  const { layout, slot } = before.with(column);
  const stage = multiplying((row, context) => {
    const value = read(row, context);
    if (!isMulti(value)) return [withValue(row, slot, value)];
    before.load(row, context);
    return value.map((one) => withValue(row, slot, one));
  });
  return { layout, stage };
}

/** Several rows of each, up to a limit: a few values that expand each other become more than any memory holds. */
function multiplying(rowsOf: (row: Row, context: RunContext) => readonly Row[]): Stage {
  return (next, context) => {
    let [event, made]: [Row['event'], number] = [undefined, 0];
    return {
      push: (row) => {
        if (row.event !== event) [event, made] = [row.event, 0];
        const most = event === undefined ? pipelineLimits.rowsOfGroups : pipelineLimits.rowsOfEvent;
        const rows = made < most ? rowsOf(row, context) : undefined;
        for (const one of rows?.slice(0, most - made) ?? []) next.push(one);
        made += rows?.length ?? 0;
        if (rows === undefined || made > most) context.count('overLimit');
      },
      end: () => {
        [event, made] = [undefined, 0];
        next.end();
      },
    };
  };
}

function withValue({ values, event, group }: Row, slot: number, value: ColumnValue): Row {
  const copy = values.slice();
  copy[slot] = value;
  return { values: copy, event, group };
}

/** Rows stand for groups from here on: nothing else of the rows before is left. */
function grouping({ aggregates, keys }: Stats, before: Layout): Built {
  const resolved = new Grouping(aggregates, keys, before);
  const [computed, told] = [aggregates, keys].map((columns) => columns.map(({ name }) => name));
  const layout = before.empty().withAggregates(computed ?? [], told ?? []);
  const stage: Stage = (next, context) => {
    const groups = new Groups(resolved);
    return {
      push: (row) => groups.add(row, context),
      end: () => {
        for (const row of groups.rows(context)) next.push(row);
        next.end();
      },
    };
  };
  return { layout, stage };
}

/** A row whose key has several values is in the groups of each and gets none of them back (decision 0322). */
function joining({ aggregates, keys }: InlineStats, before: Layout): Built {
  const resolved = new Grouping(aggregates, keys, before);
  const { layout, slots } = before.withAll([...aggregates, ...keys].map(({ name }) => name));
  const stage = allRows((rows, context, next) => {
    const groups = new Groups(resolved);
    for (const row of rows) groups.add(row, context);
    for (const row of rows) {
      const key = resolved.keys.map((call) => call(row, context));
      const single = key.filter((value) => !isMulti(value));
      if (single.length < key.length) context.count('mvNull');
      const found = single.length < key.length ? undefined : groups.aggregatesOf(single as GroupKey, context);
      const joined = [...(found ?? aggregates.map(() => null)), ...key];
      slots.forEach((slot, i) => (row.values[slot] = joined[i] ?? null));
      next.push(row);
    }
  });
  return { layout, stage };
}

/** New columns out of every value of a text; no value, or none that fits: nulls. */
function extracting(
  input: RowCall,
  columns: readonly string[],
  extract: (text: string) => readonly (readonly Atom[])[] | undefined,
  before: Layout,
): Built {
  const { layout, slots } = before.withAll(columns);
  const stage = rowByRow((row, context, next) => {
    const found: Atom[][] = columns.map(() => []);
    for (const text of atomsOf(input(row, context)))
      extract(String(text))?.forEach((atoms, i) => found[i]?.push(...atoms));
    slots.forEach((slot, i) => (row.values[slot] = columnValue(found[i] ?? [])));
    next.push(row);
  });
  return { layout, stage };
}

function grokking({ input, patterns, columns }: Grok, before: Layout): Built {
  const names = columns.map(({ name }) => name);
  const extracts = patterns.map((pattern) => {
    const read = readGrok(pattern);
    if (!read.ok) throw new Error(`The GROK pattern cannot be read: ${read.message}.`);
    const places = names.map((name) => read.columns.findIndex((column) => column.name === name));
    return (text: string) => {
      const found = read.match(text);
      return found && places.map((place) => found[place] ?? []);
    };
  });
  const first = (text: string): readonly (readonly Atom[])[] | undefined => {
    for (const extract of extracts) {
      const found = extract(text);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return extracting(rowCall(input, before), names, first, before);
}

function dissecting({ input, pattern, appendSeparator, columns }: Dissect, before: Layout): Built {
  const read = readDissect(pattern, appendSeparator);
  if (!read.ok) throw new Error(`The DISSECT pattern cannot be read: ${read.message}.`);
  const places = columns.map((name) => read.columns.indexOf(name));
  const extract = (text: string): readonly (readonly Atom[])[] | undefined => {
    const values = read.match(text);
    return values && places.map((place) => (values[place] === undefined ? [] : [values[place]]));
  };
  return extracting(rowCall(input, before), columns, extract, before);
}

function tableOf(tables: BuildOptions['tables'], name: string): LocalTable {
  const table = tables.get(name);
  if (table === undefined) throw new Error(`There is no local table "${name}".`);
  return table;
}

/** Without a provider, and where it has no answer, the column is null. */
function asking({ prompt, column, inferenceId, place }: Completion, before: Layout): Built {
  const call = rowCall(prompt, before);
  const { layout, slots } = before.withAll(place === undefined ? [column] : [column, place]);
  const [answered = 0, placed] = slots;
  const stage: Stage = (next, context) => {
    let asked = 0;
    return {
      push: (row) => {
        const text = single(call(row, context), context);
        row.values[answered] = text === null ? null : (context.complete?.(String(text), inferenceId) ?? null);
        if (placed !== undefined) row.values[placed] = asked++;
        next.push(row);
      },
      end: () => next.end(),
    };
  };
  return { layout, stage };
}

type TableRows = readonly Readonly<Record<string, ColumnValue>>[];

/** The rows of a table by the text of some of its columns; each value of a multi-value finds the row. */
function indexed(rows: TableRows, columns: readonly string[]): ReadonlyMap<string, TableRows> {
  const index = new Map<string, Readonly<Record<string, ColumnValue>>[]>();
  for (const row of rows) {
    const keys = columns.reduce<string[][]>(
      (begun, column) =>
        begun.flatMap((key) => atomsOf(row[column] ?? null).map((atom) => [...key, atomKey(atom)])),
      [[]],
    );
    for (const key of new Set(keys.map((key) => JSON.stringify(key)))) {
      const found = index.get(key);
      if (found === undefined) index.set(key, [row]);
      else found.push(row);
    }
  }
  return index;
}

function enriching({ on, columns }: Enrich, before: Layout, table: LocalTable): Built {
  const call = rowCall(on, before);
  const index = indexed(table.rows, [table.key]);
  const { layout, slots } = before.withAll(columns.map(({ name }) => name));
  const stage = rowByRow((row, context, next) => {
    const found = atomsOf(call(row, context)).flatMap(
      (atom) => index.get(JSON.stringify([atomKey(atom)])) ?? [],
    );
    columns.forEach(({ from }, i) => {
      const values = found.flatMap((match) => atomsOf(match[from] ?? null));
      row.values[slots[i] ?? 0] = columnValue(values);
    });
    next.push(row);
  });
  return { layout, stage };
}

function lookup({ on, columns }: LookupJoin, before: Layout, table: LocalTable): Built {
  const keys = on.map((name) => before.reader(name));
  const index = indexed(table.rows, on);
  const { layout, slots } = before.withAll(columns.map(({ name }) => name));
  const stage = multiplying((row, context) => {
    const atoms = keys.map((key) => single(key(row, context), context));
    const text = atoms.includes(null)
      ? undefined
      : JSON.stringify(atoms.map((atom) => atomKey(atom as Atom)));
    const found = (text === undefined ? undefined : index.get(text)) ?? [{}];
    return found.map((match) => {
      const copy: Row = { values: row.values.slice(), event: row.event, group: row.group };
      columns.forEach(({ name }, i) => (copy.values[slots[i] ?? 0] = match[name] ?? null));
      return copy;
    });
  });
  return { layout, stage };
}
