/**
 * The rows of a query in a span of time that the same runs see. A pane keeps its rows as long as their groups would not
 * be much smaller; then it keeps the groups in place of them, as partial aggregates that can be merged.
 */
import type { Grouping, LateGroups, Row, RunContext, StoredGroup } from '../../exec/pipeline/index.ts';
import { Groups, storedGroupText } from '../../exec/pipeline/index.ts';
import { KeyedRows } from './keyed-rows.ts';
import type { Match } from '../match.ts';
import type { Example, ToldPart } from './examples.ts';
import { Examples } from './examples.ts';

/** The first and the last run whose windows have the pane. */
export interface Seen {
  readonly first: number;
  readonly last: number;
}

/** What is needed of the query. */
export interface PaneQuery {
  readonly grouping: Grouping;
  readonly rowsOf: (match: Match) => readonly Row[];
  readonly context: RunContext;
  /** Matches after which a pane first asks whether its groups are smaller, then after four times as many each time. */
  readonly askFrom?: number;
}

/** A group of a pane, as plain JSON, with what the pane has beside its groups. */
export interface StoredGroupOfPane extends Seen {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly group: StoredGroup;
  readonly examples: readonly Example[];
}

/** Fewer matches take less memory than it takes to ask. */
const ASK_FROM = 256;
/** So many times fewer groups than rows make it worth while: a group has its aggregates, and examples. */
const WORTH = 4;

export class Pane implements Seen {
  readonly first: number;
  readonly last: number;
  /** Times of the earliest and the latest match, and how many there were. */
  from = Infinity;
  to = -Infinity;
  count = 0;
  readonly #query: PaneQuery;
  /** Empty once groups stand for them. */
  #matches: Match[] = [];
  /** The rows of the matches. */
  #rows: KeyedRows;
  #groups: Groups | undefined;
  /** Undefined while it has to be made out of the matches. */
  #examples: Examples | undefined;
  #askAt: number;

  constructor({ first, last }: Seen, query: PaneQuery) {
    this.first = first;
    this.last = last;
    this.#query = query;
    this.#askAt = query.askFrom ?? ASK_FROM;
    this.#rows = new KeyedRows(query.grouping);
  }

  /** Those that no groups stand for. */
  get matches(): readonly Match[] {
    return this.#matches;
  }

  /** How many values the groups hold. */
  get size(): number {
    return this.#groups?.size ?? 0;
  }

  add(match: Match): void {
    this.#see(match);
    if (this.#groups !== undefined)
      return this.#count(match, this.#groups, (this.#examples ??= new Examples()));
    this.#keep(match);
    this.#examples = undefined;
    if (this.#matches.length < this.#askAt) return;
    this.#askAt *= 4;
    if (this.#isWorthFolding()) this.fold();
  }

  /** Lets groups stand for the matches from here on; false when they do already. */
  fold(): boolean {
    if (this.#groups !== undefined) return false;
    this.#groups = new Groups(this.#query.grouping);
    this.#examples = new Examples();
    for (const match of this.#matches) this.#count(match, this.#groups, this.#examples);
    this.#matches = [];
    this.#rows = new KeyedRows(this.#query.grouping);
    return true;
  }

  /** Adds what the pane has to the groups of a window. */
  addTo(window: LateGroups): void {
    const { context } = this.#query;
    if (this.#groups !== undefined) window.merge(this.#groups, context);
    this.#rows.addTo(window, context);
  }

  /** The last events of the groups with these parts in their keys. */
  examplesOf(told: readonly ToldPart[]): readonly Example[] {
    this.#examples ??= this.#examplesOfMatches();
    return this.#examples.of(told, this.#query.grouping.keys.length);
  }

  stored(): StoredGroupOfPane[] {
    const { first, last, from, to, count } = this;
    const groups = this.#groups?.stored() ?? [];
    return groups.map((group) => {
      const examples = this.#examples?.ofGroup(storedGroupText(group)) ?? [];
      return { first, last, from, to, count, group, examples };
    });
  }

  /** A match that was kept, in its turn. */
  restoreMatch(match: Match): void {
    this.#see(match);
    this.#keep(match);
    if (this.#matches.length >= this.#askAt) this.#askAt *= 4;
  }

  restoreGroup({ from, to, count, group, examples }: StoredGroupOfPane): void {
    Object.assign(this, { from, to, count });
    this.#groups ??= new Groups(this.#query.grouping);
    this.#groups.merge([group], this.#query.context);
    this.#examples ??= new Examples();
    for (const example of examples) this.#examples.add(storedGroupText(group), example);
  }

  #see({ windowTime }: Match): void {
    this.from = Math.min(this.from, windowTime);
    this.to = Math.max(this.to, windowTime);
    this.count++;
  }

  #keep(match: Match): void {
    this.#matches.push(match);
    for (const row of this.#query.rowsOf(match)) this.#rows.add(row);
  }

  #isWorthFolding(): boolean {
    this.#rows.recount(this.#query.context);
    return this.#rows.groups * WORTH <= this.#matches.length;
  }

  #count(match: Match, groups: Groups, examples: Examples): void {
    const example = asExample(match);
    for (const row of this.#query.rowsOf(match))
      for (const group of groups.add(row, this.#query.context)) examples.add(group, example);
  }

  #examplesOfMatches(): Examples {
    const { grouping, rowsOf } = this.#query;
    const examples = new Examples();
    for (const match of this.#matches) {
      const example = asExample(match);
      for (const row of rowsOf(match))
        for (const group of grouping.keyTextsOf(row, UNCOUNTED)) examples.add(group, example);
    }
    return examples;
  }
}

/** Looks at rows once more, of which everything was counted before. */
const UNCOUNTED: RunContext = { now: 0, count: () => {} };

const asExample = ({ rows: _, holding: __, ...example }: Match): Example => example;
