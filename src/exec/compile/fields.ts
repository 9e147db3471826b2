/**
 * The fields that a set of rules reads, each with its columns. All rules share them: a path is extracted once, a value
 * is folded, parsed or cut into tokens once, whoever asks.
 *
 * `load` fills the columns from a document. A scanner that reads bytes can take its place by filling the same columns:
 * nothing behind this class knows where the values came from.
 */
import type { JsonObject, JsonValue, Scalar } from '../../data/document.ts';
import { isObject, leaves } from '../../data/document.ts';
import { globMatcher } from '../../data/glob.ts';
import type { Pattern } from '../../data/pattern.ts';
import { fieldKey } from '../../plan/fold.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import type { Clock, Column } from './columns.ts';
import { FilledColumn, LazyColumn, Readings } from './columns.ts';
import { PathNode, Presence } from './paths.ts';

/** Leaf paths whose match is remembered for one pattern. */
const MAX_REMEMBERED_PATHS = 1024;

export class Fields {
  readonly clock: Clock = { tick: 0 };
  readonly #root = new PathNode();
  readonly #readings = new Map<string, Readings>();
  #document: JsonObject = {};
  readonly #leaves = new LazyColumn(this.clock, () => leaves(this.#document));

  /** Makes the document the current event. Every field is asked for before the first one is loaded. */
  load(document: JsonObject): void {
    this.clock.tick++;
    this.#document = document;
    this.#root.walk(document);
  }

  /** The values of a field, and the ways to read them. */
  readings(field: FieldRef): Readings {
    const key = fieldKey(field);
    const made = this.#readings.get(key) ?? new Readings(this.clock, this.#values(field));
    this.#readings.set(key, made);
    return made;
  }

  /** Whether the field, or for an object any leaf below it, has a value in the current event. */
  exists(field: FieldRef): () => boolean {
    if (typeof field.path !== 'string') {
      const { values } = this.readings(field);
      return () => values.count() > 0;
    }
    const node = this.#root.descend(field.path);
    const presence = (node.presence ??= new Presence(this.clock));
    return () => presence.seen();
  }

  /** The objects of a nested field. */
  objects(path: string): Column<JsonObject> {
    const raw = (this.#root.descend(path).raw ??= new FilledColumn<JsonValue>(this.clock));
    return new LazyColumn(this.clock, () => items(raw).flatMap(objectsIn));
  }

  #values(field: FieldRef): Column<Scalar> {
    const { path } = field;
    if (typeof path !== 'string') return this.#matching(path);
    const node = this.#root.descend(path);
    if (field.below !== true) return (node.values ??= new FilledColumn(this.clock));
    const raw = (node.rawBelow ??= new FilledColumn<JsonValue>(this.clock));
    return new LazyColumn(this.clock, () => items(raw).flatMap(scalarsIn));
  }

  #matching(pattern: Pattern): Column<Scalar> {
    const matches = remembering(globMatcher(pattern));
    return new LazyColumn(this.clock, () =>
      items(this.#leaves)
        .filter(([path]) => matches(path))
        .map(([, value]) => value),
    );
  }
}

const items = <T>(column: Column<T>): T[] => Array.from({ length: column.count() }, (_, i) => column.at(i));

const objectsIn = (value: JsonValue): JsonObject[] =>
  (Array.isArray(value) ? (value.flat(Infinity) as JsonValue[]) : [value]).filter(isObject);

const scalarsIn = (value: JsonValue): Scalar[] => leaves(value).map(([, leaf]) => leaf);

function remembering(test: (path: string) => boolean): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED_PATHS) known.clear();
    const answer = test(path);
    known.set(path, answer);
    return answer;
  };
}
