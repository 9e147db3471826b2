/**
 * Patterns of field names over the leaves of an event. Which patterns a path matches is worked out once and remembered
 * in a tree of keys, so that looking at an event again builds no paths.
 */
import type { JsonObject, JsonValue, Scalar } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { FilledColumn } from './columns.ts';

/** Paths that are remembered: documents with dynamic keys must not grow memory. */
const MAX_REMEMBERED_PATHS = 4096;

type PathMatcher = (path: string) => boolean;
type Columns = readonly FilledColumn<Scalar>[];

/** A path that some event had. */
class KnownPath {
  readonly path: string;
  readonly below = new Map<string, KnownPath>();
  /** Of the patterns that the path matches; undefined until a value stood there. */
  columns: Columns | undefined;

  constructor(path: string) {
    this.path = path;
  }
}

export class PathPatterns {
  readonly #patterns: (readonly [matches: PathMatcher, column: FilledColumn<Scalar>])[] = [];
  #root = new KnownPath('');
  #known = 0;

  /** Every pattern is added before the first walk. */
  add(matches: PathMatcher, column: FilledColumn<Scalar>): void {
    this.#patterns.push([matches, column]);
  }

  /** Puts every value into the columns of the patterns that its path matches. */
  walk(document: JsonObject): void {
    if (this.#known > MAX_REMEMBERED_PATHS) {
      this.#root = new KnownPath('');
      this.#known = 0;
    }
    this.#walk(document, this.#root);
  }

  #walk(value: JsonValue | undefined, at: KnownPath): void {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) this.#walk(item, at);
    else if (isObject(value)) for (const key in value) this.#walk(value[key], this.#child(at, key));
    else for (const column of (at.columns ??= this.#columnsOf(at.path))) column.add(value as Scalar);
  }

  #child(at: KnownPath, key: string): KnownPath {
    const known = at.below.get(key);
    if (known !== undefined) return known;
    const child = new KnownPath(at.path === '' ? key : `${at.path}.${key}`);
    at.below.set(key, child);
    this.#known++;
    return child;
  }

  #columnsOf(path: string): Columns {
    return this.#patterns.filter(([matches]) => matches(path)).map(([, column]) => column);
  }
}
