/**
 * Which rules can match this event at all? Each rule is filed under a few of its needs (`witness.ts` says why that can
 * only select too much); an event is looked up field by field, and a rule is a candidate when every need that it was
 * filed under is met. Rules without a need are candidates for every event, and are listed.
 *
 * A further kind of witness (a substring, say) takes three things: its place in `Witness`, a table beside those below
 * that reports the postings of an event, and an estimate.
 */
import { simplify } from '../../plan/rewrite.ts';
import { fieldKey } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Column } from '../compile/columns.ts';
import type { Fields } from '../compile/fields.ts';
import { prior } from './prior.ts';
import type { Estimate, Need, Witness } from './witness.ts';
import { likelihood, needsOf } from './witness.ts';

/** A rule is filed under at most so many needs: each costs time for every event that shows it. */
const MAX_NEEDS = 4;
/** And under no more than are likely to leave it a candidate for one event in a thousand. */
const RARE_ENOUGH = 0.001;

/** One need of one rule: the rule's number, and a bit for the need. */
interface Posting {
  readonly rule: number;
  readonly bit: number;
}

/** A column whose keys are looked up. */
interface Table {
  readonly keys: Column<string | undefined>;
  readonly postings: Map<string, Posting[]>;
}

/** A field whose presence is looked up. */
interface PresenceTable {
  readonly isPresent: () => boolean;
  readonly postings: Posting[];
}

export class RuleIndex {
  /** Numbers of the rules that are candidates for every event. */
  readonly always: readonly number[];
  readonly #fields: Fields;
  readonly #tables = new Map<string, Table>();
  readonly #presences = new Map<string, PresenceTable>();
  /** For each rule: the bits of all its needs, and of those met by the event of `#seen`. */
  readonly #wanted: Uint8Array;
  readonly #met: Uint8Array;
  readonly #seen: Float64Array;
  readonly #found: number[] = [];

  /** `fields` are those of the set in which the predicates were compiled; rules are numbered as they stand here. */
  constructor(predicates: readonly Predicate[], fields: Fields, estimate: Estimate = prior) {
    this.#fields = fields;
    this.#wanted = new Uint8Array(predicates.length);
    this.#met = new Uint8Array(predicates.length);
    this.#seen = new Float64Array(predicates.length);
    const chosen = predicates.map((predicate) => chooseNeeds(simplify(predicate), estimate));
    this.always = chosen.flatMap((needs, rule) => (needs.length === 0 ? [rule] : []));
    chosen.forEach((needs, rule) => this.#file(rule, needs));
  }

  /** The rules that the current event of the fields may satisfy, in no order; the list is used again for the next event. */
  candidates(): readonly number[] {
    const found = this.#found;
    found.length = 0;
    for (const rule of this.always) found.push(rule);
    for (const { keys, postings } of this.#tables.values()) {
      const count = keys.count();
      for (let i = 0; i < count; i++) this.#meet(postings.get(keys.at(i) ?? ''));
    }
    for (const { isPresent, postings } of this.#presences.values()) if (isPresent()) this.#meet(postings);
    return found;
  }

  #meet(postings: readonly Posting[] | undefined): void {
    if (postings === undefined) return;
    const { tick } = this.#fields.clock;
    for (const { rule, bit } of postings) {
      if (this.#seen[rule] !== tick) {
        this.#seen[rule] = tick;
        this.#met[rule] = 0;
      }
      const before = this.#met[rule] ?? 0;
      const met = before | bit;
      this.#met[rule] = met;
      if (met !== before && met === this.#wanted[rule]) this.#found.push(rule);
    }
  }

  #file(rule: number, needs: readonly Need[]): void {
    needs.forEach((need, position) => {
      const bit = 1 << position;
      this.#wanted[rule] = (this.#wanted[rule] ?? 0) | bit;
      for (const witness of need) this.#postingsOf(witness).push({ rule, bit });
    });
  }

  #postingsOf(witness: Witness): Posting[] {
    if (witness.kind === 'present') return this.#presence(witness.field).postings;
    const { field } = witness;
    if (witness.kind === 'number') return this.#postings(`number ${fieldKey(field)}`, field, witness);
    return this.#postings(`text ${witness.fold} ${fieldKey(field)}`, field, witness);
  }

  #postings(table: string, field: FieldRef, witness: Exclude<Witness, { kind: 'present' }>): Posting[] {
    const { postings } = entry(this.#tables, table, () => ({
      keys: this.#keys(field, witness),
      postings: new Map<string, Posting[]>(),
    }));
    return entry(postings, witness.kind === 'text' ? witness.text : witness.number, () => []);
  }

  #keys(field: FieldRef, witness: Exclude<Witness, { kind: 'present' }>): Column<string | undefined> {
    const readings = this.#fields.readings(field);
    if (witness.kind === 'text') return readings.text(witness.fold);
    return readings.numberKey();
  }

  #presence(field: FieldRef): PresenceTable {
    return entry(this.#presences, fieldKey(field), () => ({
      isPresent: this.#fields.exists(field),
      postings: [],
    }));
  }
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
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
    chosen.push(need);
    together *= share;
  }
  return chosen;
}
