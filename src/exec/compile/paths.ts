/**
 * All paths that the rules of a set read, as one trie, and the single walk that takes their values out of a document.
 * It finds for every path what `data/document` finds for it alone: nested objects, dotted keys, arrays and digits that
 * name an element of an array.
 */
import type { JsonObject, JsonValue, Scalar } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import type { Clock, FilledColumn } from './columns.ts';
import { NO_SLOT } from './columns.ts';

/** Whether a path, or anything below it, has a value in the current event. */
export class Presence {
  readonly #clock: Clock;
  #tick = 0;
  slot = NO_SLOT;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  see(value: JsonValue | undefined): void {
    if (this.#tick === this.#clock.tick || !hasValue(value)) return;
    this.#tick = this.#clock.tick;
    this.#clock.noteFilled(this);
  }

  seen(): boolean {
    const { tick, source } = this.#clock;
    return this.#tick === tick || (this.slot !== NO_SLOT && source?.isPresent(this.slot) === true);
  }
}

function hasValue(value: JsonValue | undefined): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object' || value instanceof Numeral) return true;
  return Object.values(value as object).some(hasValue);
}

/** Dotted keys that are remembered for one node: documents with dynamic keys must not grow memory. */
const MAX_ROUTES = 512;

/** A path of the trie, with whatever wants to know about it. */
export class PathNode {
  /** The scalars at the path. */
  values: FilledColumn<Scalar> | undefined;
  /** The raw values at the path, arrays unopened. */
  raw: FilledColumn<JsonValue> | undefined;
  /** The raw values at the path, and those under dotted keys that lead past it. */
  rawBelow: FilledColumn<JsonValue> | undefined;
  presence: Presence | undefined;

  readonly #children = new Map<string, PathNode>();
  readonly #elements: (readonly [index: number, child: PathNode])[] = [];
  readonly #routes = new Map<string, Route>();

  /** The node of a path below this one, made if it is not there yet; every path is made before the first walk. */
  descend(path: string): PathNode {
    return path.split('.').reduce<PathNode>((node, segment) => node.#child(segment), this);
  }

  /** Takes in everything that a document holds. */
  walk(document: JsonObject): void {
    this.#openObject(document);
  }

  #child(segment: string): PathNode {
    const known = this.#children.get(segment);
    if (known !== undefined) return known;
    const child = new PathNode();
    this.#children.set(segment, child);
    if (/^(0|[1-9]\d*)$/.test(segment)) this.#elements.push([Number(segment), child]);
    return child;
  }

  /** A value stands at exactly this path. */
  #arrive(value: JsonValue | undefined): void {
    if (this.raw !== undefined && value !== undefined) this.raw.add(value);
    this.#pass(value);
    this.#open(value);
  }

  /** A value stands at this path or below it. */
  #pass(value: JsonValue | undefined): void {
    this.presence?.see(value);
    if (this.rawBelow !== undefined && value !== undefined) this.rawBelow.add(value);
  }

  #open(value: JsonValue | undefined): void {
    if (value === null || value === undefined) return;
    if (typeof value !== 'object' || value instanceof Numeral) this.values?.add(value);
    else if (Array.isArray(value)) this.#openArray(value as readonly JsonValue[]);
    else if (this.#children.size > 0) this.#openObject(value as JsonObject);
  }

  #openArray(items: readonly JsonValue[]): void {
    for (const item of items) this.#open(item);
    for (const [index, child] of this.#elements) if (index < items.length) child.#arrive(items[index]);
  }

  #openObject(object: JsonObject): void {
    for (const key in object) {
      const child = this.#children.get(key);
      if (child !== undefined) child.#arrive(object[key]);
      else if (key.includes('.')) this.#follow(key, object[key]);
    }
  }

  /** A key with dots leads through several nodes at once. */
  #follow(key: string, value: JsonValue | undefined): void {
    const route = this.#routes.get(key) ?? this.#findRoute(key);
    for (const node of route.through) node.#pass(value);
    if (route.target !== undefined) route.target.#arrive(value);
  }

  #findRoute(key: string): Route {
    const nodes: PathNode[] = [];
    const segments = key.split('.');
    for (const segment of segments) {
      const next = (nodes.at(-1) ?? this).#children.get(segment);
      if (next === undefined) break;
      nodes.push(next);
    }
    const target = nodes.length === segments.length ? nodes.pop() : undefined;
    const route = { through: nodes, target };
    if (this.#routes.size >= MAX_ROUTES) this.#routes.clear();
    this.#routes.set(key, route);
    return route;
  }
}

interface Route {
  /** Nodes in the middle of the key: the value lies below them. */
  readonly through: readonly PathNode[];
  readonly target: PathNode | undefined;
}
