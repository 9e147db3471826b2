/** Which detections of one rule became alerts, as long as a run can find them again, and which did not fit in. */
import type { RuleType } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import { identityOf } from '../detection.ts';
import type { Lists, Memory } from '../memory.ts';
import { listOf, withoutRule } from '../memory.ts';
import type { Candidate } from '../strategy/strategy.ts';
import { countsKnown } from './budget.ts';

interface Over {
  readonly detection: Detection;
  readonly leaves: number;
}

type ToldEntry = readonly [identity: string, leaves: number];
type OverEntry = readonly [place: string, detection: Omit<Detection, 'rule'>, leaves: number];

export class Told {
  /** Elasticsearch returns so many matches, whether they are alerts already or not (engine A3). */
  readonly countsKnown: boolean;
  readonly #told = new Map<string, number>();
  readonly #over = new Map<string, Over>();
  readonly #type: RuleType;

  constructor(type: RuleType) {
    this.#type = type;
    this.countsKnown = countsKnown(type);
  }

  get hasOver(): boolean {
    return this.#over.size > 0;
  }

  isNew({ detection }: Candidate): boolean {
    return !this.#told.has(identityOf(detection));
  }

  tell({ detection, leaves }: Candidate): void {
    this.#told.set(identityOf(detection), leaves);
    this.#over.delete(this.#placeOf(detection));
  }

  over({ detection, leaves }: Candidate): void {
    this.#over.set(this.#placeOf(detection), { detection, leaves });
  }

  /** Forgets what no run finds again; gives back those of it that no alert told of. */
  forget(from: number): Detection[] {
    for (const [identity, leaves] of this.#told) if (leaves < from) this.#told.delete(identity);
    const lost: Detection[] = [];
    for (const [identity, { detection, leaves }] of this.#over) {
      if (leaves >= from) continue;
      this.#over.delete(identity);
      lost.push(detection);
    }
    return lost;
  }

  lists(): Lists {
    const told: ToldEntry[] = [...this.#told];
    const over = [...this.#over].map(([place, { detection, leaves }]): OverEntry => [
      place,
      withoutRule(detection),
      leaves,
    ]);
    return { told, over };
  }

  restore(memory: Memory, rule: LoadedRule): void {
    this.#told.clear();
    this.#over.clear();
    for (const [identity, leaves] of listOf(memory, 'told') as ToldEntry[]) this.#told.set(identity, leaves);
    for (const [place, detection, leaves] of listOf(memory, 'over') as OverEntry[])
      this.#over.set(place, { detection: { rule, ...detection }, leaves });
  }

  /** A group of a threshold rule that is over grows from run to run, and is one all the same. */
  #placeOf(detection: Detection): string {
    return this.#type === 'threshold' && detection.finding?.kind === 'threshold'
      ? JSON.stringify(detection.finding.terms)
      : identityOf(detection);
  }
}
