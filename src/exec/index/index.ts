/**
 * Which rules can match this event at all? Each rule is filed under a few of its needs (`witness.ts` says why that can
 * only select too much); an event is looked up field by field, and a rule is a candidate when every need that it was
 * filed under is met. Rules without a need are candidates for every event, and are listed.
 *
 * A further kind of witness takes three things: its place in `Witness`, a way to find it in `ValueTable`, and an
 * estimate.
 */
import { fieldKey } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { simplify } from '../../plan/rewrite.ts';
import type { Scalar } from '../../data/document.ts';
import type { Column } from '../compile/columns.ts';
import { FilledColumn } from '../compile/columns.ts';
import type { Fields } from '../compile/fields.ts';
import { MAX_NEEDS, NeedBits, Posting } from './postings.ts';
import { prior } from './prior.ts';
import type { Estimate, Need, Witness } from './witness.ts';
import { likelihood, needsOf } from './witness.ts';
import type { ValueWitness } from './witness.ts';
import { entry, ValueTable } from './value-table.ts';

/** A rule is filed under no more needs than are likely to leave it a candidate for one event in a thousand. */
const RARE_ENOUGH = 0.001;

/** A field with what its values are looked up in. */
interface Table {
  readonly column: Column<Scalar>;
  readonly values: ValueTable;
}

/** What there is to look up when a column got values, or a presence was seen. */
interface Lookups {
  table: Table | undefined;
  presence: Posting | undefined;
}

export class RuleIndex {
  /** Numbers of the rules that are candidates for every event. */
  readonly always: readonly number[];
  readonly #rules: number;
  readonly #fields: Fields;
  readonly #bits: NeedBits;
  readonly #tables = new Map<string, Table>();
  /** By the column or presence whose filling brings them on. */
  readonly #lookups = new Map<object, Lookups>();
  /** Tables over columns that are filled only when they are asked. */
  readonly #lazy: Table[] = [];
  readonly #found: number[] = [];

  /** `fields` are those of the set in which the predicates were compiled; rules are numbered as they stand here. */
  constructor(predicates: readonly Predicate[], fields: Fields, estimate: Estimate = prior) {
    this.#rules = predicates.length;
    this.#fields = fields;
    this.#bits = new NeedBits(predicates.length);
    const chosen = predicates.map((predicate) => chooseNeeds(simplify(predicate), estimate));
    this.always = chosen.flatMap((needs, rule) => (needs.length === 0 ? [rule] : []));
    chosen.forEach((needs, rule) => this.#file(rule, needs));
  }

  /** The rules that the current event of the fields may satisfy, ascending; the list is used again for the next event. */
  candidates(): readonly number[] {
    this.#bits.begin();
    const { filled, filledCount } = this.#fields.clock;
    for (let i = 0; i < filledCount; i++) {
      const lookups = this.#lookups.get(filled[i] as object);
      if (lookups !== undefined) this.#lookUp(lookups);
    }
    for (const table of this.#lazy) this.#lookUpValues(table);
    this.#found.length = 0;
    this.#bits.candidates(this.#rules, this.#found);
    return this.#found;
  }

  #lookUp({ table, presence }: Lookups): void {
    if (presence !== undefined) this.#bits.meet(presence);
    if (table !== undefined) this.#lookUpValues(table);
  }

  #lookUpValues({ column, values }: Table): void {
    const count = column.count();
    for (let i = 0; i < count; i++) values.meet(column.at(i), this.#bits);
  }

  #file(rule: number, needs: readonly Need[]): void {
    needs.forEach((need, place) => {
      this.#bits.awaits(rule, place);
      for (const witness of need) this.#bits.file(rule, place, this.#postingOf(witness));
    });
  }

  #postingOf(witness: Witness): Posting {
    if (witness.kind === 'present') {
      const lookups = this.#lookupsFor(this.#fields.presence(witness.path));
      return (lookups.presence ??= new Posting());
    }
    return this.#tableOf(witness).values.posting(witness);
  }

  #tableOf({ field }: ValueWitness): Table {
    return entry(this.#tables, fieldKey(field), () => {
      const column = this.#fields.readings(field).values;
      const table: Table = { column, values: new ValueTable() };
      if (column instanceof FilledColumn) this.#lookupsFor(column).table = table;
      else this.#lazy.push(table);
      return table;
    });
  }

  #lookupsFor(what: object): Lookups {
    return entry(this.#lookups, what, () => ({ table: undefined, presence: undefined }));
  }
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
