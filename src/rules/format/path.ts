/** Reading and changing a value inside plain data by its path. Nothing here changes its argument. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { isObject } from '../../data/document.ts';
import type { Path } from './positions.ts';

/** The value at the path; undefined when there is none. */
export function getAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let at = value;
  for (const step of path) at = childOf(at, step);
  return at;
}

function childOf(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[])[step as number];
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** A copy without the value at the path; elements after it move up. */
export const without = <T extends JsonValue>(value: T, path: Path): T => change(value, path, undefined) as T;

/** A copy with the value at the path, whose parent exists. */
export const withAt = <T extends JsonValue>(value: T, path: Path, child: JsonValue): T =>
  change(value, path, child) as T;

function change(value: JsonValue, [step, ...rest]: Path, child: JsonValue | undefined): JsonValue {
  if (step === undefined) return value;
  const old = childOf(value, step);
  const changed = rest.length === 0 || old === undefined ? child : change(old, rest, child);
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) => {
      if (index !== step) return [item];
      return changed === undefined ? [] : [changed];
    });
  const { [step]: _, ...others } = value as JsonObject;
  return changed === undefined ? others : { ...others, [step]: changed };
}

/** How messages name a value: `severity`, `threat[0].tactic.id`; the table that it is in goes without saying. */
export function label(path: Path): string {
  const [, ...inner] = path;
  const shown = inner.length === 0 ? path : inner;
  return shown.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** How messages show a value that was found. */
export function show(value: JsonValue): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty table' : 'a table';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
