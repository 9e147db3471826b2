/**
 * What an event holds, column by column. A column lists the values that one path, one pattern of paths or one reading
 * of either (folded, as a number, …) has in the current event. Columns are made once and used for every event:
 * nothing is cleared between events, a column whose tick is not the clock's is simply out of date, and its array is
 * kept, so that an event without a match allocates next to nothing.
 */
import type { Fold } from '../../data/fold.ts';
import { fold } from '../../data/fold.ts';
import type { Address } from '../../data/address.ts';
import { parseAddress } from '../../data/address.ts';
import { parseDate } from '../../data/date.ts';
import type { Scalar } from '../../data/document.ts';
import type { Analyzer } from '../../data/field-type.ts';
import { numberKey } from '../../data/order.ts';
import { numberOf, textOf } from '../../data/scalar.ts';
import { tokenize } from '../../data/tokens.ts';

/** Gives the values of the current event where it has no document, by the numbers that columns were given. */
export interface ValueSource {
  fill(slot: number, column: FilledColumn<Scalar>): void;
  /** Whether there is any value at the path of a slot or below it. */
  isPresent(slot: number): boolean;
}

/** Of a column that no source of values knows. */
export const NO_SLOT = -1;

/** Counts events; everything that is remembered carries the tick of the event that it is about. */
export class Clock {
  tick = 0;
  /** What was filled in the current event, in the order of filling: the first `filledCount` entries. */
  readonly filled: object[] = [];
  filledCount = 0;
  /** Undefined where a document was loaded. */
  source: ValueSource | undefined;

  next(source?: ValueSource): void {
    this.tick++;
    this.filledCount = 0;
    this.source = source;
  }

  /** Notes that something got its first value in the current event. */
  noteFilled(what: object): void {
    this.filled[this.filledCount++] = what;
  }
}

export interface Column<T> {
  /** How many values the current event has. */
  count(): number;
  /** The value at a position below `count()`. */
  at(position: number): T;
}

/** Filled from outside: while an event is loaded, or by a source of values when it is first asked. */
export class FilledColumn<T> implements Column<T> {
  readonly #clock: Clock;
  readonly #items: T[] = [];
  #tick = 0;
  #count = 0;
  slot = NO_SLOT;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(value: T): void {
    if (this.#tick !== this.#clock.tick) {
      this.#tick = this.#clock.tick;
      this.#count = 0;
      this.#clock.noteFilled(this);
    }
    this.#items[this.#count++] = value;
  }

  count(): number {
    const { tick, source } = this.#clock;
    if (this.#tick === tick) return this.#count;
    if (source === undefined || this.slot === NO_SLOT) return 0;
    this.#tick = tick;
    this.#count = 0;
    source.fill(this.slot, this as unknown as FilledColumn<Scalar>);
    return this.#count;
  }

  at(position: number): T {
    return this.#items[position] as T;
  }
}

/** A column that is filled with others when one of them is first asked for in an event. */
export class AfterFilling<T> implements Column<T> {
  readonly #column: Column<T>;
  readonly #fill: () => void;

  constructor(column: Column<T>, fill: () => void) {
    this.#column = column;
    this.#fill = fill;
  }

  count(): number {
    this.#fill();
    return this.#column.count();
  }

  at(position: number): T {
    return this.#column.at(position);
  }
}

/** Computed as a whole when it is first asked for in an event. */
export class LazyColumn<T> implements Column<T> {
  readonly #clock: Clock;
  readonly #compute: () => readonly T[];
  #items: readonly T[] = [];
  #tick = 0;

  constructor(clock: Clock, compute: () => readonly T[]) {
    this.#clock = clock;
    this.#compute = compute;
  }

  count(): number {
    return this.#current().length;
  }

  at(position: number): T {
    return this.#current()[position] as T;
  }

  #current(): readonly T[] {
    if (this.#tick !== this.#clock.tick) {
      this.#tick = this.#clock.tick;
      this.#items = this.#compute();
    }
    return this.#items;
  }
}

/** A reading of another column, position by position, made once in an event for all who ask. */
class Derived<S, T> implements Column<T> {
  readonly #clock: Clock;
  readonly #source: Column<S>;
  readonly #read: (value: S) => T;
  readonly #items: T[] = [];
  #tick = 0;

  constructor(clock: Clock, source: Column<S>, read: (value: S) => T) {
    this.#clock = clock;
    this.#source = source;
    this.#read = read;
  }

  count(): number {
    return this.#source.count();
  }

  at(position: number): T {
    if (this.#tick !== this.#clock.tick) this.#refresh();
    return this.#items[position] as T;
  }

  #refresh(): void {
    this.#tick = this.#clock.tick;
    const count = this.#source.count();
    for (let i = 0; i < count; i++) this.#items[i] = this.#read(this.#source.at(i));
  }
}

/** The ways in which tests read one column of values; each is made when a rule first needs it. */
export class Readings {
  readonly values: Column<Scalar>;
  readonly #clock: Clock;
  readonly #made = new Map<string, Column<unknown>>();

  constructor(clock: Clock, values: Column<Scalar>) {
    this.#clock = clock;
    this.values = values;
  }

  text(how: Fold): Column<string> {
    return this.#reading(`text ${how}`, (value) => fold(textOf(value), how));
  }

  /** `skip`: text is no number, whatever it says. */
  number(strings: 'coerce' | 'skip'): Column<number | bigint | undefined> {
    return this.#reading(`number ${strings}`, (value) =>
      strings === 'skip' && typeof value === 'string' ? undefined : numberOf(value),
    );
  }

  /** The number, also of text, in the form in which equal numbers are equal texts. */
  numberKey(): Column<string | undefined> {
    return this.#reading('number key', (value) => {
      const number = numberOf(value);
      return number === undefined ? undefined : numberKey(number);
    });
  }

  address(): Column<Address | undefined> {
    return this.#reading('address', (value) => parseAddress(textOf(value)));
  }

  date(): Column<number | undefined> {
    return this.#reading('date', parseDate);
  }

  tokens(analyzer: Analyzer): Column<readonly string[]> {
    return this.#reading(`tokens ${analyzer}`, (value) => tokenize(textOf(value), analyzer));
  }

  #reading<T>(name: string, read: (value: Scalar) => T): Column<T> {
    const made = this.#made.get(name) ?? new Derived(this.#clock, this.values, read);
    this.#made.set(name, made);
    return made as Column<T>;
  }
}
