/**
 * Tells from their bytes which records can matter to any rule. A record that is beyond doubt of a known shape, and that
 * no rule can match, is not decoded: it is counted, and its document is made only if somebody asks for it. All others
 * go the usual way.
 */
import type { JsonObject } from '../../../data/document.ts';
import type { Interest } from '../../../model/interest.ts';
import type { IngestOptions } from '../../types.ts';
import { auditBytes } from './audit-bytes.ts';
import { Block } from './block.ts';
import { ecsBytes } from './ecs-bytes.ts';
import { Machine } from './machine.ts';
import {
  AT_END,
  INPUT_BYTES,
  RECORD_FROM,
  RECORD_SHAPE,
  RECORD_SIZE,
  RECORD_TO,
  UNROUTED,
} from './offsets.ts';
import { Places } from './places.ts';
import { PlacedShape } from './shapes.ts';

const NEWLINE = 0x0a;
const NONE = Buffer.alloc(0);

/** Records between two judgements on whether looking pays, and the share of them that it must have spared. */
const TRIAL = 1024;
const WORTHWHILE = 0.1;
/** Trials without a look after one that did not pay. */
const PAUSE = 15;

/** Makes the document of a record of a shape, should that be needed. */
export type DocumentOf = (shape: string, text: string) => JsonObject;

export interface Scanned {
  readonly block: Block;
  /** Records of the block, each in a line of its own: the first lines of those that were given. */
  readonly records: number;
  /** The offset behind them. */
  readonly end: number;
  /** What follows has to go the usual way. */
  readonly stopped: boolean;
}

export class LineScanner {
  readonly #interest: Interest;
  readonly #machine: Machine;
  readonly #places: Places;
  readonly #shapes: readonly PlacedShape[];
  /** What the scanner has before it. */
  #loaded: { readonly data: Buffer; readonly from: number; readonly to: number } = {
    data: NONE,
    from: 0,
    to: 0,
  };
  #records = 0;
  #spared = 0;
  #paused = 0;

  constructor(interest: Interest, options: IngestOptions) {
    const machine = new Machine({
      build: (place) => this.#places.build(place),
      lookUp: (place, kind, from, to) => this.#places.lookUp(place, kind, from, to),
    });
    this.#interest = interest;
    this.#machine = machine;
    this.#places = new Places(machine, interest);
    this.#shapes = [auditBytes, ecsBytes]
      .map((make) => make(interest, options))
      .filter((shape) => shape !== undefined)
      .map((shape) => new PlacedShape(shape, machine, this.#places));
    const [first, second] = this.#shapes;
    machine.functions.setUpShapes(first?.address ?? 0, second?.address ?? 0);
  }

  /** Whether looking is worth the time just now; to be asked for each line that is about to be looked at. */
  get isWorthwhile(): boolean {
    if (this.#shapes.length === 0) return false;
    if (this.#records >= TRIAL) this.#judge();
    return this.#paused === 0;
  }

  /** A line goes the usual way. */
  countOther(): void {
    this.#records++;
  }

  /** Looks at whole lines, from their beginning on. */
  scan(data: Buffer, from: number, to: number, documentOf: DocumentOf): Scanned {
    const { functions } = this.#machine;
    const shift = this.#load(data, from, to);
    let records = functions.scan(from + shift, this.#loaded.to + shift);
    while (records === 0 && functions.reason() === UNROUTED && this.#route(documentOf))
      records = functions.scan(from + shift, this.#loaded.to + shift);
    this.#records += records;
    this.#spared += records;
    const isUnrouted = functions.reason() === UNROUTED && records > 0;
    return {
      block: new Block(data, -shift, this.#told(records), this.#shapes),
      records,
      end: functions.position() - shift,
      stopped: functions.reason() !== AT_END && !isUnrouted,
    };
  }

  /** Copies what is to be looked at, unless it is there; gives what lies between its offset there and here. */
  #load(data: Buffer, from: number, to: number): number {
    const input = this.#machine.functions.input.value;
    const loaded = this.#loaded;
    if (loaded.data !== data || from < loaded.from || from >= loaded.to) {
      const end = lastLineEnd(data, from, to);
      data.copy(this.#machine.bytes, input, from, end);
      this.#loaded = { data, from, to: end };
      this.#places.refresh();
      for (const shape of this.#shapes) shape.refresh((path) => this.#interest.isKnown(path));
    }
    return input - this.#loaded.from;
  }

  /** What the scanner tells of these records. */
  #told(records: number): Uint32Array {
    const from = this.#machine.functions.records.value;
    return this.#machine.words.slice(from >>> 2, (from + records * RECORD_SIZE) >>> 2);
  }

  /** Finds out who reads the first record of the input. */
  #route(documentOf: DocumentOf): boolean {
    const machine = this.#machine;
    const record = machine.functions.records.value;
    const address = machine.get(record, RECORD_SHAPE);
    const placed = this.#shapes.find((shape) => shape.address === address);
    if (placed?.hasRoom !== true) return false;
    const text = machine.bytes.toString(
      'utf8',
      machine.get(record, RECORD_FROM),
      machine.get(record, RECORD_TO),
    );
    const readers = this.#interest.readersOf(documentOf(placed.shape.name, text));
    placed.addRoute(this.#places.postings.addressOfReaders(readers));
    return true;
  }

  #judge(): void {
    if (this.#paused > 0) this.#paused--;
    else if (this.#spared < TRIAL * WORTHWHILE) this.#paused = PAUSE;
    this.#records = 0;
    this.#spared = 0;
  }
}

/** Behind the last line that fits with all before it; `from` when not even one does. */
function lastLineEnd(data: Buffer, from: number, to: number): number {
  if (to - from <= INPUT_BYTES) return to;
  const newline = data.lastIndexOf(NEWLINE, from + INPUT_BYTES - 1);
  return newline < from ? from : newline + 1;
}

const scanners = new WeakMap<Interest, { readonly options: IngestOptions; readonly scanner: LineScanner }>();

/** One scanner serves all files of a run: what it learnt and built in one helps with the next. */
export function scannerFor(interest: Interest, options: IngestOptions): LineScanner {
  const known = scanners.get(interest);
  if (known?.options === options) return known.scanner;
  const scanner = new LineScanner(interest, options);
  scanners.set(interest, { options, scanner });
  return scanner;
}
