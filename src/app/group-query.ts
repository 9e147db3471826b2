/**
 * A sequence or a sample asked of a whole input at once, as EQL asks it of an index (eql §6): a rule made on the fly
 * whose one run has everything in its window.
 */
import type { Column, ColumnValue } from '../data/column.ts';
import { environmentOf } from '../engine/environment.ts';
import type { Detection } from '../engine/detection.ts';
import { EventTimes } from '../engine/event-times.ts';
import type { LimitName } from '../engine/limits.ts';
import type { Match } from '../engine/match.ts';
import { byTime } from '../engine/match.ts';
import type { Matcher } from '../engine/matcher.ts';
import { compilingMatcher } from '../engine/matcher.ts';
import { strategyOf } from '../engine/strategy/index.ts';
import type { Stateful } from '../engine/strategy/strategy.ts';
import type { ResultTable } from '../exec/pipeline/index.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Sample, Sequence } from '../plan/plan.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { EVENT_COLUMNS, eventCells } from './event-table.ts';
import { replayPorts } from './ports.ts';

export interface FoundGroups {
  /** A row for each event of each match. */
  readonly table: ResultTable;
  readonly matches: number;
  /** Events that a step asks for and that have no time, so that they have no place in the order. */
  readonly untimed: number;
  /** What was forgotten over a limit, or not decided because of one: how often, by the name of the limit. */
  readonly limited: ReadonlyMap<string, number>;
}

/** Everything that one run of it looks at. */
const ALL = { at: 0, from: -Infinity, to: Infinity } as const;
/** A step without maxspan belongs to any other: some hundred years. */
const LOOK_BACK = 'now-36500d';

export class GroupQuery {
  readonly #plan: Sequence | Sample;
  readonly #strategy: Stateful;
  readonly #matcher: Matcher;
  readonly #asked: Uint8Array;
  readonly #times: EventTimes;
  readonly #matches: Match[] = [];
  readonly #limited = new Map<string, number>();
  #untimed = 0;

  constructor(plan: Sequence | Sample, text: string) {
    const rule = ruleOf(plan, text);
    const strategy = strategyOf(rule, { indicators: [] });
    if (strategy.kind !== 'stateful') throw new Error(`A ${plan.kind} has memory.`);
    this.#plan = plan;
    this.#strategy = strategy;
    this.#matcher = compilingMatcher(strategy.conditions);
    this.#asked = new Uint8Array(strategy.conditions.length).fill(1);
    this.#times = new EventTimes(rule, 'stream');
  }

  see(event: EventEnvelope): void {
    const holding = this.#matcher.match({
      document: event.document,
      environment: environmentOf(event, replayPorts),
      asked: this.#asked,
      undecided: (_, limit) => this.#count(limit),
    });
    if (holding.length === 0) return;
    const times = this.#times.of(event);
    if (times === undefined) this.#untimed++;
    else this.#matches.push({ event, holding, ...times, arrival: this.#matches.length });
  }

  found(): FoundGroups {
    const operator = this.#strategy.windowed({
      onEviction: (limit: LimitName) => this.#count(limit),
      began: () => undefined,
      coldStart: 'alert',
      onLearning: () => undefined,
    });
    const candidates = operator.run(ALL, this.#matches.sort(byTime));
    const newestFirst = this.#plan.kind === 'sequence';
    const detections = (newestFirst ? candidates.toReversed() : candidates).map((one) => one.detection);
    return {
      table: tableOf(detections),
      matches: detections.length,
      untimed: this.#untimed,
      limited: this.#limited,
    };
  }

  #count(limit: string): void {
    this.#limited.set(limit, (this.#limited.get(limit) ?? 0) + 1);
  }
}

const ruleOf = (plan: Sequence | Sample, query: string): LoadedRule => ({
  file: 'query',
  document: {
    metadata: {},
    rule: {
      rule_id: 'query',
      name: 'query',
      description: '',
      author: [],
      risk_score: 0,
      severity: 'low',
      type: 'eql',
      language: 'eql',
      query,
      from: LOOK_BACK,
    },
    leftovers: [],
  },
  plan,
  status: { runnable: true },
  diagnostics: [],
});

const MATCH: Column = { name: 'match', type: 'integer' };
const KEY: Column = { name: 'key', type: 'keyword' };

/** Which match, what ties its events together if anything does, and each of its events. */
function tableOf(detections: readonly Detection[]): ResultTable {
  const isTied = detections.some((one) => keyOf(one).length > 0);
  const rows = detections.flatMap((detection, i) =>
    detection.events.map((event): { readonly event: EventEnvelope; readonly cells: ColumnValue[] } => ({
      event,
      cells: [i + 1, ...(isTied ? [keyCell(keyOf(detection))] : []), ...eventCells(event)],
    })),
  );
  return {
    columns: [MATCH, ...(isTied ? [KEY] : []), ...EVENT_COLUMNS],
    rows: rows.map(({ cells }) => cells),
    events: rows.map(({ event: { key, document } }) => ({ id: key, document })),
  };
}

const keyOf = ({ finding }: Detection): readonly string[] =>
  finding?.kind === 'sequence' ? finding.key.map((value) => value ?? '(missing)') : [];

const keyCell = (values: readonly string[]): ColumnValue =>
  values.length < 2 ? (values[0] ?? null) : values;
