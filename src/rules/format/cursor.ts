/** A place in a file of exceptions or overlays: what stands there, and how to speak about it. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { MessageCode } from '../../base/messages/index.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { didYouMean } from '../../base/typo.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import { textOf } from '../../data/scalar.ts';
import { show } from './path.ts';
import type { Path, Positions } from './positions.ts';
import type { Parsed } from './toml.ts';

export interface Located {
  readonly source: Source;
  readonly span: Span;
}

/** What a file's area of the message catalogue calls the three mistakes that every format has. */
export interface CursorCodes {
  readonly missing: MessageCode;
  readonly wrong: MessageCode;
  readonly unknown: MessageCode;
}

/** One reading of a file: everything that was found is in `found`, in the order in which it was met. */
interface Reading {
  readonly positions: Positions;
  readonly codes: CursorCodes;
  readonly found: Diagnostic[];
}

export class Cursor {
  readonly value: JsonValue | undefined;
  readonly path: Path;
  readonly #reading: Reading;

  private constructor(value: JsonValue | undefined, path: Path, reading: Reading) {
    this.value = value;
    this.path = path;
    this.#reading = reading;
  }

  static over({ value, positions }: Parsed, codes: CursorCodes, found: Diagnostic[]): Cursor {
    return new Cursor(value, [], { positions, codes, found });
  }

  /** Null stands for nothing, as an empty value of YAML does. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The last key or index on the way here. */
  get name(): string {
    return String(this.path.at(-1) ?? 'the file');
  }

  /** Where it stands; where it should stand when there is nothing. */
  get place(): Located {
    const { positions } = this.#reading;
    return {
      source: positions.source,
      span: positions.value(this.path) ?? positions.nearest(this.path),
    };
  }

  /** The place of its key. */
  get keyPlace(): Located {
    const { positions } = this.#reading;
    return { source: positions.source, span: positions.key(this.path) ?? this.place.span };
  }

  /** The text here as a source of its own, for a query inside the file. */
  textSource(text: string): Source | undefined {
    return this.#reading.positions.text(this.path, text);
  }

  child(step: string | number): Cursor {
    const { value } = this;
    const holder = isObject(value) || Array.isArray(value) ? value : {};
    const below = Object.hasOwn(holder, step)
      ? (holder as Readonly<Record<string | number, JsonValue>>)[step]
      : undefined;
    return new Cursor(below, [...this.path, step], this.#reading);
  }

  /** Its keys; each that is not among the known ones is a warning. */
  table(known?: readonly string[]): JsonObject {
    const { value } = this;
    if (!isObject(value)) {
      if (this.isSet) this.wrong('a table of keys and values');
      return {};
    }
    for (const key of Object.keys(value))
      if (known !== undefined && !known.includes(key)) this.child(key).#unknownKey(known);
    return value;
  }

  /** The members of a table, by their keys. */
  members(): (readonly [key: string, member: Cursor])[] {
    return Object.keys(this.table()).map((key) => [key, this.child(key)] as const);
  }

  /** The elements of a list; none when nothing is here. */
  list(): Cursor[] {
    const { value } = this;
    if (Array.isArray(value)) return value.map((_, index) => this.child(index));
    if (this.isSet) this.wrong('a list');
    return [];
  }

  /** The elements of a list, or what stands here as the only one. */
  oneOrMore(): Cursor[] {
    return Array.isArray(this.value) || !this.isSet ? this.list() : [this];
  }

  /** A text that is not empty; undefined, with a complaint unless nothing is here. */
  text(): string | undefined {
    const { value } = this;
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (this.isSet) this.wrong('a text that is not empty');
    return undefined;
  }

  /** A text that has to be here. */
  needText(): string | undefined {
    if (!this.isSet) this.missing();
    return this.text();
  }

  /** One text or several; numbers and booleans count as their text. */
  scalars(): string[] {
    return this.oneOrMore().flatMap((one) => one.scalar() ?? []);
  }

  /** A text, also an empty one, a number or a boolean as text. */
  scalar(): string | undefined {
    const { value } = this;
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || value instanceof Numeral) return textOf(value);
    this.wrong('a text or a number');
    return undefined;
  }

  flag(): boolean | undefined {
    const { value } = this;
    if (typeof value === 'boolean') return value;
    if (this.isSet) this.wrong('true or false');
    return undefined;
  }

  choice<T extends string>(choices: readonly T[]): T | undefined {
    const text = this.text();
    const chosen = choices.find((choice) => choice === text);
    if (text !== undefined && chosen === undefined)
      this.wrong(`one of ${choices.map((choice) => `"${choice}"`).join(', ')}`, didYouMean(text, choices));
    return chosen;
  }

  missing(hint?: string): void {
    this.say(this.#reading.codes.missing, `"${this.name}" is missing`, hint);
  }

  wrong(wanted: string, hint?: string): void {
    const found = this.isSet ? show(this.value ?? null) : 'nothing';
    this.say(this.#reading.codes.wrong, `"${this.name}" must be ${wanted}, found ${found}`, hint);
  }

  say(code: MessageCode, message: string, hint?: string): void {
    this.#reading.found.push(diagnostic(code, message, { ...this.place, hint }));
  }

  /** The same about its key. */
  sayOfKey(code: MessageCode, message: string, hint?: string): void {
    this.#reading.found.push(diagnostic(code, message, { ...this.keyPlace, hint }));
  }

  #unknownKey(known: readonly string[]): void {
    const hint = didYouMean(this.name, known) ?? `known here: ${known.join(', ')}`;
    this.sayOfKey(this.#reading.codes.unknown, `unknown key "${this.name}"`, hint);
  }
}
