/** How much of a set of alerts or events the profiles explain: both who comes first, and where they overlap. */
import type { Fit, Grade } from '../../model/benign.ts';
import type { BehaviourShare, ExplainedShare } from '../../model/summary.ts';

export interface CountedExplained {
  readonly total: number;
  readonly byGrade: Readonly<Record<Grade, number>>;
  readonly shares: readonly { readonly fit: Fit; readonly explains: number; readonly first: number }[];
}

export class ExplainedTally {
  #total = 0;
  readonly #byGrade: Record<Grade, number> = { A: 0, B: 0, C: 0, D: 0 };
  readonly #shares = new Map<string, { fit: Fit; explains: number; first: number }>();

  /** One alert or event, with the profiles that explain all of it, the best grade first. */
  take(fits: readonly Fit[]): void {
    this.#total++;
    for (const [position, fit] of fits.entries()) {
      const share = this.#shares.get(fit.behaviour) ?? { fit, explains: 0, first: 0 };
      this.#shares.set(fit.behaviour, share);
      share.explains++;
      if (position === 0) share.first++;
    }
    const [best] = fits;
    if (best !== undefined) this.#byGrade[best.grade]++;
  }

  counted(): CountedExplained {
    return { total: this.#total, byGrade: this.#byGrade, shares: [...this.#shares.values()] };
  }

  restore({ total, byGrade, shares }: CountedExplained): this {
    this.#total = total;
    Object.assign(this.#byGrade, byGrade);
    for (const share of shares) this.#shares.set(share.fit.behaviour, { ...share });
    return this;
  }

  share(): ExplainedShare {
    const byGrade = { ...this.#byGrade };
    const behaviours = [...this.#shares.values()]
      .map(({ fit: { behaviour, title, grade }, explains, first }) => ({
        behaviour,
        title,
        grade,
        explains,
        first,
      }))
      .toSorted(byShare);
    return { total: this.#total, explained: byGrade.A + byGrade.B, byGrade, behaviours };
  }
}

const byShare = (a: BehaviourShare, b: BehaviourShare): number =>
  b.explains - a.explains || (a.behaviour < b.behaviour ? -1 : 1);
