/**
 * The index for readers of bytes: told path by path what an event holds, it says whether any rule can match the event.
 * What it is told beside the truth makes it say yes too often, never no.
 */
import type { JsonObject, Scalar } from '../../data/document.ts';
import { placeOf } from './witness.ts';
import { fieldsOf } from '../../plan/fold.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Decider } from './decider.ts';
import { Filing } from './filing.ts';
import { MAX_NEEDS, Posting } from './postings.ts';
import type { SampleCounts } from './sample.ts';
import { Sample } from './sample.ts';
import type { Contents, ValueTable } from './value-table.ts';

interface Watched {
  readonly presence: Posting;
  readonly values: ValueTable | undefined;
}

/** Paths besides those that the rules ask: of all events, and of those that match. */
export interface OtherPaths {
  readonly others: Iterable<string>;
  readonly told: Iterable<string>;
}

/** Rules as a set of bits, 32 in a word. */
export type RuleMask = Int32Array;

/** Documents that are looked at before rules are filed anew. */
const ENOUGH = 512;
/** Candidates that did not match, as many as it costs to file rules anew. */
const MOST_WASTED = 300_000;

export class Screen {
  readonly paths: readonly string[];
  /** So many of the paths are asked of every event. */
  readonly asked: number;
  /** Decides without documents, on values of `paths`. */
  readonly decider: Decider;
  readonly #predicates: readonly Predicate[];
  readonly #sample: Sample;
  #filing: Filing;
  #watched: readonly Watched[];
  /** How often rules were filed anew, and what was wasted before the last time. */
  #renewals = 0;
  #wastedBefore = 0;

  /**
   * Of simplified predicates. Also watches the other paths, about which the rules themselves say nothing. `told` are paths
   * whose values only matter once an event has matched.
   */
  constructor(
    predicates: readonly Predicate[],
    filing: Filing,
    { others, told }: OtherPaths,
    decider: (paths: readonly string[]) => Decider,
  ) {
    this.#predicates = predicates;
    this.#filing = filing;
    const asked = new Set([...others, ...predicates.flatMap(placesOf)]);
    this.asked = asked.size;
    this.paths = [...new Set([...asked, ...told])];
    this.#sample = new Sample(this.paths);
    this.decider = decider(this.paths);
    this.#watched = this.paths.map((path) => watched(filing, path));
  }

  /** Whether documents of some events would help to choose what is looked up. */
  get wantsSample(): boolean {
    if (this.#sample.events >= ENOUGH * (this.#renewals + 1)) return false;
    return this.#renewals === 0 || this.decider.wasted - this.#wastedBefore > MOST_WASTED * this.#renewals;
  }

  sample(document: JsonObject): void {
    this.#sample.add(document);
  }

  /** How the rules are filed now. */
  get filing(): Filing {
    return this.#filing;
  }

  /** How often enough was seen to file rules anew, whether or not they were since. */
  get choices(): number {
    return Math.floor(this.#sample.events / ENOUGH);
  }

  /** The sample, for the screen of another thread. */
  get counts(): SampleCounts {
    return this.#sample.counts;
  }

  /** Takes the sample of a screen that filed the same rules anew, to do the same. */
  take(counts: SampleCounts): void {
    this.#sample.take(counts);
  }

  /**
   * Files the rules anew when enough of the sample was seen. If so, what was told before of anything but `paths` and
   * the decider is void.
   */
  renew(): boolean {
    if (this.#sample.events < ENOUGH * (this.#renewals + 1)) return false;
    this.#renewals++;
    this.#wastedBefore = this.decider.wasted;
    this.#filing = new Filing(this.#predicates, this.#sample.estimate);
    this.#watched = this.paths.map((path) => watched(this.#filing, path));
    return true;
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

  /** The needs that are met before anything is known of an event: sets of bits, one behind the other. */
  get atFirst(): { readonly sets: number; readonly bits: Int32Array } {
    return { sets: MAX_NEEDS, bits: this.#filing.bits.atFirst };
  }
}

const placesOf = (predicate: Predicate): string[] =>
  fieldsOf(predicate)
    .map(placeOf)
    .filter((path) => path !== undefined);

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
