/**
 * The index for readers of bytes: told path by path what an event holds, it says whether any rule can match the event.
 * What it is told beside the truth makes it say yes too often, never no.
 */
import type { Scalar } from '../../data/document.ts';
import type { Decider } from './decider.ts';
import type { Filing } from './filing.ts';
import { MAX_NEEDS, Posting } from './postings.ts';
import type { Contents, ValueTable } from './value-table.ts';

interface Watched {
  readonly presence: Posting;
  readonly values: ValueTable | undefined;
}

/** Rules as a set of bits, 32 in a word. */
export type RuleMask = Int32Array;

export class Screen {
  readonly paths: readonly string[];
  readonly #filing: Filing;
  readonly #decider: (paths: readonly string[]) => Decider;
  readonly #watched: readonly Watched[];

  /** Also watches the other paths, about which the rules themselves say nothing. */
  constructor(filing: Filing, others: Iterable<string>, decider: (paths: readonly string[]) => Decider) {
    this.#filing = filing;
    this.#decider = decider;
    const tables = [...filing.tables.values()];
    const named = tables.map(({ field }) => String(field.path));
    this.paths = [...new Set([...filing.presences.keys(), ...named, ...others])];
    this.#watched = this.paths.map((path) => watched(filing, path));
  }

  /** Of any value at the path or below; undefined, as below, where no rule is filed under it. */
  presence(path: number): Posting | undefined {
    return unlessEmpty(this.#watched[path]?.presence);
  }

  /** Of one value at the path. */
  value(path: number, value: Scalar): Posting | undefined {
    return unlessEmpty(this.#watched[path]?.values?.answer(value));
  }

  /** Of all that the values at the path could be. */
  anything(path: number): Posting | undefined {
    const { presence, values } = this.#watched[path] ?? {};
    return unlessEmpty(joined([presence, values?.everything].filter((posting) => posting !== undefined)));
  }

  /** What the values at the path are looked up in; undefined where no rule is filed under one. */
  contents(path: number): Contents | undefined {
    return this.#watched[path]?.values?.contents();
  }

  /** Decides without documents, on values of `paths`. */
  decider(): Decider {
    return this.#decider(this.paths);
  }

  /** The needs that are met before anything is known of an event: sets of bits, one behind the other. */
  get atFirst(): { readonly sets: number; readonly bits: Int32Array } {
    return { sets: MAX_NEEDS, bits: this.#filing.bits.atFirst };
  }
}

const unlessEmpty = (posting: Posting | undefined): Posting | undefined =>
  posting?.isEmpty === true ? undefined : posting;

/** Several postings as one. */
export function joined(postings: readonly Posting[]): Posting {
  const whole = new Posting();
  for (const posting of postings) whole.addAll(posting);
  return whole;
}

/** The values below a flattened root are not told one by one: any of them could be any. */
function watched({ presences, tables }: Filing, path: string): Watched {
  const there = presences.get(path);
  const at = [...tables.values()].filter(({ field }) => field.path === path);
  const below = at.filter(({ field }) => field.below === true).map(({ values }) => values.everything);
  return {
    presence: joined(there === undefined ? below : [there, ...below]),
    values: at.find(({ field }) => field.below !== true)?.values,
  };
}
