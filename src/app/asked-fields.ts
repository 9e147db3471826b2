/** Which fields a query asks for that no event has, and what the events have instead. */
import { leaves } from '../data/document.ts';
import type { JsonObject } from '../data/document.ts';
import { FieldTally } from '../engine/tally/fields.ts';
import { nearest } from '../base/typo.ts';

export interface MissingField {
  readonly field: string;
  /** Fields of the events that may have been meant, the likeliest first. */
  readonly similar: readonly string[];
}

/** Events whose names are remembered: what a log calls its fields shows early. */
const NAMED_EVENTS = 2_000;
const MOST_SIMILAR = 3;

export class AskedFields {
  readonly #tally: FieldTally;
  readonly #names = new Set<string>();
  #events = 0;

  constructor(paths: Iterable<string>) {
    this.#tally = new FieldTally(paths);
  }

  see(document: JsonObject): void {
    this.#tally.see(document);
    if (++this.#events > NAMED_EVENTS) return;
    for (const [path] of leaves(document)) this.#names.add(path);
  }

  /** Without events nothing is missing. */
  missing(): MissingField[] {
    if (this.#events === 0) return [];
    return this.#tally.missing().map((field) => ({ field, similar: similarTo(field, this.#names) }));
  }
}

/** Misspelled, of the same last name (`verb`, `kubernetes.audit.verb`), or else beside it (`user.email`, `user.name`). */
function similarTo(field: string, names: ReadonlySet<string>): readonly string[] {
  const near = nearest(field, names);
  const all = [...names].sort();
  const last = all.filter((name) => lastOf(name) === lastOf(field));
  const beside = parentOf(field) === '' ? [] : all.filter((name) => parentOf(name) === parentOf(field));
  const alike = [...(near === undefined ? [] : [near]), ...last];
  return [...new Set(alike.length > 0 ? alike : beside)].slice(0, MOST_SIMILAR);
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
