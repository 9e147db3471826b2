/**
 * How often facts are true of the user's own events, as far as some of them show. The prior counts like one more event,
 * so that nothing counts as impossible. A wrong figure costs time, never an answer.
 */
import type { JsonObject, Scalar } from '../../data/document.ts';
import { leaves } from '../../data/document.ts';
import { textOf } from '../../data/scalar.ts';
import type { Needle } from './automaton.ts';
import { prior } from './prior.ts';
import { entry } from './value-table.ts';
import type { Estimate, Witness } from './witness.ts';

/** Values that are kept of one field, and the longest of them. */
const MOST_VALUES = 256;
const LONGEST_VALUE = 256;

/** What a sample holds of a field. */
interface FieldCounts {
  readonly events: number;
  readonly values: ReadonlyMap<string, number>;
  readonly others: number;
}

/** A sample as plain data, for another thread. */
export interface SampleCounts {
  readonly events: number;
  readonly fields: ReadonlyMap<string, FieldCounts>;
}

class FieldSample {
  /** Events with a value at the path or below it; the last of them. */
  events: number;
  lastEvent = 0;
  /** How often each value came, in lower case; how often others did. */
  readonly values: Map<string, number>;
  others: number;
  /** What was found out about pieces of values. */
  readonly parts = new Map<string, number>();

  constructor({ events, values, others }: FieldCounts = NOTHING) {
    this.events = events;
    this.values = new Map(values);
    this.others = others;
  }
}

/** The chance that an event shows a witness, by what another thread's sample holds. */
export function estimateOf(counts: SampleCounts): Estimate {
  const sample = new Sample(counts.fields.keys());
  sample.take(counts);
  return sample.estimate;
}

const NOTHING: FieldCounts = { events: 0, values: new Map(), others: 0 };

export class Sample {
  readonly #fields = new Map<string, FieldSample>();
  #events = 0;

  /** Of documents it looks at these paths and those below them. */
  constructor(paths: Iterable<string>) {
    for (const path of paths) this.#fields.set(path, new FieldSample());
  }

  get events(): number {
    return this.#events;
  }

  get counts(): SampleCounts {
    const fields = new Map<string, FieldCounts>();
    for (const [path, { events, values, others }] of this.#fields)
      fields.set(path, { events, values, others });
    return { events: this.#events, fields };
  }

  /** Holds what another sample of the same paths did, in place of what it held. */
  take({ events, fields }: SampleCounts): void {
    this.#events = events;
    for (const [path, counts] of fields) this.#fields.set(path, new FieldSample(counts));
  }

  add(document: JsonObject): void {
    this.#events++;
    for (const [path, value] of leaves(document)) {
      this.#noteValue(path, value);
      for (let end = path.length; end !== -1; end = path.lastIndexOf('.', end - 1))
        this.#notePresence(path.slice(0, end));
    }
  }

  /** The chance that an event shows a witness. */
  readonly estimate: Estimate = (witness) => {
    const guess = prior(witness);
    return (Math.min(this.#events, this.#shown(witness, guess)) + guess) / (this.#events + 1);
  };

  #noteValue(path: string, value: Scalar): void {
    const field = this.#fields.get(path);
    if (field === undefined) return;
    const text = textOf(value).toLowerCase();
    const count = field.values.get(text);
    if (count === undefined && (field.values.size >= MOST_VALUES || text.length > LONGEST_VALUE))
      field.others++;
    else field.values.set(text, (count ?? 0) + 1);
    field.parts.clear();
  }

  #notePresence(path: string): void {
    const field = this.#fields.get(path);
    if (field === undefined || field.lastEvent === this.#events) return;
    field.events++;
    field.lastEvent = this.#events;
  }

  /** The number of these events that show the witness, about. */
  #shown(witness: Witness, guess: number): number {
    const field = this.#fields.get(witness.kind === 'present' ? witness.path : String(witness.field.path));
    if (field === undefined) return this.#events * guess;
    switch (witness.kind) {
      case 'present':
        return field.events;
      case 'text':
        return field.values.get(witness.text) ?? 0;
      case 'number':
        return field.values.get(witness.number) ?? 0;
      case 'part':
        return withPart(field, witness) + field.others * guess;
      case 'block':
      case 'order':
        return field.events * guess;
    }
  }
}

function withPart({ values, parts }: FieldSample, needle: Needle): number {
  return entry(parts, `${needle.at} ${needle.text}`, () => {
    let count = 0;
    for (const [value, times] of values) if (holds(value, needle)) count += times;
    return count;
  });
}

function holds(value: string, { text, at }: Needle): boolean {
  if (at === 'start') return value.startsWith(text);
  return at === 'end' ? value.endsWith(text) : value.includes(text);
}
