/** Which of the fields that rules read occur in the events at all: what is missing silences rules without a sign. */
import type { JsonObject, JsonValue } from '../../data/document.ts';
import { hasLeaf, isObject } from '../../data/document.ts';
import type { Counted, Counter } from './tallies.ts';

/** A segment of the paths that are looked for. */
interface Node {
  readonly parent: Node | undefined;
  readonly children: Map<string, Node>;
  /** Children whose segment names an element of a list. */
  readonly elements: (readonly [index: number, child: Node])[];
  /** A path ends here. */
  wanted: boolean;
  seen: boolean;
  /** Paths that end here or below and that nothing was seen of yet. */
  unseen: number;
}

interface CountedFields {
  readonly eventsWithout: number;
  readonly seen: readonly string[];
}

export class FieldTally implements Counter {
  readonly #root = newNode();
  readonly fields: readonly string[];
  #eventsWithout = 0;

  /** Full paths; a field is there when it, or anything below it, has a value. */
  constructor(fields: Iterable<string>) {
    this.fields = [...new Set(fields)];
    for (const field of this.fields) want(this.#root, field);
  }

  see(document: JsonObject): void {
    if (!visitObject(this.#root, document, false)) this.#eventsWithout++;
  }

  /** A document that is none of the input: its fields are there, and it counts as no event. */
  seeBeside(document: JsonObject): void {
    visitObject(this.#root, document, true);
  }

  /** Events that were not looked at here, and have none of the fields. */
  seeNone(events: number): void {
    this.#eventsWithout += events;
  }

  counted(): Counted {
    const seen = this.fields.filter((field) => nodeOf(this.#root, field)?.seen === true);
    const values: CountedFields = { eventsWithout: this.#eventsWithout, seen };
    return { values };
  }

  restore({ values }: Counted): void {
    const { eventsWithout, seen } = values as CountedFields;
    this.#eventsWithout = eventsWithout;
    for (const field of seen) {
      const node = nodeOf(this.#root, field);
      if (node !== undefined) see(node);
    }
  }

  /** Whether some event had the field; also for fields that are not looked for. */
  isKnown(field: string): boolean {
    const node = nodeOf(this.#root, field);
    return node?.wanted !== true || node.seen;
  }

  /** Events that had none of the fields; none when there are no fields to look for. */
  get eventsWithout(): number {
    return this.fields.length === 0 ? 0 : this.#eventsWithout;
  }

  /** The fields that no event had. */
  missing(): string[] {
    return this.fields.filter((field) => nodeOf(this.#root, field)?.seen !== true);
  }
}

const newNode = (parent?: Node): Node => ({
  parent,
  children: new Map(),
  elements: [],
  wanted: false,
  seen: false,
  unseen: 0,
});

function want(root: Node, field: string): void {
  let node = root;
  for (const key of field.split('.')) {
    const child: Node = node.children.get(key) ?? newNode(node);
    if (!node.children.has(key) && /^(0|[1-9]\d*)$/.test(key)) node.elements.push([Number(key), child]);
    node.children.set(key, child);
    node = child;
  }
  node.wanted = true;
  for (let above: Node | undefined = node; above !== undefined; above = above.parent) above.unseen++;
}

function see(node: Node): void {
  if (node.seen) return;
  node.seen = true;
  if (node.wanted)
    for (let above: Node | undefined = node; above !== undefined; above = above.parent) above.unseen--;
}

const nodeOf = (root: Node, path: string): Node | undefined =>
  path.split('.').reduce<Node | undefined>((node, key) => node?.children.get(key), root);

/**
 * Whether a wanted field has a value here or below. Marks what it finds. Once the event is known to have one (`found`), only
 * what was never seen is looked for.
 */
function visit(node: Node, value: JsonValue | undefined, found: boolean): boolean {
  if (value === null || value === undefined || (found && node.unseen === 0)) return false;
  if (Array.isArray(value)) return visitAll(node, value as readonly JsonValue[], found);
  const below = isObject(value) && visitObject(node, value, found);
  const here = node.wanted && (!isObject(value) || hasLeaf({ value }, 'value'));
  if (here) see(node);
  return here || below;
}

function visitObject(node: Node, object: JsonObject, foundBefore: boolean): boolean {
  let found = false;
  for (const key in object) {
    const child = node.children.get(key);
    if (
      child !== undefined
        ? visit(child, object[key], found || foundBefore)
        : key.includes('.') && visitDotted(node, key, object[key], found || foundBefore)
    )
      found = true;
  }
  return found;
}

/** `"a.b": value` is what `"a": { "b": value }` is. */
function visitDotted(node: Node, key: string, value: JsonValue | undefined, found: boolean): boolean {
  const dot = key.indexOf('.');
  const child = node.children.get(key.slice(0, dot));
  if (child === undefined || (found && child.unseen === 0)) return false;
  return visit(child, { [key.slice(dot + 1)]: value }, found);
}

function visitAll(node: Node, values: readonly JsonValue[], foundBefore: boolean): boolean {
  let found = false;
  for (const value of values) if (visit(node, value, found || foundBefore)) found = true;
  for (const [index, child] of node.elements)
    if (visit(child, values[index], found || foundBefore)) found = true;
  return found;
}
