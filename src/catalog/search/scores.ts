/** Which documents were found, and how well each fits. */

export class Scores {
  /** Places of what was found, in the order in which it was; each once. */
  readonly places: number[] = [];
  readonly #byPlace: Float64Array;

  /** Of `size` documents at most. */
  constructor(size: number) {
    this.#byPlace = new Float64Array(size);
  }

  /** Scores are above 0; the better one of two for one document counts. */
  add(place: number, score: number): void {
    const known = this.#byPlace[place] ?? 0;
    if (known === 0) this.places.push(place);
    if (score > known) this.#byPlace[place] = score;
  }

  /** The same documents with other scores, without those that get none. */
  keep(scoreOf: (place: number, score: number) => number): Scores {
    const kept = new Scores(this.#byPlace.length);
    for (const place of this.places) {
      const score = scoreOf(place, this.of(place));
      if (score > 0) kept.add(place, score);
    }
    return kept;
  }

  /** 0 for what was not found. */
  of(place: number): number {
    return this.#byPlace[place] ?? 0;
  }
}

/** The `count` best of the places, equal scores by place. */
export function best(places: readonly number[], scores: Scores, count: number): number[] {
  const order = (a: number, b: number): number => scores.of(b) - scores.of(a) || a - b;
  // Keeping a short list in order is cheaper than sorting everything; a long list is not.
  if (count * 8 > places.length) return places.toSorted(order).slice(0, count);
  const kept: number[] = [];
  for (const place of places) {
    const last = kept.at(-1);
    if (last !== undefined && kept.length === count && order(place, last) > 0) continue;
    let at = kept.length;
    while (at > 0 && order(place, kept[at - 1] ?? 0) < 0) at--;
    kept.splice(at, 0, place);
    if (kept.length > count) kept.pop();
  }
  return kept;
}
