/**
 * The document of an alert in parts: what its event has, what is its own, what all alerts of its rule share. Most alerts are
 * written once and read by nobody else, so the parts are written one after the other, those of the rule as they were before; they
 * are put together to a document when somebody asks for that.
 */
import { safeJson } from '../base/safe-json.ts';
import type { JsonObject } from '../data/document.ts';
import type { Alert } from './alert.ts';

/** Fields that stand side by side in an object, and their JSON without braces. No two parts of an object have the same names. */
export interface Part {
  readonly fields: JsonObject;
  readonly text: string;
}

/** Fields of this alert alone. */
export class OwnPart implements Part {
  readonly fields: JsonObject;

  constructor(fields: JsonObject) {
    this.fields = fields;
  }

  get text(): string {
    return membersOf(this.fields);
  }
}

/** Fields that many alerts have: written once. */
export class SharedPart implements Part {
  readonly fields: JsonObject;
  #text: string | undefined;

  constructor(fields: JsonObject) {
    this.fields = fields;
  }

  get text(): string {
    return (this.#text ??= membersOf(this.fields));
  }
}

/** An object of parts under a name. */
export class NestedPart implements Part {
  readonly #name: string;
  readonly #parts: readonly Part[];

  constructor(name: string, parts: readonly Part[]) {
    this.#name = name;
    this.#parts = parts;
  }

  get fields(): JsonObject {
    return { [this.#name]: together(this.#parts) };
  }

  get text(): string {
    return `${JSON.stringify(this.#name)}:${joined(this.#parts)}`;
  }
}

export interface AlertParts {
  /** What stands before the fields of the event. */
  readonly time: Part;
  /** Of the event, or of what stands for one: the only names that are not ours. */
  readonly event: Part;
  /** What stands behind them. Where it has a name of theirs, it is right. */
  readonly own: readonly Part[];
}

const PARTS = Symbol('parts of the document');

interface MadeAlert extends Alert {
  readonly [PARTS]: AlertParts;
}

/** An alert whose document is made of the parts when somebody reads it. A copy with other fields has a document like any other. */
export function alertOf(head: Omit<Alert, 'document'>, parts: AlertParts): Alert {
  const alert = { ...head };
  Object.defineProperty(alert, PARTS, { value: parts });
  return Object.defineProperty(alert, 'document', DOCUMENT) as Alert;
}

const DOCUMENT = {
  get(this: MadeAlert): JsonObject {
    const value = together(inOrder(this[PARTS]));
    Object.defineProperty(this, 'document', { value, enumerable: true });
    return value;
  },
  enumerable: true,
  configurable: true,
};

/** The document in one line, as `safeJson` writes it. */
export function alertText(alert: Alert): string {
  const parts = (alert as Partial<MadeAlert>)[PARTS];
  if (parts === undefined || !standsApart(parts.event)) return safeJson(alert.document);
  return joined(inOrder(parts));
}

const inOrder = ({ time, event, own }: AlertParts): readonly Part[] => [time, event, ...own];

function joined(parts: readonly Part[]): string {
  let text = '';
  for (const part of parts) {
    const members = part.text;
    if (members !== '') text += text === '' ? members : `,${members}`;
  }
  return `{${text}}`;
}

/** A name that comes again keeps its place and gets its last value; names that are whole numbers come first. */
const together = (parts: readonly Part[]): JsonObject =>
  Object.fromEntries(parts.flatMap(({ fields }) => Object.entries(fields)));

const membersOf = (fields: JsonObject): string => safeJson(fields).slice(1, -1);

/** Names that our own parts may have, and those that would come before all others. */
const OURS = /^(\d|@timestamp$|winnow$|kibana\.)/;
const FIRST_LETTERS: ReadonlySet<number> = new Set(
  Array.from('0123456789@wk', (letter) => letter.charCodeAt(0)),
);

function standsApart({ fields }: Part): boolean {
  for (const name in fields) if (FIRST_LETTERS.has(name.charCodeAt(0)) && OURS.test(name)) return false;
  return true;
}
