/** The scanner in WebAssembly, and its memory. What lies where, `offsets.ts` says. */
import { randomBytes } from 'node:crypto';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { SECRET_BYTES } from './offsets.ts';
import { SCANNER } from './scanner.generated.ts';

/** A place in the memory, in bytes. */
export type Address = number;

interface Functions {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly input: { readonly value: Address };
  readonly records: { readonly value: Address };
  readonly tape: { readonly value: Address };
  readonly scratch: { readonly value: Address };
  readonly secret: { readonly value: Address };
  readonly sought: { readonly value: Address };
  readonly allocate: (bytes: number) => Address;
  readonly setUpNeeds: (sets: number, bytesOfOne: number) => Address;
  readonly needs: () => Address;
  readonly settleForeign: () => void;
  readonly setWaiting: (streams: number) => void;
  readonly addShape: (shape: Address) => void;
  readonly newPlace: (flags: number) => Address;
  readonly newSeen: () => number;
  readonly makeAnswers: (place: Address, count: number) => void;
  readonly addText: (table: Address, text: Address, length: number, posting: Address) => void;
  readonly addKey: (place: Address, key: Address, length: number, to: Address) => void;
  readonly setUpMarker: (text: Address, length: number) => void;
  readonly setUpGuard: (text: Address, length: number) => void;
  readonly scan: (from: Address, to: Address, told: number) => number;
  readonly position: () => Address;
  readonly reason: () => number;
  readonly doubt: () => number;
  readonly goOn: () => Address;
  readonly giveBack: () => number;
  readonly linesTold: () => number;
  readonly inexact: () => number;
  readonly walked: () => number;
  readonly isSound: () => number;
  readonly candidates: () => number;
  readonly list: () => number;
  readonly known: () => number;
  readonly isKept: () => number;
  readonly keep: (outcome: number) => void;
  readonly addList: (shape: Address, values: number, presences: number) => number;
  readonly forgetLists: () => void;
  readonly hashOf: (from: Address, length: number) => number;
  readonly routeKey: (shape: Address) => number;
  readonly beginFingerprint: () => void;
  readonly addToFingerprint: (from: Address, length: number) => void;
  readonly endFingerprint: (into: Address) => void;
}

/** What the scanner asks of us while it works. */
export interface Host {
  /** Makes the tables of a place. */
  readonly build: (place: number) => void;
  /** Notes what a value says that the scanner cannot look up itself. */
  readonly lookUp: (place: number, kind: number, from: Address, to: Address) => void;
}

/** Known to nobody else, and the same for all threads of the process, so that their fingerprints can be compared. */
const SECRET_NAME = 'winnow: secret of fingerprints';
const SECRET = (getEnvironmentData(SECRET_NAME) as Uint8Array | undefined) ?? randomBytes(SECRET_BYTES);
setEnvironmentData(SECRET_NAME, SECRET);

/** As much of the engine's interface as is used here: Node's types have none of it. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}
const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };

let compiled: object | undefined;

export class Machine {
  readonly functions: Functions;
  /** Where things lie that stay where they are: asking the engine each time takes long. */
  readonly addresses: { readonly input: Address; readonly records: Address; readonly scratch: Address };
  #bytes = Buffer.alloc(0);
  #words = new Uint32Array(0);
  #times = new Float64Array(0);

  constructor(host: Host) {
    compiled ??= new engine.Module(Buffer.from(SCANNER, 'base64'));
    const instance = new engine.Instance(compiled, { host: { ...host } });
    this.functions = instance.exports as unknown as Functions;
    const { input, records, scratch } = this.functions;
    this.addresses = { input: input.value, records: records.value, scratch: scratch.value };
    this.bytes.set(SECRET, this.functions.secret.value);
  }

  /** The memory; another view of it after it grew. */
  get bytes(): Buffer {
    this.#refresh();
    return this.#bytes;
  }

  get words(): Uint32Array {
    this.#refresh();
    return this.#words;
  }

  get doubles(): Float64Array {
    this.#refresh();
    return this.#times;
  }

  /** When the memory grows, views of what it was before have no length any more. */
  #refresh(): void {
    if (this.#words.length > 0) return;
    const { buffer } = this.functions.memory;
    this.#bytes = Buffer.from(buffer);
    this.#words = new Uint32Array(buffer);
    this.#times = new Float64Array(buffer);
  }

  /** Puts words into memory of their own. */
  place(words: ArrayLike<number>): Address {
    const at = this.functions.allocate(4 * words.length);
    this.words.set(words, at >>> 2);
    return at;
  }

  /** A list of words with its length before it. */
  placeList(words: readonly number[]): Address {
    return this.place([words.length, ...words]);
  }

  /** Bytes with zeros behind them up to a multiple of sixteen. */
  placeBytes(bytes: Uint8Array): Address {
    const at = this.functions.allocate(bytes.length);
    this.bytes.set(bytes, at);
    return at;
  }

  set(at: Address, offset: number, value: number): void {
    this.words[(at + offset) >>> 2] = value;
  }

  get(at: Address, offset: number): number {
    return this.words[(at + offset) >>> 2] ?? 0;
  }
}
