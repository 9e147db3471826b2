/** Rules over one event at a time: the index proposes, the compiled predicates decide. */
import type { JsonObject } from '../../data/document.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { CompiledSet } from '../compile/index.ts';
import { compileSet } from '../compile/index.ts';
import type { Undecided } from '../undecided.ts';
import { asUndecided } from '../undecided.ts';
import { Decider } from './decider.ts';
import { Filing } from './filing.ts';
import { RuleIndex } from './index.ts';
import { prior } from './prior.ts';
import { Screen } from './screen.ts';
import { entry } from './value-table.ts';
import type { Estimate } from './witness.ts';

/** What an event is to the rules. Rules are numbered as the matcher was given them. */
export interface Matches {
  /** Ascending, as the undecided ones are. */
  readonly rules: readonly number[];
  /** Neither a match nor none: to be counted by rule and limit, never dropped. */
  readonly undecided: readonly { readonly rule: number; readonly reason: Undecided }[];
}

const NOTHING: Matches = { rules: [], undecided: [] };

export class Matcher {
  /** Rules that no index helps: they are evaluated on every event. */
  readonly unindexed: readonly number[];
  readonly #set: CompiledSet;
  /** A screen may file rules anew; what it does with bytes is as good for documents. */
  #filed: { readonly filing: Filing };
  /** By how rules are filed: none is held for longer than that. */
  readonly #indices = new WeakMap<Filing, RuleIndex>();

  /** The estimate is what the rules are filed by at first; that of nobody's events in particular unless given. */
  constructor(predicates: readonly Predicate[], estimate: Estimate = prior) {
    this.#set = compileSet(predicates);
    this.#filed = { filing: new Filing(this.#set.predicates, estimate) };
    this.unindexed = this.#filed.filing.always;
  }

  /** For each rule, the events on which it was evaluated so far: those for which the index could not rule it out. */
  get tried(): Uint32Array {
    return this.#set.tried;
  }

  /**
   * The index for who reads bytes, not documents; it also watches other paths than those of the rules, and gives numbers to
   * those that are told of matches.
   */
  screen(others: Iterable<string>, told: Iterable<string> = []): Screen {
    const screen = new Screen(
      this.#set.predicates,
      this.#filed.filing,
      { others, told },
      (paths) => new Decider(this.#set, paths),
    );
    this.#filed = screen;
    return screen;
  }

  /**
   * The rules that the document satisfies. `now` is the clock for date maths, in milliseconds since the epoch; with
   * `asked`, only the rules whose entry there is not 0 are evaluated.
   */
  match(document: JsonObject, now: number, asked?: Uint8Array): Matches {
    const index = this.#index();
    this.#set.load(document, now);
    const candidates = index.candidates();
    let matches: { rules: number[]; undecided: { rule: number; reason: Undecided }[] } | undefined;
    for (const rule of candidates) {
      if (asked?.[rule] === 0) continue;
      try {
        if (this.#set.test(rule)) (matches ??= { rules: [], undecided: [] }).rules.push(rule);
      } catch (error) {
        (matches ??= { rules: [], undecided: [] }).undecided.push({ rule, reason: asUndecided(error) });
      }
    }
    if (matches === undefined) return NOTHING;
    return matches;
  }

  /** Who only reads bytes needs none. */
  #index(): RuleIndex {
    const { filing } = this.#filed;
    return entry(this.#indices, filing, () => new RuleIndex(this.#set, filing));
  }
}
