/**
 * The document of an alert in parts: what its event has, what is its own, what all alerts of its rule share. Most alerts are
 * written once and read by nobody else, so the parts are written one after the other, those of the rule as they were before; they
 * are put together to a document when somebody asks for that.
 */
import { safeJson } from '../base/safe-json.ts';
import type { JsonObject } from '../data/document.ts';
import type { Alert } from './alert.ts';

/** Fields that stand side by side in an object. No two parts of an object have the same names. */
export interface Part {
  readonly fields: JsonObject;
  writeTo(text: Pieces): void;
}

/** Fields of this alert alone. */
export class OwnPart implements Part {
  readonly fields: JsonObject;

  constructor(fields: JsonObject) {
    this.fields = fields;
  }

  writeTo(text: Pieces): void {
    text.members(membersOf(this.fields));
  }
}

/** Fields that many alerts have: written once. */
export class SharedPart implements Part {
  readonly fields: JsonObject;
  #text: SharedText | undefined;

  constructor(fields: JsonObject) {
    this.fields = fields;
  }

  writeTo(text: Pieces): void {
    text.members((this.#text ??= new SharedText(membersOf(this.fields))));
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

  writeTo(text: Pieces): void {
    text.open(this.#name);
    for (const part of this.#parts) part.writeTo(text);
    text.close();
  }
}

/** A text that comes again and again, so that whoever writes it need not encode it each time. */
export class SharedText {
  readonly #text: string;
  #bytes: Uint8Array | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Its bytes, made the first time. */
  bytes(encode: (text: string) => Uint8Array): Uint8Array {
    return (this.#bytes ??= encode(this.#text));
  }

  toString(): string {
    return this.#text;
  }
}

/** One behind the other they are a text. */
export type Piece = string | SharedText;

/** An object while it is written: shared texts stay as they are, what stands between them becomes one text. */
class Pieces {
  readonly #done: Piece[] = [];
  #own = '{';
  #isFirst = true;

  members(members: Piece): void {
    const text = String(members);
    if (text === '') return;
    if (!this.#isFirst) this.#own += ',';
    this.#isFirst = false;
    if (typeof members === 'string') this.#own += members;
    else {
      this.#done.push(this.#own, members);
      this.#own = '';
    }
  }

  open(name: string): void {
    this.members(`${JSON.stringify(name)}:{`);
    this.#isFirst = true;
  }

  close(): void {
    this.#own += '}';
    this.#isFirst = false;
  }

  /** The whole, with the brace that ends it. */
  end(): readonly Piece[] {
    return [...this.#done, `${this.#own}}`];
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
export const alertText = (alert: Alert): string => alertPieces(alert).join('');

/** The same for who writes bytes. */
export function alertPieces(alert: Alert): readonly Piece[] {
  const parts = (alert as Partial<MadeAlert>)[PARTS];
  if (parts === undefined || !standsApart(parts.event)) return [safeJson(alert.document)];
  const text = new Pieces();
  for (const part of inOrder(parts)) part.writeTo(text);
  return text.end();
}

const inOrder = ({ time, event, own }: AlertParts): readonly Part[] => [time, event, ...own];

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
