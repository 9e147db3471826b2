/** The suppression of all rules that name one. */
import type { Alert } from '../../model/alert.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Detection } from '../detection.ts';
import type { Suppressor } from './suppressor.ts';
import { suppressorFor } from './suppressor.ts';

type SuppressorSettings = Parameters<typeof suppressorFor>[1];

export class Suppressors {
  readonly byRule: ReadonlyMap<LoadedRule, Suppressor>;
  #nextEnd = Infinity;

  constructor(rules: readonly LoadedRule[], settingsOf: (rule: LoadedRule) => SuppressorSettings) {
    const entries = rules.flatMap((rule) => {
      const suppressor = suppressorFor(rule, settingsOf(rule));
      return suppressor === undefined ? [] : [[rule, suppressor] as const];
    });
    this.byRule = new Map(entries);
  }

  /** No group ends before; `advance` has nothing to tell up to then. */
  get nextEnd(): number {
    return this.#nextEnd;
  }

  /** Alerts that were folded into another one. */
  get suppressed(): number {
    return [...this.byRule.values()].reduce((sum, { suppressed }) => sum + suppressed, 0);
  }

  /** What is final of the alerts of a detection; an alert in place of many belongs to no group of them. */
  take(detection: Detection, alerts: readonly Alert[]): readonly Alert[] {
    const suppressor = this.byRule.get(detection.rule);
    if (suppressor === undefined || detection.finding?.kind === 'summary') return alerts;
    const final = suppressor.take(detection, alerts);
    this.#nextEnd = Math.min(this.#nextEnd, suppressor.nextEnd);
    return final;
  }

  /** What is final at this watermark, of one rule after the other. What is done about one may begin groups of others. */
  *advance(watermark: number): Generator<readonly [rule: LoadedRule, alerts: readonly Alert[]]> {
    if (this.#nextEnd >= watermark) return;
    for (const [rule, suppressor] of this.byRule) yield [rule, suppressor.advance(watermark)];
    this.lookAgain();
  }

  /** At the end of input. */
  *end(): Generator<readonly [rule: LoadedRule, alerts: readonly Alert[]]> {
    for (const [rule, suppressor] of this.byRule) yield [rule, suppressor.end()];
  }

  /** Groups were restored. */
  lookAgain(): void {
    this.#nextEnd = [...this.byRule.values()].reduce(
      (least, { nextEnd }) => Math.min(least, nextEnd),
      Infinity,
    );
  }
}
