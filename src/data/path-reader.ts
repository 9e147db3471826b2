/** The values at one path of many documents: the path is taken apart once. `valuesAt` is the obvious way to the same. */
import type { JsonObject, JsonValue, Scalar } from './document.ts';
import { Numeral } from './numeral.ts';

/** What `valuesAt` finds for the path, in its order. */
export function pathReader(path: string): (document: JsonObject) => Scalar[] {
  const start = stepsOf(path.split('.'));
  const found: Found = { values: [], count: 0 };
  return (document) => {
    found.count = 0;
    follow(document, start, found);
    if (found.count === 1) return [found.values[0] as Scalar];
    return found.count === 0 ? [] : found.values.slice(0, found.count);
  };
}

/** Used again for every document: a list that grows takes several times the room that it needs. */
interface Found {
  readonly values: Scalar[];
  count: number;
}

/** What may stand at some place of the path: keys, which with dots in them lead further at once. */
interface Step {
  readonly keys: readonly string[];
  /** Behind each key; undefined at the end of the path. */
  readonly next: readonly (Step | undefined)[];
  /** The place in an array that the next segment names; undefined when it is no number. */
  readonly element: number | undefined;
  readonly behindElement: Step | undefined;
}

/** The steps of all ends of the path, made from the shortest, which the longer ones lead to. */
function stepsOf(segments: readonly string[]): Step {
  const steps: Step[] = [];
  for (let at = segments.length - 1; at >= 0; at--) {
    const shorter = steps.map((_, i) => segments.slice(at, at + i + 1).join('.'));
    const [first = ''] = segments.slice(at);
    steps.unshift({
      keys: [segments.slice(at).join('.'), ...shorter],
      next: [undefined, ...steps],
      element: /^(0|[1-9]\d*)$/.test(first) ? Number(first) : undefined,
      behindElement: steps[0],
    });
  }
  return steps[0] as Step;
}

function follow(node: JsonValue | undefined, step: Step, found: Found): void {
  if (typeof node !== 'object' || node === null || node instanceof Numeral) return;
  if (Array.isArray(node)) return followItems(node as readonly JsonValue[], step, found);
  const { keys, next } = step;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const child = (node as JsonObject)[key];
    if (child === undefined || !Object.hasOwn(node, key)) continue;
    arrive(child, next[i], found);
  }
}

function followItems(items: readonly JsonValue[], step: Step, found: Found): void {
  for (let i = 0; i < items.length; i++) {
    follow(items[i], step, found);
    if (i === step.element) arrive(items[i], step.behindElement, found);
  }
}

function arrive(value: JsonValue | undefined, step: Step | undefined, found: Found): void {
  if (step !== undefined) follow(value, step, found);
  else collect(value, found);
}

function collect(value: JsonValue | undefined, found: Found): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object' || value instanceof Numeral) found.values[found.count++] = value;
  else if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) collect(item, found);
}
