/** How much of a set of events or alerts the profiles explain: both who comes first, and where they overlap. */
import type { ProfileMatch } from './match.ts';
import type { Grade } from './model.ts';

export interface ExplainedShare {
  readonly total: number;
  /** Those that at least one profile explains. */
  readonly explained: number;
  /** Explained ones by the best grade of an explanation. */
  readonly byGrade: Readonly<Record<Grade, number>>;
  /** Those that explain most come first. */
  readonly behaviours: readonly BehaviourShare[];
}

export interface BehaviourShare extends ProfileMatch {
  /** All that it explains. */
  readonly explains: number;
  /** Those for which it is the first explanation: they add up to the explained ones. */
  readonly first: number;
}

export class ExplanationTally {
  #total = 0;
  readonly #byGrade: Record<Grade, number> = { A: 0, B: 0, C: 0, D: 0 };
  readonly #shares = new Map<string, { grade: Grade; explains: number; first: number }>();

  /** One event or alert, with what `ProfileMatcher.match` says about it. */
  take(matches: readonly ProfileMatch[]): void {
    this.#total++;
    for (const [position, { id, grade }] of matches.entries()) {
      const share = this.#shares.get(id) ?? { grade, explains: 0, first: 0 };
      this.#shares.set(id, share);
      share.explains++;
      if (position === 0) share.first++;
    }
    const [best] = matches;
    if (best !== undefined) this.#byGrade[best.grade]++;
  }

  share(): ExplainedShare {
    const behaviours = [...this.#shares]
      .map(([id, share]) => ({ id, ...share }))
      .toSorted((a, b) => b.explains - a.explains || (a.id < b.id ? -1 : 1));
    const explained = Object.values(this.#byGrade).reduce((sum, count) => sum + count, 0);
    return { total: this.#total, explained, byGrade: { ...this.#byGrade }, behaviours };
  }
}
