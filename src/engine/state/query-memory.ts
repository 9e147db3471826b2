/** What a query in a stream remembers of the events of its windows: partial aggregates where they suffice, else rows. */
import type { Row } from '../../exec/pipeline/index.ts';
import type { KeyState } from '../../model/state.ts';
import type { OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Lists, Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import type { Run } from '../strategy/strategy.ts';
import { windowState, windowStates } from '../strategy/strategy.ts';
import type { StoredGroupOfPane } from './pane.ts';
import { Panes } from './panes.ts';
import type { Query } from './query.ts';
import type { QueryWindow } from './query-window.ts';
import { PanesWindow } from './query-window.ts';

export interface QueryMemory {
  readonly isEmpty: boolean;
  keep(match: Match): void;
  window(run: Run): QueryWindow;
  /** Whether something lies behind the window of the run. */
  hasBehind(run: Run): boolean;
  /** What lies before the window of the run at this time, which begins at `from`. */
  forget(run: number, from: number): void;
  lists(): Lists;
  restore(memory: Memory): void;
  states(key?: string): Iterable<KeyState>;
}

export class RowsMemory implements QueryMemory {
  readonly #query: Query;
  readonly #onEviction: OnEviction;
  #matches: Match[] = [];

  constructor(query: Query, onEviction: OnEviction) {
    this.#query = query;
    this.#onEviction = onEviction;
  }

  get isEmpty(): boolean {
    return this.#matches.length === 0;
  }

  keep(match: Match): void {
    this.#matches.push(match);
    if (this.#matches.length <= limits.windowMatches) return;
    this.#matches.shift();
    this.#onEviction('windowMatches');
  }

  window({ from, to }: Run): QueryWindow {
    return this.#query.windowOf(
      this.#matches.filter(({ windowTime }) => windowTime >= from && windowTime <= to),
    );
  }

  hasBehind({ to }: Run): boolean {
    return this.#matches.some(({ windowTime }) => windowTime > to);
  }

  forget(_: number, from: number): void {
    this.#matches = this.#matches.filter(({ windowTime }) => windowTime >= from);
  }

  lists(): Lists {
    return { window: this.#matches };
  }

  restore(memory: Memory): void {
    this.#matches = [...(listOf(memory, 'window') as readonly Match[])];
  }

  states(key?: string): Iterable<KeyState> {
    return windowStates(this.#matches, key);
  }
}

export class PanesMemory implements QueryMemory {
  readonly #query: Query;
  readonly #panes: Panes;

  /** The query must have partial aggregates, and windows of fixed length. */
  constructor(query: Query, onEviction: OnEviction) {
    const { partials } = query.pipeline;
    if (partials === undefined) throw new Error('The query has no partial aggregates.');
    this.#query = query;
    const rowsOf = (match: Match): readonly Row[] => query.rowsOf(match);
    this.#panes = new Panes({ grouping: partials, rowsOf, context: query.at(0) }, onEviction);
  }

  get isEmpty(): boolean {
    return this.#panes.isEmpty;
  }

  keep(match: Match): void {
    const { schedule } = this.#query;
    const seen = schedule.runsWith(match.windowTime);
    if (seen === undefined || seen.last < seen.first) return;
    this.#panes.add(match, seen);
  }

  window({ at }: Run): QueryWindow {
    return new PanesWindow(this.#panes, at);
  }

  hasBehind({ at }: Run): boolean {
    return this.#panes.hasBehind(at);
  }

  forget(run: number): void {
    this.#panes.forget(run);
  }

  lists(): Lists {
    return { window: this.#panes.storedMatches(), groups: this.#panes.storedGroups() };
  }

  restore(memory: Memory): void {
    const matches = (listOf(memory, 'window') as readonly Match[]).flatMap((match) => {
      const seen = this.#query.schedule.runsWith(match.windowTime);
      return seen === undefined ? [] : [[match, seen] as const];
    });
    this.#panes.restore(matches, listOf(memory, 'groups') as readonly StoredGroupOfPane[]);
  }

  states(key?: string): Iterable<KeyState> {
    return windowState(this.#panes.extent, key);
  }
}
