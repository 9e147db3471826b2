/**
 * Tells from their bytes which records can matter to any rule. A record that is beyond doubt of a known shape, and that
 * no rule can match, is not decoded: it is counted, and its document is made only if somebody asks for it. All others
 * go the usual way.
 */
import type { JsonObject } from '../../../data/document.ts';
import type { Interest } from '../../../model/interest.ts';
import { LAST_APPLIED } from '../../normalise/redact.ts';
import type { IngestOptions } from '../../types.ts';
import { auditBytes } from './audit-bytes.ts';
import type { NamedShape } from './block.ts';
import { Block } from './block.ts';
import type { ByteShape } from './byte-shape.ts';
import { carriedAuditBytes } from './carried-audit-bytes.ts';
import { carriersOf } from './carriers.ts';
import { ecsBytes } from './ecs-bytes.ts';
import { carriedAuditHitBytes, ecsHitBytes } from './hit-bytes.ts';
import type { Findings } from './findings.ts';
import { Machine } from './machine.ts';
import {
  AT_END,
  CANDIDATE,
  DOUBTFUL,
  INPUT_BYTES,
  LONGEST_LINE,
  RECORD_FROM,
  RECORD_ITEM,
  RECORD_LINE,
  RECORD_SHAPE,
  RECORD_SIZE,
  RECORD_TIME,
  RECORD_TO,
} from './offsets.ts';
import { Outcomes } from './outcomes.ts';
import { Places } from './places.ts';
import { placedCarrier, PlacedShape } from './shapes.ts';
import { SIGN_PREFIX } from './signs.ts';
import { ALTERED, DOUBTS, ONLY_DOCUMENTS_TELL, TOO_MANY_HOLD, TOO_MANY_INDICES } from './why-decoded.ts';

const WORDS = RECORD_SIZE / 4;
const SHAPE = RECORD_SHAPE / 4;

const NEWLINE = 0x0a;
const NONE = Buffer.alloc(0);

/** Records between two judgements on whether looking pays, and the share of them that it must have spared. */
const TRIAL = 1024;
const WORTHWHILE = 0.1;
/** Trials without a look after one that did not pay. */
const PAUSE = 15;
/** The first trials say little: fields get their first values there, which takes a decoded record for each. */
const TRIALS_TO_LEARN = 4;

/** Of so many records one is shown to the interest while it wants to see some. */
const SAMPLED_ONE_IN = 32;
/** So many times as seldom where a line carries several, as all of it is decoded for one. */
const SELDOM = 64;

/** More candidates than that fit nowhere, and want the whole document anyway. */
const MOST_CANDIDATES = 4096;

/** Its memory is guarded where it writes, as engines check no more than that a write lies in memory. */
const OVERWRITTEN =
  'The scanner wrote where it must not, so what it found is not used. This is a mistake in Winnow: `--engine compiled` does without the scanner.';

/**
 * Makes the document of a record, should that be needed; of those that a line carries, which one, as `Block.item` has it, and
 * of the events that this one is, which one, counted from 0.
 */
export type DocumentOf = (text: string, item: number, which: number) => JsonObject;

export interface Scanned {
  readonly block: Block;
  /** Records of the block, and in how many lines: the first ones of those that were given. */
  readonly records: number;
  readonly lines: number;
  /** The offset behind them. */
  readonly end: number;
  /** Why what follows has to go the usual way, if it has to. */
  readonly stopped: string | undefined;
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
  readonly #outcomes: Outcomes;
  /** Those of the record that was scanned last. */
  readonly #candidates: number[] = [];
  /** Lines that went the usual way. */
  decoded = 0;
  #records = 0;
  #spared = 0;
  #paused = 0;
  /** Of the records that are scanned next, which one is shown to the interest. */
  #nextSampled = 0;
  #learning = TRIALS_TO_LEARN;

  constructor(interest: Interest, options: IngestOptions) {
    const machine = new Machine({
      build: (place) => this.#places.build(place),
      lookUp: (place, kind, from, to) => this.#places.lookUp(place, kind, from, to),
    });
    this.#interest = interest;
    this.#machine = machine;
    this.#places = new Places(machine, interest);
    this.#outcomes = new Outcomes(machine, interest);
    const plain = [auditBytes, ecsBytes, carriedAuditBytes, ecsHitBytes, carriedAuditHitBytes]
      .map((make) => make(interest, options))
      .filter((shape) => shape !== undefined);
    const carriers = carriersOf(plain, interest, options);
    const carried = carriers.flatMap(({ shapes }) => shapes);
    const all = new Set([...plain, ...carried, ...carried.flatMap(({ second }) => second ?? [])]);
    this.#shapes = [...all].map((shape) => new PlacedShape(shape, machine, this.#places, interest));
    const marker = machine.placeBytes(Buffer.from(LAST_APPLIED));
    machine.functions.setUpMarker(marker, LAST_APPLIED.length);
    const guard = Buffer.from(`"${SIGN_PREFIX}`);
    machine.functions.setUpGuard(machine.placeBytes(guard), guard.length);
    const addressOf = (shape: ByteShape): number =>
      this.#shapes.find((placed) => placed.shape === shape)?.address ?? 0;
    for (const placed of this.#shapes)
      if (placed.shape.second !== undefined) placed.addSecond(addressOf(placed.shape.second));
    for (const shape of plain) machine.functions.addShape(addressOf(shape));
    for (const carrier of carriers)
      machine.functions.addShape(placedCarrier(carrier, machine, this.#places, addressOf));
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
    this.decoded++;
  }

  /** Records that were looked at need nothing else. */
  countSpared(records: number): void {
    this.#records += records;
    this.#spared += records;
  }

  /** Always in the same order, in every thread. */
  get shapes(): readonly NamedShape[] {
    return this.#shapes;
  }

  /** Looks at lines as `look` does, and shows some of the records to the interest. */
  scan(...given: Parameters<LineScanner['look']>): Scanned {
    const [, , , documentOf] = given;
    const scanned = this.look(...given);
    this.countSpared(scanned.records);
    this.show(scanned, documentOf);
    return scanned;
  }

  /**
   * Looks at whole lines, from their beginning on, and puts what it finds there, where there must be room. `waiting` says of
   * which streams a line waits for its rest, and whether lines are items of a list (`WAITS_OUT` and what follows it).
   */
  look(
    data: Buffer,
    from: number,
    to: number,
    documentOf: DocumentOf,
    findings: Findings,
    waiting = 0,
  ): Scanned {
    const shift = this.#load(data, from, to);
    const { functions, addresses } = this.#machine;
    functions.setWaiting(waiting);
    const end = this.#loaded.to + shift;
    this.#outcomes.limit();
    let at = from + shift;
    let records = functions.scan(at, end, 0);
    let stopped: string | undefined;
    for (let reason = functions.reason(); reason !== AT_END; reason = functions.reason()) {
      at = functions.position();
      if (reason === CANDIDATE) stopped = this.#decided(records);
      else if (reason === DOUBTFUL) stopped = DOUBTS[functions.doubt()];
      else if (!this.#route(records, documentOf)) stopped = TOO_MANY_INDICES;
      if (reason === CANDIDATE && stopped === undefined) {
        records++;
        at = functions.goOn();
      } else records = functions.giveBack();
      if (stopped !== undefined) break;
      records = functions.scan(at, end, records);
    }
    if (stopped === undefined) at = functions.position();
    if (functions.isSound() === 0) throw new Error(OVERWRITTEN);
    let lines = functions.linesTold();
    const settled = this.#outcomes.settle(records, findings);
    if (settled < records) {
      [records, lines] = this.#wholeLines(settled);
      const before = addresses.records + (records - 1) * RECORD_SIZE;
      const end = data.indexOf(NEWLINE, this.#machine.get(before, RECORD_TO) - shift);
      at = records === 0 ? from + shift : end + 1 + shift;
      stopped = TOO_MANY_HOLD;
    }
    const block = new Block(data, -shift, this.#told(records, findings), findings.holds, this.#shapes);
    return { block, records, lines, end: at - shift, stopped };
  }

  /** Of so many records those whose lines are told as a whole, and the number of these lines. */
  #wholeLines(records: number): [records: number, lines: number] {
    const lineOf = (record: number): number =>
      this.#machine.get(this.#machine.addresses.records + record * RECORD_SIZE, RECORD_LINE);
    const lines = lineOf(records);
    let whole = records;
    while (whole > 0 && lineOf(whole - 1) === lines) whole--;
    return [whole, lines];
  }

  /** Notes which conditions hold for the candidate that was scanned last; or says why its document has to tell. */
  #decided(record: number): string | undefined {
    const { functions, addresses } = this.#machine;
    const placed = this.#placedAt(addresses.records + record * RECORD_SIZE);
    if (placed === undefined || functions.inexact() !== 0) return ALTERED;
    placed.tape.rewind();
    const outcome = functions.known() || this.#asked(record, placed);
    if (typeof outcome === 'string') return outcome;
    this.#outcomes.note(record, outcome, placed);
    return undefined;
  }

  /** The outcome for the candidates, or why their document has to tell. */
  #asked(record: number, placed: PlacedShape): number | string {
    const { functions, addresses, doubles } = this.#machine;
    const count = functions.candidates();
    if (count > MOST_CANDIDATES) return ALTERED;
    const candidates = this.#readCandidates(count);
    if (!placed.tape.tells(candidates)) return ONLY_DOCUMENTS_TELL;
    const time = doubles[(addresses.records + record * RECORD_SIZE + RECORD_TIME) >>> 3] as number;
    const holding = this.#interest.decide(candidates, placed.tape, time);
    return holding === undefined ? ONLY_DOCUMENTS_TELL : this.#outcomes.add(candidates, holding, placed);
  }

  #readCandidates(count: number): readonly number[] {
    const { words, addresses } = this.#machine;
    const candidates = this.#candidates;
    candidates.length = 0;
    for (let i = 0; i < count; i++) candidates.push(words[(addresses.scratch >>> 2) + i] as number);
    return candidates;
  }

  /** Shows the interest documents of some of the records, as long as it wants them. */
  show({ block, records }: Scanned, documentOf: DocumentOf): void {
    while (this.#nextSampled < records && this.#interest.wantsSample) {
      const record = this.#nextSampled;
      if (!block.isLeftOut(record)) this.#interest.sample(block.documentOf(record, documentOf));
      this.#nextSampled += block.item(record) === 0 ? SAMPLED_ONE_IN : SAMPLED_ONE_IN * SELDOM;
    }
    this.#nextSampled = Math.max(0, this.#nextSampled - records);
  }

  #placedAt(record: number): PlacedShape | undefined {
    const address = this.#machine.get(record, RECORD_SHAPE);
    return this.#shapes.find((shape) => shape.address === address);
  }

  /** Copies what is to be looked at, unless it is there; gives what lies between its offset there and here. */
  #load(data: Buffer, from: number, to: number): number {
    const { input } = this.#machine.addresses;
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

  /** What the scanner tells of these records, with positions of shapes. */
  #told(records: number, findings: Findings): Uint32Array {
    const from = this.#machine.addresses.records;
    const words = findings.add(
      this.#machine.words.subarray(from >>> 2, (from + records * RECORD_SIZE) >>> 2),
    );
    let [address, position] = [-1, -1];
    for (let at = SHAPE; at < words.length; at += WORDS) {
      if (words[at] !== address) {
        address = words[at] as number;
        position = this.#shapes.findIndex((shape) => shape.address === address);
      }
      words[at] = position;
    }
    return words;
  }

  /** Finds out who reads the record that was scanned last. */
  #route(record: number, documentOf: DocumentOf): boolean {
    const machine = this.#machine;
    const at = machine.addresses.records + record * RECORD_SIZE;
    const placed = this.#placedAt(at);
    if (placed?.hasRoom !== true) return false;
    const text = machine.bytes.toString('utf8', machine.get(at, RECORD_FROM), machine.get(at, RECORD_TO));
    const readers = this.#interest.readersOf(
      documentOf(text, machine.get(at, RECORD_ITEM), placed.shape.which ?? 0),
    );
    placed.addRoute(this.#places.postings.addressOfReaders(readers));
    return true;
  }

  #judge(): void {
    if (this.#paused > 0) this.#paused--;
    else if (this.#learning > 0) this.#learning--;
    else if (this.#spared < TRIAL * WORTHWHILE) this.#paused = PAUSE;
    this.#records = 0;
    this.#spared = 0;
  }
}

/** Behind the last line that fits with all before it; behind the first when it is long, and `from` when it is too long. */
function lastLineEnd(data: Buffer, from: number, to: number): number {
  if (to - from <= INPUT_BYTES) return to;
  const newline = data.lastIndexOf(NEWLINE, from + INPUT_BYTES - 1);
  if (newline >= from) return newline + 1;
  const end = data.indexOf(NEWLINE, from + INPUT_BYTES) + 1;
  return end > from + LONGEST_LINE ? from : end;
}

const scanners = new WeakMap<Interest, { readonly options: IngestOptions; readonly scanner: LineScanner }>();

/**
 * One scanner serves all files of a run: what it learnt and built in one helps with the next. To be asked for before each
 * use, as the interest may choose anew what is looked up.
 */
export function scannerFor(interest: Interest, options: IngestOptions): LineScanner {
  const known = scanners.get(interest);
  if (known?.options === options && !interest.renew()) return known.scanner;
  const scanner = new LineScanner(interest, options);
  scanners.set(interest, { options, scanner });
  return scanner;
}
