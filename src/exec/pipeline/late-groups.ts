/**
 * The groups of a window, out of rows and of partial aggregates. A group keeps what it is made of; an aggregate is computed
 * when something behind STATS asks for it, which for most groups of most windows is one condition. What may have something
 * to be counted on the way is computed for every group all the same.
 */
import { isMulti } from '../../data/atom.ts';
import type { ColumnValue } from '../../data/column.ts';
import { holds } from './expression.ts';
import type { Counted, GroupKey, Grouping, Groups } from './groups.ts';
import { argumentsOf, groupKeyText } from './groups.ts';
import { pipelineLimits } from './limits.ts';
import type { Row, RowGroup, RunContext } from './row.ts';

export class LateGroups {
  readonly #grouping: Grouping;
  readonly #groups = new Map<string, LateGroup>();

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  /** Rows of one group, behind those that it has; they are read until the table is made. */
  add(key: GroupKey, text: string, rows: readonly Row[], context: RunContext): void {
    this.#group(key, text, rows.length, context)?.part({ rows }, context);
  }

  /** The groups of other rows, which come behind those that were added before. */
  merge(groups: Groups, context: RunContext): void {
    for (const [text, key, partials] of groups.parts())
      this.#group(key, text, 1, context)?.part({ partials }, context);
  }

  /** Aggregates, then keys. Without keys there is one row, also when nothing came in. */
  rows(context: RunContext): Row[] {
    if (this.#grouping.keys.length === 0) this.#group([], groupKeyText([]), 0, context);
    return Array.from(this.#groups.values(), (group) => group.row(context));
  }

  /** Undefined, and counted as often as it was asked for, for a new group beyond the limit. */
  #group(key: GroupKey, text: string, times: number, context: RunContext): LateGroup | undefined {
    const known = this.#groups.get(text);
    if (known !== undefined) return known;
    if (this.#groups.size >= pipelineLimits.groups) {
      for (let i = 0; i < times; i++) context.count('overLimit');
      return undefined;
    }
    const group = new LateGroup(key, this.#grouping.aggregates);
    this.#groups.set(text, group);
    return group;
  }
}

/** What a group is made of: rows, or partial aggregates of some. */
type Part = { readonly rows: readonly Row[] } | { readonly partials: readonly unknown[] };

class LateGroup implements RowGroup {
  readonly #key: GroupKey;
  readonly #aggregates: readonly Counted[];
  /** In the order of time. */
  readonly #parts: Part[] = [];
  /** By the place of the aggregate, of those that cannot wait. */
  readonly #early: unknown[] = [];

  constructor(key: GroupKey, aggregates: readonly Counted[]) {
    this.#key = key;
    this.#aggregates = aggregates;
  }

  part(part: Part, context: RunContext): void {
    this.#parts.push(part);
    for (let place = 0; place < this.#aggregates.length; place++) {
      const aggregate = this.#aggregates[place] as Counted;
      if (aggregate.quietUpTo >= 0) continue;
      const before = place in this.#early ? this.#early[place] : aggregate.accumulator.empty();
      this.#early[place] = withPart(aggregate, before, place, part, context);
    }
  }

  row(context: RunContext): Row {
    const values: (ColumnValue | undefined)[] = [];
    for (let place = 0; place < this.#aggregates.length; place++) {
      const isQuiet = this.#isQuiet(this.#aggregates[place] as Counted, place, context);
      values.push(isQuiet ? undefined : this.aggregate(place, context));
    }
    for (const part of this.#key) values.push(part);
    return { values, group: this };
  }

  aggregate(place: number, context: RunContext): ColumnValue {
    const aggregate = this.#aggregates[place] as Counted;
    const { accumulator, quietUpTo } = aggregate;
    if (quietUpTo < 0) return accumulator.finish(this.#earlyOf(place), context);
    let partial = accumulator.empty();
    for (const part of this.#parts) partial = withPart(aggregate, partial, place, part, context);
    return accumulator.finish(partial, context);
  }

  #earlyOf(place: number): unknown {
    return place in this.#early ? this.#early[place] : this.#aggregates[place]?.accumulator.empty();
  }

  /** Whether there are so few values that nothing is counted. */
  #isQuiet(aggregate: Counted, place: number, context: RunContext): boolean {
    const { accumulator, quietUpTo } = aggregate;
    if (quietUpTo < 0 || quietUpTo === Infinity) return quietUpTo === Infinity;
    let values = 0;
    for (const part of this.#parts) {
      if ('partials' in part) values += accumulator.size(part.partials[place]);
      else for (const row of part.rows) values += valuesIn(argumentsOf(aggregate, row, context)[0]);
      if (values > quietUpTo) return false;
    }
    return true;
  }
}

function withPart(
  aggregate: Counted,
  before: unknown,
  place: number,
  part: Part,
  context: RunContext,
): unknown {
  const { accumulator, where } = aggregate;
  if ('partials' in part) return accumulator.merge(before, part.partials[place], context);
  let partial = before;
  for (const row of part.rows)
    if (where === undefined || holds(where(row, context)))
      partial = accumulator.add(partial, argumentsOf(aggregate, row, context), context);
  return partial;
}

const valuesIn = (value: ColumnValue | undefined): number => (isMulti(value) ? value.length : 1);
