/**
 * Tells from its bytes whether a record can matter to any rule. A record that is beyond doubt of a known shape, and that
 * no rule can match, is not decoded: it is counted, and its document is made only if somebody asks for it. All others
 * go the usual way.
 */
import type { JsonObject } from '../../../data/document.ts';
import type { Interest } from '../../../model/interest.ts';
import type { IngestOptions } from '../../types.ts';
import { auditBytes } from './audit-bytes.ts';
import { ecsBytes } from './ecs-bytes.ts';
import { RecordScan } from './record-scan.ts';
import type { ByteShape, Outline } from './shape-bytes.ts';

/** A record that no rule can match. */
export interface Idle extends Outline {
  readonly shape: string;
  /** It has values that rules read. */
  readonly isRead: boolean;
}

/** A text is the reason for which the record is left out; undefined is for those that go the usual way. */
type Look = Idle | string | undefined;

/** Records between two judgements on whether looking pays, and the share of them that it must have spared. */
const TRIAL = 1024;
const WORTHWHILE = 0.1;
/** Trials without a look after one that did not pay. */
const PAUSE = 15;

export class ByteScreen {
  readonly #interest: Interest;
  readonly #shapes: { readonly shape: ByteShape; readonly scan: RecordScan; unknown: readonly number[] }[];
  #records = 0;
  #spared = 0;
  #paused = 0;

  constructor(interest: Interest, options: IngestOptions) {
    this.#interest = interest;
    this.#shapes = [auditBytes, ecsBytes]
      .map((make) => make(interest, options))
      .filter((shape) => shape !== undefined)
      .map((shape) => ({
        shape,
        scan: new RecordScan(interest, shape.facts),
        unknown: shape.layout.constant,
      }));
  }

  /** The record's bytes are followed by a line end. `document` makes its document, should that be needed. */
  look(data: Buffer, from: number, to: number, document: (shape: string) => JsonObject): Look {
    if (++this.#records === TRIAL) this.#judge();
    if (this.#paused > 0) return undefined;
    const look = this.#lookAs(0, data, from, to, document);
    if (look !== undefined) this.#spared++;
    return look;
  }

  /** The shape of the record before is tried first. */
  #lookAs(
    position: number,
    data: Buffer,
    from: number,
    to: number,
    document: (shape: string) => JsonObject,
  ): Look {
    const tried = this.#shapes[position];
    if (tried === undefined) return undefined;
    const { shape, scan } = tried;
    this.#interest.begin();
    if (!scan.scan(shape.layout.root, data, from, to) || !shape.fits(scan))
      return this.#lookAs(position + 1, data, from, to, document);
    if (position > 0) this.#shapes.unshift(...this.#shapes.splice(position, 1));
    const leftOut = shape.leftOut(scan);
    if (leftOut !== undefined) return leftOut;
    tried.unknown = tried.unknown.filter((path) => !this.#interest.isKnown(path));
    if (tried.unknown.length > 0 || scan.sawNew) return undefined;
    return this.#judged(shape, scan, () => document(shape.name));
  }

  #judged(shape: ByteShape, scan: RecordScan, document: () => JsonObject): Idle | undefined {
    const isRead = scan.sawRead || shape.layout.constant.length > 0;
    if (!isRead && scan.sawSource) return undefined;
    for (const meaning of shape.layout.constantly) this.#interest.note(meaning);
    const outline = shape.outline(scan);
    if (outline === undefined || this.#interest.mayMatch(shape.readers(scan, document))) return undefined;
    return { ...outline, shape: shape.name, isRead };
  }

  #judge(): void {
    if (this.#paused > 0) this.#paused--;
    else if (this.#spared < TRIAL * WORTHWHILE) this.#paused = PAUSE;
    this.#records = 0;
    this.#spared = 0;
  }
}
