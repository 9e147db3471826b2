/** Samples of EQL (eql §6.4). In a stream, what a run of the rule would see together is what can belong together. */
import type { KeyState } from '../../model/state.ts';
import type { Sample } from '../../plan/plan.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { OnEviction } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Memory } from '../memory.ts';
import { listOf } from '../memory.ts';
import { Schedule } from '../schedule.ts';
import type { KeyReader } from '../state/key.ts';
import { keyReader, keyValues } from '../state/key.ts';
import { piped } from '../state/pipes.ts';
import type { ItemOffer, SampleSnapshot } from '../state/sample.ts';
import { byKey, chooseDistinct, SampleMachine } from '../state/sample.ts';
import type { Completed } from '../state/sequence.ts';
import { conditionsOf, keyPaths } from './conditions.ts';
import { PipedStream } from './piped-stream.ts';
import type { Stateful, StreamOperator } from './strategy.ts';
import { earliestWindowTime, within } from './strategy.ts';

export function samples(rule: LoadedRule): Stateful | undefined {
  const { plan } = rule;
  if (plan?.kind !== 'sample') return undefined;
  const { conditions, positionOf } = conditionsOf(plan.steps);
  const items = plan.steps.map((step) => ({ position: positionOf(step), keysOf: keyReader(step.key) }));
  const offersOf = (match: Match, onEviction: OnEviction) => offers(items, match, onEviction);
  return {
    kind: 'stateful',
    conditions,
    reads: keyPaths(plan.steps),
    stream: ({ onEviction }) =>
      PipedStream.around(
        new SampleOperator(rule, plan, (match) => offersOf(match, onEviction), onEviction),
        plan.pipes,
        rule,
        onEviction,
      ),
    windowed: ({ onEviction }) => ({
      run: (run, matches) =>
        piped(
          complete(plan, within(run, matches), (match) => offersOf(match, onEviction)),
          plan.pipes,
        ).map((one) => ({ detection: detectionOf(rule, one), leaves: earliestWindowTime(one.events) })),
      *states(matches, only) {
        for (const [key, items] of candidates(plan, matches, (match) => offersOf(match, onEviction)))
          if (only === undefined || key === only) yield stateOf(key, items);
      },
    }),
  };
}

interface Item {
  /** Of its condition. */
  readonly position: number;
  readonly keysOf: KeyReader;
}

function offers(items: readonly Item[], { event, holding }: Match, onEviction: OnEviction): ItemOffer[] {
  return items.flatMap(({ position, keysOf }, item) => {
    const keys = holding.includes(position) ? keysOf(event, onEviction) : [];
    return keys.length === 0 ? [] : { item, keys };
  });
}

type OffersOf = (match: Match) => readonly ItemOffer[];

/** Every key that is complete among these events, ascending. */
function complete(plan: Sample, matches: readonly Match[], offersOf: OffersOf): Completed<Match>[] {
  const byKeyAndItem = candidates(plan, matches, offersOf);
  return [...byKeyAndItem.keys()].sort(byKey).flatMap((key) => {
    const events = chooseDistinct(byKeyAndItem.get(key) ?? []);
    return events === undefined ? [] : { key, events };
  });
}

/** For each key the events of each item. */
function candidates(plan: Sample, matches: readonly Match[], offersOf: OffersOf): Map<string, Match[][]> {
  const byItem = new Map<string, Match[][]>();
  for (const match of matches)
    for (const { item, keys } of offersOf(match))
      for (const key of keys) {
        const items = byItem.get(key) ?? plan.steps.map(() => []);
        byItem.set(key, items);
        items[item]?.push(match);
      }
  return byItem;
}

const stateOf = (key: string, items: readonly (readonly Match[])[]): KeyState => ({
  kind: 'sample',
  key: keyValues(key),
  items: items.map((list) => list.length),
});

function detectionOf(rule: LoadedRule, { key, events: [first, ...others] }: Completed<Match>): Detection {
  return {
    rule,
    events: [first.event, ...others.map(({ event }) => event)],
    finding: { kind: 'sequence', key: keyValues(key) },
  };
}

class SampleOperator implements StreamOperator {
  readonly deadline = Infinity;
  readonly #rule: LoadedRule;
  readonly #offersOf: (match: Match) => readonly ItemOffer[];
  readonly #machine: SampleMachine<Match>;

  constructor(
    rule: LoadedRule,
    plan: Sample,
    offersOf: (match: Match) => readonly ItemOffer[],
    onEviction: OnEviction,
  ) {
    const span = new Schedule(rule).lookBack(0);
    this.#rule = rule;
    this.#offersOf = offersOf;
    this.#machine = new SampleMachine({ items: plan.steps.length, span, onEviction });
  }

  take(match: Match): Detection[] {
    return this.#machine.take(match, this.#offersOf(match)).map((one) => detectionOf(this.#rule, one));
  }

  advance(): readonly Detection[] {
    return [];
  }

  end(): readonly Detection[] {
    return [];
  }

  memory(): Memory {
    return { lists: { sample: this.#machine.snapshot() } };
  }

  restore(memory: Memory): void {
    this.#machine.restore(listOf(memory, 'sample') as SampleSnapshot<Match>);
  }

  *states(only?: string): Generator<KeyState> {
    for (const { key, events } of this.#machine.waiting(only)) yield stateOf(key, events);
  }
}
