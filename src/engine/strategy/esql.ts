/**
 * Rules in ES|QL (engine A5.6, esql §3). A query that looks at each event by itself decides at once. Every other one
 * runs at the ticks of the rule over the rows of its window; in a stream too, as soon as the watermark has passed the
 * tick, and only when the window has new rows (decision 0325).
 */
import { necessaryCondition } from '../../exec/pipeline/index.ts';
import type { KeyState } from '../../model/state.ts';
import { asksModel, candidatesOf } from '../../plan/candidates.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import type { EngineInputs } from '../ports.ts';
import { Query } from '../state/query.ts';
import type { QueryMemory } from '../state/query-memory.ts';
import { PanesMemory, RowsMemory } from '../state/query-memory.ts';
import type {
  Candidate,
  OperatorContext,
  Run,
  Strategy,
  StreamOperator,
  WindowOperator,
} from './strategy.ts';
import { earliestWindowTime, within } from './strategy.ts';

export function esqlRules(rule: LoadedRule, { queries = {} }: EngineInputs): Strategy | undefined {
  const { plan } = rule;
  if (plan?.kind !== 'pipeline' || (asksModel(plan) && queries.completion === undefined)) return undefined;
  const query = new Query(rule, plan, queries);
  // What stands behind a question to a model keeps no event from being a candidate.
  const conditions = [necessaryCondition(candidatesOf(plan, 'question'))];
  const { losses, reads } = query;
  if (query.isRowLocal)
    return { kind: 'stateless', conditions, reads, losses, detect: (event) => query.ofEvent(event) };
  return {
    kind: 'stateful',
    conditions,
    reads,
    losses,
    keep: (event) => query.keep(event),
    stream: (context) => new QueryStream(query, context),
    windowed: () => new QueryWindows(query),
  };
}

/** Runs at ticks, as Kibana does: the place of a row in the table of its run is what makes it the same (engine A4). */
class QueryWindows implements WindowOperator {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  run(run: Run, matches: readonly Match[]): Candidate[] {
    const inside = within(run, matches);
    const earliest = earliestWindowTime(inside);
    const times = new Map(inside.map(({ event, windowTime }) => [event, windowTime]));
    // A group is another one as soon as one of its events is gone; a row is the same as long as its event is there.
    const leavesOf = ({ finding, events: [event] }: Detection): number =>
      (finding === undefined ? times.get(event) : undefined) ?? (earliest === Infinity ? run.to : earliest);
    return this.#query
      .judge(run, this.#query.windowOf(inside), String)
      .map((detection) => ({ detection, leaves: leavesOf(detection) }));
  }
}

interface StreamValues {
  readonly next: number | null;
  readonly hasNew: boolean;
}

/** A group is told again when the window has nothing more of the one that it was told for. */
class QueryStream implements StreamOperator {
  readonly #query: Query;
  readonly #memory: QueryMemory;
  #next = Infinity;
  #hasNew = false;
  /** By group or event, the end of the window that was told. */
  readonly #told = new Map<string, number>();

  constructor(query: Query, { onEviction }: OperatorContext) {
    this.#query = query;
    this.#memory = query.hasPanes ? new PanesMemory(query, onEviction) : new RowsMemory(query, onEviction);
  }

  /** Windows take in their end: what has the very time of a run comes before it. */
  get deadline(): number {
    return this.#next + 1;
  }

  take(match: Match): readonly Detection[] {
    this.#memory.keep(match);
    this.#next = Math.min(this.#next, this.#query.schedule.tickAfter(match.windowTime));
    this.#hasNew = true;
    return [];
  }

  advance(watermark: number): readonly Detection[] {
    const found: Detection[] = [];
    while (this.#next < watermark) found.push(...this.#tick());
    return found;
  }

  /** The run that sees the last events, and those behind it that may still let some of them through. */
  end(): readonly Detection[] {
    const found = this.#hasNew ? this.#tick() : [];
    while (this.#query.ripens && this.#next < Infinity) found.push(...this.#tick());
    return found;
  }

  memory(): Memory {
    const values: StreamValues = { next: this.#next === Infinity ? null : this.#next, hasNew: this.#hasNew };
    return { values, lists: { ...this.#memory.lists(), told: [...this.#told] } };
  }

  restore(memory: Memory): void {
    const { next, hasNew } = memory.values as StreamValues;
    this.#memory.restore(memory);
    this.#next = next ?? Infinity;
    this.#hasNew = hasNew;
    this.#told.clear();
    for (const [key, until] of listOf(memory, 'told') as [string, number][]) this.#told.set(key, until);
  }

  states(key?: string): Iterable<KeyState> {
    return this.#memory.states(key);
  }

  #tick(): Detection[] {
    const at = this.#next;
    const { schedule } = this.#query;
    const run = { at, ...schedule.windowAt(at) };
    const isWorthwhile = this.#hasNew || this.#query.ripens;
    const found = isWorthwhile
      ? this.#new(
          run,
          this.#query.judge(run, this.#memory.window(run), (_, key) => key),
        )
      : [];
    this.#hasNew = this.#memory.hasBehind(run);
    this.#forget(at + schedule.interval);
    return found;
  }

  #new(run: Run, detections: readonly Detection[]): Detection[] {
    return detections.filter(({ finding, events, row, lead }) => {
      const what =
        finding?.kind === 'queryGroup'
          ? `group ${finding.group}`
          : JSON.stringify([events[0].key, row?.expanded]);
      const key = lead === true ? `lead ${what}` : what;
      const until = this.#told.get(key);
      if (until !== undefined && until >= run.from) return false;
      this.#told.set(key, run.to);
      return true;
    });
  }

  /** What lies before the window of the next run. */
  #forget(next: number): void {
    const { from } = this.#query.schedule.windowAt(next);
    this.#memory.forget(next, from);
    for (const [key, until] of this.#told) if (until < from) this.#told.delete(key);
    this.#next = this.#memory.isEmpty ? Infinity : next;
  }
}
