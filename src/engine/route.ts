/** Which rules see which events: a rule reads only the indices that its `index` patterns name (engine A0.3). */
import type { JsonObject } from '../data/document.ts';
import { ALERTS, indexNameOf } from './index-name.ts';
import { limits } from './limits.ts';

/**
 * Whether an index is among those that the patterns name. Patterns apply in order, as in Elasticsearch: `*` is any run
 * of characters, `-pattern` takes away what patterns before it named. One entry may hold several, with commas.
 */
export function fitsIndex(patterns: readonly string[], index: string): boolean {
  let fits = false;
  for (const pattern of patterns.flatMap((entry) => entry.split(',')).map((entry) => entry.trim())) {
    if (pattern.startsWith('-')) fits &&= !matchesName(pattern.slice(1), index);
    else fits ||= matchesName(pattern, index);
  }
  return fits;
}

/** The cluster of a cross-cluster pattern (`*:logs-*`) says nothing here: there is only one place. */
function matchesName(pattern: string, index: string): boolean {
  const pieces = pattern.slice(pattern.indexOf(':') + 1).split('*');
  const [first = ''] = pieces;
  if (pieces.length === 1) return index === first;
  const last = pieces.at(-1) ?? '';
  if (!index.startsWith(first) || !index.endsWith(last) || index.length < first.length + last.length)
    return false;
  return inOrder(pieces.slice(1, -1), index.slice(first.length, index.length - last.length));
}

function inOrder(pieces: readonly string[], text: string): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return true;
}

/** The rules that see an event, by their position; the same object for every event of one index. */
export interface Route {
  /** Undefined: nothing tells the event's index, and every rule sees it but those over alerts. */
  readonly index: string | undefined;
  /** 1 at the position of each rule that sees it. */
  readonly sees: Uint8Array;
}

/** A rule over nothing but alerts reads no event, even one of an unknown index. */
const readsEvents = (patterns: readonly string[] | undefined): 0 | 1 =>
  patterns?.every((pattern) => pattern.startsWith('-') || pattern.startsWith(ALERTS)) === true ? 0 : 1;

export class Router {
  readonly #patterns: readonly (readonly string[] | undefined)[];
  readonly #routes = new Map<string | undefined, Route>();
  readonly #everything: Route;
  readonly #fed: Uint8Array;

  /** The `index` of each rule; undefined for a rule that reads every index. */
  constructor(patterns: readonly (readonly string[] | undefined)[]) {
    this.#patterns = patterns;
    this.#everything = { index: undefined, sees: Uint8Array.from(patterns, readsEvents) };
    this.#fed = new Uint8Array(patterns.length);
  }

  route(document: JsonObject): Route {
    const index = indexNameOf(document);
    return this.#routes.get(index) ?? this.#add(index);
  }

  /** Whether any event so far went to the rule at this position. */
  hasData(position: number): boolean {
    return this.#fed[position] === 1;
  }

  /** An event of an earlier run went to the rule at this position. */
  feed(position: number): void {
    this.#fed[position] = 1;
  }

  #add(index: string | undefined): Route {
    const route = index === undefined ? this.#everything : this.#newRoute(index);
    for (const [position, sees] of route.sees.entries()) if (sees === 1) this.#fed[position] = 1;
    if (this.#routes.size < limits.indexNames) this.#routes.set(index, route);
    return route;
  }

  #newRoute(index: string): Route {
    const sees = this.#patterns.map((patterns) =>
      patterns === undefined || fitsIndex(patterns, index) ? 1 : 0,
    );
    return { index, sees: Uint8Array.from(sees) };
  }
}
