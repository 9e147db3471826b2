/** Which conditions an event is asked for: those of the rules whose index patterns name where it is. */
import type { JsonObject } from '../data/document.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { Route } from './route.ts';
import { Router } from './route.ts';

/** All that rules ask of events, as plain data: a thread that reads for another one needs no more of them. */
export interface AskedOfEvents {
  readonly conditions: readonly Predicate[];
  /** For each condition, the position of its rule. */
  readonly owners: readonly number[];
  /** For each condition, the paths of all that is read of its matches; undefined where their documents are needed. */
  readonly wants: readonly (readonly string[] | undefined)[];
  /** The index patterns of each rule; undefined for one that reads every index. */
  readonly patterns: readonly (readonly string[] | undefined)[];
}

export class Questions {
  readonly all: AskedOfEvents;
  readonly #router: Router;
  readonly #asked = new WeakMap<Route, Uint8Array>();

  constructor(all: AskedOfEvents) {
    this.all = all;
    this.#router = new Router(all.patterns);
  }

  /** 1 at the positions of the conditions: the same object for events of the same index. */
  of(document: JsonObject): Uint8Array {
    const route = this.#router.route(document);
    const known = this.#asked.get(route);
    if (known !== undefined) return known;
    const asked = Uint8Array.from(this.all.owners, (owner) => route.sees[owner] ?? 0);
    this.#asked.set(route, asked);
    return asked;
  }

  /** Whether any event so far went to the rule at this position. */
  hasData(position: number): boolean {
    return this.#router.hasData(position);
  }

  /** An earlier run saw such an event. */
  feed(position: number): void {
    this.#router.feed(position);
  }
}

/** The paths that are read of matches. */
export const toldPaths = ({ wants }: AskedOfEvents): ReadonlySet<string> =>
  new Set(wants.flatMap((paths) => paths ?? []));
