/**
 * Which rules can match this event at all? Each rule is filed under a few of its needs (`witness.ts` says why that can
 * only select too much); an event is looked up field by field, and a rule is a candidate when every need that it was
 * filed under is met. Rules without a need are candidates for every event, and are listed.
 *
 * A further kind of witness takes three things: its place in `Witness`, a way to find it in `ValueTable`, and an
 * estimate.
 */
import type { Scalar } from '../../data/document.ts';
import type { Column } from '../compile/columns.ts';
import { FilledColumn } from '../compile/columns.ts';
import type { Fields } from '../compile/fields.ts';
import type { CompiledSet } from '../compile/index.ts';
import type { Filing } from './filing.ts';
import type { Posting } from './postings.ts';
import type { ValueTable } from './value-table.ts';
import { entry } from './value-table.ts';

/** A field's column with what its values are looked up in. */
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
  readonly filing: Filing;
  readonly #fields: Fields;
  /** By the column or presence whose filling brings them on. */
  readonly #lookups = new Map<object, Lookups>();
  /** Tables over columns that are filled only when they are asked. */
  readonly #lazy: Table[] = [];
  readonly #found: number[] = [];

  /** Of the rules of the set, filed by their numbers there; not while an event is looked at. */
  constructor({ fields }: Pick<CompiledSet, 'fields'>, filing: Filing) {
    this.#fields = fields;
    this.filing = filing;
    for (const [path, posting] of this.filing.presences)
      this.#lookupsFor(fields.presence(path)).presence = posting;
    for (const { field, values } of this.filing.tables.values()) {
      const column = fields.readings(field).values;
      if (column instanceof FilledColumn) this.#lookupsFor(column).table = { column, values };
      else this.#lazy.push({ column, values });
    }
  }

  /** The rules that the current event of the fields may satisfy, ascending; the list is used again for the next event. */
  candidates(): readonly number[] {
    const { bits } = this.filing;
    bits.begin();
    const { filled, filledCount } = this.#fields.clock;
    for (let i = 0; i < filledCount; i++) {
      const lookups = this.#lookups.get(filled[i] as object);
      if (lookups !== undefined) this.#lookUp(lookups);
    }
    for (const table of this.#lazy) this.#lookUpValues(table);
    this.#found.length = 0;
    bits.candidates(this.#found);
    return this.#found;
  }

  #lookUp({ table, presence }: Lookups): void {
    if (presence !== undefined) this.filing.bits.meet(presence);
    if (table !== undefined) this.#lookUpValues(table);
  }

  #lookUpValues({ column, values }: Table): void {
    const count = column.count();
    for (let i = 0; i < count; i++) values.meet(column.at(i), this.filing.bits);
  }

  #lookupsFor(what: object): Lookups {
    return entry(this.#lookups, what, () => ({ table: undefined, presence: undefined }));
  }
}
