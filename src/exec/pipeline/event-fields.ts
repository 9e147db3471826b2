/** The fields of an event that many columns are read from: one walk through its document finds the values of all. */
import type { Documented, Scalar } from '../../data/document.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import type { Column } from '../compile/columns.ts';
import { Fields } from '../compile/fields.ts';

export class EventFields {
  readonly #fields = new Fields();
  #event: Documented | undefined;
  #isLoaded = false;

  /** The values of a field of the open event; in which order they stand is not said. Asked for before the first `open`. */
  values(field: FieldRef): Column<Scalar> {
    return this.#fields.readings(field).values;
  }

  /** Many fields of the event are read next; its document is only asked for when one of them has to be looked for there. */
  open(event: Documented): void {
    this.#event = event;
    this.#isLoaded = false;
  }

  /** Whether values are those of the event, which its document is now asked for. */
  isOpen(event: Documented): boolean {
    if (this.#event !== event) return false;
    if (!this.#isLoaded) this.#fields.load(event.document);
    this.#isLoaded = true;
    return true;
  }
}
