/** Small readers of values whose types nobody warrants. */
import { isObject, type JsonObject, type JsonValue } from '../data/document.ts';
import { Numeral } from '../data/numeral.ts';

/** A decoded record belongs to this layer alone until it is handed over, so it may be changed in place. */
export type Fields = { [key: string]: JsonValue | undefined };

export const objectAt = (record: JsonObject, key: string): JsonObject | undefined => {
  const value = own(record, key);
  return isObject(value) ? value : undefined;
};

/** A text that is not empty. */
export const textAt = (record: JsonObject, key: string): string | undefined => textOf(own(record, key));

export const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A text, or a number or boolean as one: identifiers come as either. */
export function wordAt(record: JsonObject, key: string): string | undefined {
  const value = own(record, key);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value instanceof Numeral ? value.text : textOf(value);
}

export const numberAt = (record: JsonObject, key: string): number | undefined => {
  const value = own(record, key);
  return typeof value === 'number' ? value : undefined;
};

export const booleanAt = (record: JsonObject, key: string): boolean | undefined => {
  const value = own(record, key);
  return typeof value === 'boolean' ? value : undefined;
};

export const listAt = (record: JsonObject, key: string): readonly JsonValue[] | undefined => {
  const value = own(record, key);
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
};

/** Not what objects inherit: records come from strangers. */
export const own = (record: JsonObject, key: string): JsonValue | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The given fields without those that have no value. */
export function present(fields: Fields): Fields {
  const kept: Fields = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept;
}

/** Like `present`, and undefined when nothing is left. */
export function some(fields: Fields): Fields | undefined {
  const kept = present(fields);
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** `__proto__` is a field like any other, but assigning it is not like any other assignment. */
export function put(target: Fields, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** Two documents as one, objects merged all the way down; where both have a value the second one's counts. */
export function merged(under: JsonObject, over: JsonObject): JsonObject {
  const result: Fields = { ...under };
  for (const key of Object.keys(over)) {
    const [below, above] = [own(result, key), over[key]];
    if (above !== undefined)
      put(result, key, isObject(below) && isObject(above) ? merged(below, above) : above);
  }
  return result;
}
