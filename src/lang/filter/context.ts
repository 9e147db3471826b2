/** Where in a filter object one is, what is there, and how to speak about it. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { DiagnosticError, diagnostic } from '../../base/diagnostic.ts';
import type { MessageCode } from '../../base/messages/index.ts';
import type { Source } from '../../base/source.ts';
import type { Span } from '../../base/span.ts';
import { didYouMean } from '../../base/typo.ts';
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { FieldTypes } from '../../data/field-type.ts';
import { textOf } from '../../data/scalar.ts';
import { DEEPEST_NESTING } from '../kit/nesting.ts';

export type Path = readonly (string | number)[];

export interface FilterOptions {
  readonly types: FieldTypes;
  /** Where a part of the filter stands in its file; undefined when that is not known. */
  readonly at: (path: Path) => { readonly source: Source; readonly span: Span } | undefined;
}

/** One compilation: its options and the warnings so far. */
export class Context {
  readonly types: FieldTypes;
  readonly warnings: Diagnostic[] = [];
  readonly #at: FilterOptions['at'];

  constructor({ types, at }: FilterOptions) {
    this.types = types;
    this.#at = at;
  }

  place(path: Path): { readonly source?: Source; readonly span?: Span } {
    return this.#at(path) ?? {};
  }

  warn(code: MessageCode, message: string, path: Path, hint?: string): void {
    this.warnings.push(diagnostic(code, message, { ...this.place(path), hint }));
  }

  refuse(code: MessageCode, message: string, path: Path, hint?: string): never {
    throw new DiagnosticError(diagnostic(code, message, { ...this.place(path), hint }));
  }
}

/** A part of the filter. Its accessors refuse what has not the shape that is asked for. */
export class Part {
  readonly context: Context;
  readonly value: JsonValue;
  readonly path: Path;

  constructor(context: Context, value: JsonValue, path: Path) {
    this.context = context;
    this.value = value;
    this.path = path;
  }

  /** Its keys, which must be among the given ones. */
  object(known?: readonly string[]): JsonObject {
    const { value } = this;
    if (!isObject(value)) return this.#misshapen('an object');
    const stranger = known && Object.keys(value).find((key) => !known.includes(key));
    if (stranger === undefined || known === undefined) return value;
    const hint = didYouMean(stranger, known) ?? `understood here: ${known.join(', ')}`;
    return this.context.refuse(
      'FIL103',
      `the parameter "${stranger}" is not supported`,
      [...this.path, stranger],
      hint,
    );
  }

  /** The part below a key of an object or list; null where there is none. */
  child(key: string | number): Part {
    const { value } = this;
    if (this.path.length >= DEEPEST_NESTING)
      this.refuse('FIL104', `the filter nests more than ${DEEPEST_NESTING} deep`);
    const holder = isObject(value) || Array.isArray(value) ? value : {};
    const below = (holder as Readonly<Record<string | number, JsonValue | undefined>>)[key];
    return new Part(this.context, below ?? null, [...this.path, key]);
  }

  has(key: string): boolean {
    return isObject(this.value) && this.value[key] !== undefined && this.value[key] !== null;
  }

  /** The members of a list; a single value is a list of one. */
  members(): Part[] {
    if (!Array.isArray(this.value)) return [this];
    return this.value.map((_, index) => this.child(index));
  }

  /** A text, number or boolean as text. */
  text(): string {
    const { value } = this;
    if (value === null || Array.isArray(value) || isObject(value))
      return this.#misshapen('a text or a number');
    return textOf(value as Exclude<typeof value, null | readonly JsonValue[] | JsonObject>);
  }

  flag(): boolean {
    return this.text() === 'true';
  }

  refuse(code: MessageCode, message: string, hint?: string): never {
    return this.context.refuse(code, message, this.path, hint);
  }

  #misshapen(wanted: string): never {
    const key = this.path.at(-1) ?? 'the filter';
    return this.refuse('FIL102', `"${key}" must be ${wanted}`);
  }
}
