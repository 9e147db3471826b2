/**
 * What lies in the windows of a query that groups its rows, in panes of time: the groups of a window are those of its
 * panes, put together in the order of time. What is kept of many rows in few groups grows with the groups and what their
 * aggregates hold, not with the events.
 */
import { LateGroups } from '../../exec/pipeline/index.ts';
import type { LimitName, OnEviction } from '../limits.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Example, ToldPart } from './examples.ts';
import type { PaneQuery, Seen, StoredGroupOfPane } from './pane.ts';
import { Pane } from './pane.ts';

export class Panes {
  readonly #query: PaneQuery;
  readonly #onEviction: OnEviction;
  /** In the order of time. */
  #panes: Pane[] = [];
  /** Of all panes: matches that are kept, and values of the groups that are. */
  #matches = 0;
  #values = 0;

  constructor(query: PaneQuery, onEviction: OnEviction) {
    this.#query = query;
    this.#onEviction = onEviction;
  }

  get isEmpty(): boolean {
    return this.#panes.length === 0;
  }

  /** How many matches there were, and the times of the earliest and the latest. */
  get extent(): { readonly count: number; readonly from: number; readonly to: number } {
    return this.#panes.reduce(
      (all, { count, from, to }) => ({
        count: all.count + count,
        from: Math.min(all.from, from),
        to: Math.max(all.to, to),
      }),
      { count: 0, from: Infinity, to: -Infinity },
    );
  }

  /** Whether some row lies behind the window of the run. */
  hasBehind(run: number): boolean {
    return this.#panes.some(({ first }) => first > run);
  }

  add(match: Match, seen: Seen): void {
    const pane = this.#paneOf(seen);
    if (!this.#makeRoom(pane)) return;
    this.#count(pane, -1);
    pane.add(match);
    this.#count(pane, 1);
  }

  /** The groups of the window of a run. */
  at(run: number): LateGroups {
    const groups = new LateGroups(this.#query.grouping);
    for (const pane of this.#inWindow(run)) pane.addTo(groups);
    return groups;
  }

  /** The last events of the groups with these parts in their keys, as far as the window has them. */
  examplesAt(run: number, told: readonly ToldPart[]): Example[] {
    return this.#inWindow(run).flatMap((pane) => pane.examplesOf(told));
  }

  /** What no run from this one on sees. */
  forget(run: number): void {
    for (const pane of this.#panes) if (pane.last < run) this.#count(pane, -1);
    this.#panes = this.#panes.filter(({ last }) => last >= run);
  }

  /** Plain JSON. */
  storedMatches(): Match[] {
    return this.#panes.flatMap(({ matches }) => matches);
  }

  /** Plain JSON. */
  storedGroups(): StoredGroupOfPane[] {
    return this.#panes.flatMap((pane) => pane.stored());
  }

  restore(matches: readonly (readonly [Match, Seen])[], groups: readonly StoredGroupOfPane[]): void {
    this.#panes = [];
    for (const [match, seen] of matches) this.#paneOf(seen).restoreMatch(match);
    for (const group of groups) this.#paneOf(group).restoreGroup(group);
    [this.#matches, this.#values] = [0, 0];
    for (const pane of this.#panes) this.#count(pane, 1);
  }

  #inWindow(run: number): readonly Pane[] {
    return this.#panes.filter(({ first, last }) => first <= run && run <= last);
  }

  #paneOf(seen: Seen): Pane {
    const { first, last } = seen;
    let at = this.#panes.length;
    for (; at > 0; at--) {
      const pane = this.#panes[at - 1] as Pane;
      if (pane.first === first && pane.last === last) return pane;
      if (pane.first < first || (pane.first === first && pane.last < last)) break;
    }
    const pane = new Pane(seen, this.#query);
    this.#panes.splice(at, 0, pane);
    return pane;
  }

  get #overLimit(): LimitName | undefined {
    if (this.#values >= limits.queryValues) return 'queryValues';
    return this.#matches >= limits.windowMatches ? 'windowMatches' : undefined;
  }

  #count(pane: Pane, sign: 1 | -1): void {
    this.#matches += sign * pane.matches.length;
    this.#values += sign * pane.size;
  }

  /** The oldest panes go before the one that grows; false when that alone has all that may be held. */
  #makeRoom(growing: Pane): boolean {
    for (let over = this.#overLimit; over !== undefined; over = this.#overLimit) {
      const [oldest] = this.#panes;
      if (oldest === undefined || (oldest === growing && !this.#fold(growing))) {
        this.#onEviction(over);
        return false;
      }
      if (oldest !== growing) this.#drop(oldest, over);
    }
    return true;
  }

  #fold(pane: Pane): boolean {
    this.#count(pane, -1);
    const isSmaller = pane.fold();
    this.#count(pane, 1);
    return isSmaller;
  }

  #drop(oldest: Pane, over: LimitName): void {
    this.#count(oldest, -1);
    this.#panes.shift();
    for (let lost = 0; lost < oldest.count; lost++) this.#onEviction(over);
  }
}
