/** One detection in place of many: how many, from when to when, whose, and the first events of some of them. */
import type { EventEnvelope } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { entityOf } from '../alert/entity.ts';
import type { Detection } from '../detection.ts';
import { limits } from '../limits.ts';
import type { CountedValues } from '../tally/distinct.ts';
import { DistinctCounter } from '../tally/distinct.ts';

interface OverflowSnapshot {
  readonly count: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly examples: readonly EventEnvelope[];
  readonly actors: CountedValues;
  readonly targets: CountedValues;
}

export class Overflow {
  readonly #rule: LoadedRule;
  readonly #actors = new DistinctCounter();
  readonly #targets = new DistinctCounter();
  #count = 0;
  #from = Infinity;
  #to = -Infinity;
  #examples: EventEnvelope[] = [];

  constructor(rule: LoadedRule) {
    this.#rule = rule;
  }

  add({ events }: Detection): void {
    const [first] = events;
    this.#count++;
    for (const { time } of events) {
      if (time === undefined) continue;
      this.#from = Math.min(this.#from, time);
      this.#to = Math.max(this.#to, time);
    }
    const { actor, target } = entityOf(first.document);
    this.#actors.add(actor);
    if (target !== '') this.#targets.add(target);
    if (this.#examples.length < limits.examples) this.#examples.push(first);
  }

  /** Undefined when nothing was added. */
  detection(at?: number): Detection | undefined {
    const [first, ...others] = this.#examples;
    if (first === undefined) return undefined;
    return {
      rule: this.#rule,
      events: [first, ...others],
      finding: {
        kind: 'summary',
        count: this.#count,
        from: this.#from === Infinity ? undefined : this.#from,
        to: this.#to === -Infinity ? undefined : this.#to,
        actors: this.#actors.top(limits.examples),
        targets: this.#targets.top(limits.examples),
      },
      ...(at === undefined ? {} : { at }),
    };
  }

  get count(): number {
    return this.#count;
  }

  snapshot(): OverflowSnapshot {
    return {
      count: this.#count,
      from: this.#from === Infinity ? null : this.#from,
      to: this.#to === -Infinity ? null : this.#to,
      examples: this.#examples,
      actors: this.#actors.counted(),
      targets: this.#targets.counted(),
    };
  }

  restore({ count, from, to, examples, actors, targets }: OverflowSnapshot): void {
    this.#count = count;
    this.#from = from ?? Infinity;
    this.#to = to ?? -Infinity;
    this.#examples = [...examples];
    this.#actors.restore(actors);
    this.#targets.restore(targets);
  }
}
