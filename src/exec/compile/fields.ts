/**
 * The fields that a set of rules reads, each with its columns. All rules share them: a path is extracted once, a value
 * is folded, parsed or cut into tokens once, whoever asks.
 *
 * `load` fills the columns from a document; `open` leaves that to a source of values, which is asked for the columns
 * that turn out to be needed. Nothing behind this class knows where the values came from.
 */
import type { JsonObject, JsonValue, Scalar } from '../../data/document.ts';
import { isObject, leaves } from '../../data/document.ts';
import { globMatcher } from '../../data/glob.ts';
import type { Pattern } from '../../data/pattern.ts';
import { fieldKey } from '../../plan/fold.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import type { Column, ValueSource } from './columns.ts';
import { AfterFilling, Clock, FilledColumn, LazyColumn, Readings } from './columns.ts';
import { PathPatterns } from './path-patterns.ts';
import { PathNode, Presence } from './paths.ts';

export class Fields {
  readonly clock = new Clock();
  readonly #root = new PathNode();
  readonly #readings = new Map<string, Readings>();
  #document: JsonObject = {};
  readonly #patterns = new PathPatterns();
  /** The event whose leaves were put to the patterns. */
  #matchedTick = 0;

  /** Makes the document the current event. Every field is asked for before the first one is loaded. */
  load(document: JsonObject): void {
    this.clock.next();
    this.#document = document;
    this.#root.walk(document);
  }

  /** Makes an event without a document the current one: only fields with a slot have values. */
  open(source: ValueSource): void {
    this.clock.next(source);
    this.#document = {};
  }

  /** From now on sources know the path by this number. Every field is asked for before. */
  bind(path: string, slot: number): void {
    const { values, presence } = this.#root.descend(path);
    if (values !== undefined) values.slot = slot;
    if (presence !== undefined) presence.slot = slot;
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
    if (typeof field.path === 'string') {
      const presence = this.presence(field.path);
      return () => presence.seen();
    }
    const { values } = this.readings(field);
    return () => values.count() > 0;
  }

  presence(path: string): Presence {
    return (this.#root.descend(path).presence ??= new Presence(this.clock));
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

  /** One pass over the leaves of an event serves all patterns. */
  #matching(pattern: Pattern): Column<Scalar> {
    const column = new FilledColumn<Scalar>(this.clock);
    this.#patterns.add(globMatcher(pattern), column);
    return new AfterFilling(column, () => {
      if (this.#matchedTick === this.clock.tick) return;
      this.#matchedTick = this.clock.tick;
      this.#patterns.walk(this.#document);
    });
  }
}

const items = <T>(column: Column<T>): T[] => Array.from({ length: column.count() }, (_, i) => column.at(i));

const objectsIn = (value: JsonValue): JsonObject[] =>
  (Array.isArray(value) ? (value.flat(Infinity) as JsonValue[]) : [value]).filter(isObject);

const scalarsIn = (value: JsonValue): Scalar[] => leaves(value).map(([, leaf]) => leaf);
