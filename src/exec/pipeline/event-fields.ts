/** The fields of an event that many columns are read from: one walk through its document finds the values of all. */
import type { JsonObject, Scalar } from '../../data/document.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import type { Column } from '../compile/columns.ts';
import { Fields } from '../compile/fields.ts';

export class EventFields {
  readonly #fields = new Fields();
  #document: JsonObject | undefined;

  /** The values of a field of the open document; in which order they stand is not said. Asked for before the first `open`. */
  values(field: FieldRef): Column<Scalar> {
    return this.#fields.readings(field).values;
  }

  open(document: JsonObject): void {
    if (this.#document === document) return;
    this.#document = document;
    this.#fields.load(document);
  }

  isOpen(document: JsonObject): boolean {
    return this.#document === document;
  }
}
