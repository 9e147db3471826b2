import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUTO } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject } from '../../../data/document.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import { seededRandom } from '../../../sample/random.ts';
import type { GrowingPiece } from './ahead.ts';
import { FoundAhead, RUNS_LENGTH, scanPiece } from './ahead.ts';
import { Findings } from './findings.ts';
import { scannerFor } from './line-scanner.ts';
import { RECORD_FROM, RECORD_TO } from './offsets.ts';

const NEWLINE = 0x0a;

const is: Predicate = {
  kind: 'some',
  field: { name: 'process.name', path: 'process.name' },
  test: { kind: 'text', oneOf: ['sh'], fold: 'exact' },
};
const interest = interestOf(new Matcher([is]), 1, ['process.name']);
const documentOf = (text: string): JsonObject => JSON.parse(text) as JsonObject;

/** A piece that is read only as far as is asked; newlines of an earlier piece stand behind that. */
class Read implements GrowingPiece {
  readonly memory: Buffer;
  readonly #content: Buffer;
  #there = 0;

  constructor(content: Buffer) {
    this.#content = content;
    this.memory = Buffer.alloc(content.length + 4096, NEWLINE);
  }

  readTo(bytes: number): number {
    if (bytes > this.#there) {
      this.#content.copy(this.memory, this.#there, this.#there, bytes);
      this.#there = Math.min(bytes, this.#content.length);
    }
    return this.#there;
  }
}

/** The records that are found, as where they begin and end, with the lines between them that are left to the usual way. */
function found(piece: GrowingPiece, length: number): (string | number)[] {
  const room = { findings: new Findings(), runs: new Int32Array(RUNS_LENGTH) };
  const scanner = scannerFor(interest, AUTO);
  scanPiece(scanner, piece, documentOf, room);
  assert.equal(piece.readTo(length), length);
  const bytes = piece.memory.subarray(0, length);
  const ahead = new FoundAhead(bytes, room, scanner.shapes);
  const told: (string | number)[] = [];
  for (let at = 0; at < length;) {
    const { block, records = 0, end = length, stopped = 'end' } = ahead.at(bytes, at) ?? {};
    for (let record = 0; record < records; record++)
      told.push((block?.word(record, RECORD_TO) ?? NaN) - (block?.word(record, RECORD_FROM) ?? NaN));
    if (stopped === 'end' && records === 0) return [...told, `${length - at} bytes`];
    at = records > 0 ? end : bytes.indexOf(NEWLINE, at) + 1 || length;
    if (records === 0) told.push(stopped);
  }
  return told;
}

const line = (second: number, name: string): string =>
  `{"@timestamp":"2026-03-02T09:05:${10 + (second % 50)}Z","event":{"kind":"event","id":"${second}"},"process":{"name":"${name}"}}\n`;

/** In bytes, where lines are cut among others, and how long lines are. */
const lengths = [0, 1, 100, 65_000, 130_900, 131_072, 140_000, 262_000, 270_000, 400_000];

test('a piece that is read while it is looked at shows what it does when it is there as a whole', () => {
  const random = seededRandom(5);
  let records = 0;
  for (let round = 0; round < 40; round++) {
    const lines = Array.from({ length: random.between(1, 12) * (round % 2 === 0 ? 1 : 200) }, (_, second) => {
      const length =
        random.between(0, round % 2 === 0 ? 3 : 400) === 0
          ? (lengths[random.between(0, lengths.length - 1)] ?? 0)
          : 50;
      return random.between(0, 9) === 0 ? `${'x'.repeat(length)}\n` : line(second, 'a'.repeat(length));
    });
    const whole = lines.join('').repeat(random.between(1, 4));
    const cut = whole.slice(random.between(0, 1) * 20, whole.length - random.between(0, 1) * 20);
    const content = Buffer.from(cut);
    const all: GrowingPiece = { memory: content, readTo: () => content.length };
    const told = found(all, content.length);
    assert.deepEqual(found(new Read(content), content.length), told);
    records += told.filter((one) => typeof one === 'number').length;
  }
  assert.ok(records > 10_000, `${records}`);
});

test('a piece with nothing in it, or no whole line, has no records', () => {
  for (const text of ['', '\n', 'x', line(1, 'a').trimEnd(), 'x'.repeat(400_000)]) {
    const content = Buffer.from(text);
    const records = found(new Read(content), content.length).filter((one) => typeof one === 'number');
    assert.deepEqual(records, []);
  }
});
