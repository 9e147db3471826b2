/** Sequences of EQL (eql §6): the steps of a plan, asked of matches, over the machine that remembers them. */
import type { KeyState } from '../../model/state.ts';
import type { Sequence, Step } from '../../plan/plan.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { Match } from '../match.ts';
import { byTime } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import { Schedule } from '../schedule.ts';
import type { AbsenceSnapshot } from '../state/absence.ts';
import { Absence } from '../state/absence.ts';
import type { KeyReader } from '../state/key.ts';
import { keyReader, keyValues } from '../state/key.ts';
import { piped } from '../state/pipes.ts';
import type { Completed, SequenceSnapshot } from '../state/sequence.ts';
import { SequenceMachine } from '../state/sequence.ts';
import { conditionsOf, keyPaths } from './conditions.ts';
import { PipedStream } from './piped-stream.ts';
import type {
  Candidate,
  OperatorContext,
  Run,
  Stateful,
  StreamOperator,
  WindowOperator,
} from './strategy.ts';
import { earliestWindowTime, within } from './strategy.ts';

export function sequences(rule: LoadedRule): Stateful | undefined {
  const { plan } = rule;
  if (plan?.kind !== 'sequence') return undefined;
  const until = plan.until === undefined ? [] : [plan.until];
  const steps = [...plan.steps, ...until];
  const { conditions, positionOf } = conditionsOf(steps);
  const open = (context: OperatorContext): SequenceOperator =>
    new SequenceOperator(rule, plan, positionOf, context);
  return {
    kind: 'stateful',
    conditions,
    reads: keyPaths(steps),
    stream: (context) => PipedStream.around(open(context), plan.pipes, rule, context.onEviction),
    windowed: (context): WindowOperator => ({
      run: (run, matches) => runOnce(open(context), plan, run, matches),
      states: (matches, key) => statesIn(open(context), matches, key),
    }),
  };
}

/** The newest first. Whatever is missing up to the end of the window counts as missing, as Elasticsearch has it. */
function runOnce(
  operator: SequenceOperator,
  plan: Sequence,
  run: Run,
  matches: readonly Match[],
): Candidate[] {
  const found = within(run, matches).flatMap((match) => [
    ...operator.decidedBefore(match),
    ...operator.complete(match),
  ]);
  // Results stand in the order of their completion, whatever was decided first (eql §6.2).
  const results = [...found, ...operator.rest()].sort((a, b) => byTime(lastOf(a), lastOf(b)));
  return piped(results, plan.pipes)
    .map((completed) => ({
      detection: operator.detection(completed),
      leaves: earliestWindowTime(completed.events),
    }))
    .reverse();
}

/** What a window holds that no run has judged yet, as a stream would say it. */
function* statesIn(operator: SequenceOperator, matches: readonly Match[], key?: string): Generator<KeyState> {
  for (const match of matches) {
    operator.decidedBefore(match);
    operator.complete(match);
  }
  yield* operator.states(key);
}

const NOTHING_ABSENT: AbsenceSnapshot<Match> = { times: [], undecided: [] };

const lastOf = ({ events }: Completed<Match>): Match => events.at(-1) ?? events[0];

class SequenceOperator implements StreamOperator {
  readonly #rule: LoadedRule;
  readonly #plan: Sequence;
  readonly #positionOf: (step: Step) => number;
  readonly #keyReaders: ReadonlyMap<Step, KeyReader>;
  readonly #context: OperatorContext;
  readonly #machine: SequenceMachine<Match>;
  readonly #absence: Absence<Match> | undefined;
  /** Those that must be there, the last one first, with their stages. */
  readonly #stages: readonly { readonly step: Step; readonly stage: number }[];
  /** Those that must not be there, with their place among all steps. */
  readonly #absent: readonly { readonly step: Step; readonly item: number }[];
  /** Without `maxspan`, what a run of the rule would see together is what can belong together. */
  readonly #span: number;

  constructor(
    rule: LoadedRule,
    plan: Sequence,
    positionOf: (step: Step) => number,
    context: OperatorContext,
  ) {
    const { onEviction } = context;
    this.#rule = rule;
    this.#plan = plan;
    this.#positionOf = positionOf;
    this.#keyReaders = new Map(
      [...plan.steps, ...(plan.until === undefined ? [] : [plan.until])].map((step) => [
        step,
        keyReader(step.key),
      ]),
    );
    this.#context = context;
    this.#span = plan.maxspan ?? new Schedule(rule).lookBack(0);
    const present = plan.steps.filter(({ absent }) => !absent);
    this.#stages = present.map((step, stage) => ({ step, stage })).reverse();
    this.#absent = plan.steps.flatMap((step, item) => (step.absent ? { step, item } : []));
    this.#machine = new SequenceMachine({ stages: present.length, maxspan: this.#span, onEviction });
    const absent = plan.steps.map((step) => step.absent);
    this.#absence =
      this.#absent.length === 0 ? undefined : new Absence({ absent, maxspan: this.#span, onEviction });
  }

  take(match: Match): Detection[] {
    return [...this.decidedBefore(match), ...this.complete(match)].map((one) => this.detection(one));
  }

  get deadline(): number {
    return this.#absence?.deadline ?? Infinity;
  }

  advance(watermark: number): Detection[] {
    return (this.#absence?.advance(watermark) ?? []).map((one) => this.detection(one));
  }

  end(): Detection[] {
    return this.rest().map((one) => {
      const { rule, events } = this.detection(one);
      return { rule, events, finding: { kind: 'sequence', key: keyValues(one.key), judgedEarly: true } };
    });
  }

  /** The sequences for which nothing can come any more when this match comes. */
  decidedBefore({ time }: Match): Completed<Match>[] {
    return this.#absence?.advance(time) ?? [];
  }

  /** The sequences that this match completes. */
  complete(match: Match): Completed<Match>[] {
    const keys = new Map<Step, readonly string[]>();
    const keysFor = (step: Step): readonly string[] => {
      const known = keys.get(step) ?? this.#keysOf(step, match);
      keys.set(step, known);
      return known;
    };
    for (const { step, item } of this.#absent) this.#absence?.note(match.time, item, keysFor(step));
    const offers = this.#stages
      .map(({ step, stage }) => ({ stage, keys: keysFor(step) }))
      .filter((offer) => offer.keys.length > 0);
    const { until } = this.#plan;
    const completed = this.#machine.take(match, offers, until === undefined ? [] : keysFor(until));
    return this.#absence?.take(completed) ?? completed;
  }

  /** What only the end of input decides. */
  rest(): Completed<Match>[] {
    return this.#absence?.end() ?? [];
  }

  detection({ key, events }: Completed<Match>): Detection {
    const [first, ...others] = events;
    return {
      rule: this.#rule,
      events: [first.event, ...others.map(({ event }) => event)],
      finding: { kind: 'sequence', key: keyValues(key) },
    };
  }

  memory(): Memory {
    const { times: absenceTimes, undecided: absence } = this.#absence?.snapshot() ?? NOTHING_ABSENT;
    return { lists: { sequence: this.#machine.snapshot(), absenceTimes, absence } };
  }

  restore(memory: Memory): void {
    this.#machine.restore(listOf(memory, 'sequence') as SequenceSnapshot<Match>);
    const [times, undecided] = [listOf(memory, 'absenceTimes'), listOf(memory, 'absence')];
    this.#absence?.restore({ times, undecided } as AbsenceSnapshot<Match>);
  }

  *states(key?: string): Generator<KeyState> {
    for (const one of this.#machine.waiting(key))
      yield {
        kind: 'sequence',
        ...stateOf(one),
        step: one.events.length + 1,
        steps: this.#stages.length,
        until: one.events[0].time + this.#span,
      };
    for (const one of this.#absence?.waiting(key) ?? [])
      yield { kind: 'absence', ...stateOf(one), until: one.until };
  }

  #keysOf(step: Step, { event, holding }: Match): readonly string[] {
    if (!holding.includes(this.#positionOf(step))) return [];
    return this.#keyReaders.get(step)?.(event, this.#context.onEviction) ?? [];
  }
}

const stateOf = ({ key, events }: Completed<Match>) => ({
  key: keyValues(key),
  since: events[0].time,
  events: events.map(({ event }) => event.origin),
});
