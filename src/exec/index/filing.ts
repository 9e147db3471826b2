/** Rules filed under their needs: what is looked up, and which needs of which rules it meets. */
import { fieldKey } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import { MAX_NEEDS, NeedBits, Posting } from './postings.ts';
import { entry, ValueTable } from './value-table.ts';
import type { Estimate, Need, Witness } from './witness.ts';
import { likelihood, needsOf } from './witness.ts';

/** A rule is filed under no more needs than are likely to leave it a candidate for one event in a thousand. */
const RARE_ENOUGH = 1e-5;
/** What more events than that show rules out too few of them to be looked up besides something else. */
const NEARLY_ALWAYS = 0.95;

/** A field with what its values are looked up in. */
export interface FieldTable {
  readonly field: FieldRef;
  readonly values: ValueTable;
}

export class Filing {
  readonly bits: NeedBits;
  /** Numbers of the rules that are candidates for every event. */
  readonly always: readonly number[];
  readonly tables = new Map<string, FieldTable>();
  /** By path. */
  readonly presences = new Map<string, Posting>();

  /** Simplified predicates; rules are numbered as they stand here. */
  constructor(predicates: readonly Predicate[], estimate: Estimate) {
    this.bits = new NeedBits(predicates.length);
    const chosen = predicates.map((predicate) => chooseNeeds(predicate, estimate));
    this.always = chosen.flatMap((needs, rule) => (needs.length === 0 ? [rule] : []));
    const usual = usualPlaces(chosen);
    chosen.forEach((needs, rule) => this.#file(rule, placed(needs, usual)));
  }

  #file(rule: number, needs: readonly (Need | undefined)[]): void {
    needs.forEach((need, place) => {
      if (need === undefined) return;
      this.bits.awaits(rule, place);
      for (const witness of need) this.bits.file(rule, place, this.#postingOf(witness));
    });
  }

  #postingOf(witness: Witness): Posting {
    if (witness.kind === 'present') return entry(this.presences, witness.path, () => new Posting());
    const { field } = witness;
    const table = entry(this.tables, fieldKey(field), () => ({ field, values: new ValueTable() }));
    return table.values.posting(witness);
  }
}

const pathOf = ([witness]: Need): string =>
  witness === undefined ? '' : witness.kind === 'present' ? witness.path : String(witness.field.path);

/** A place behind the first for each of the paths that most needs ask for. */
function usualPlaces(chosen: readonly (readonly Need[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const need of chosen.flatMap(([, ...others]) => others))
    counts.set(pathOf(need), (counts.get(pathOf(need)) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MAX_NEEDS - 1);
  return new Map(most.map(([path], i) => [path, i + 1]));
}

/**
 * The rarest need comes first: only if it is met, others are looked at. Needs of the same path stand in the same place as
 * far as possible, so that what many rules ask for is noted in few words.
 */
function placed(
  [first, ...others]: readonly Need[],
  usual: ReadonlyMap<string, number>,
): (Need | undefined)[] {
  const places: (Need | undefined)[] = Array.from({ length: MAX_NEEDS }, () => undefined);
  places[0] = first;
  for (const need of others) {
    const place = usual.get(pathOf(need));
    const isFree = place !== undefined && places[place] === undefined;
    places[isFree ? place : places.indexOf(undefined)] = need;
  }
  return places;
}

/** The rarest needs that together are rare enough. */
function chooseNeeds(predicate: Predicate, estimate: Estimate): Need[] {
  const ranked = needsOf(predicate, estimate)
    .map((need) => ({ need, share: likelihood(need, estimate) }))
    .sort((a, b) => a.share - b.share);
  const chosen: Need[] = [];
  let together = 1;
  for (const { need, share } of ranked) {
    if (chosen.length === MAX_NEEDS || together <= RARE_ENOUGH) break;
    if (chosen.length > 0 && share > NEARLY_ALWAYS) break;
    chosen.push(need);
    together *= share;
  }
  return chosen;
}
