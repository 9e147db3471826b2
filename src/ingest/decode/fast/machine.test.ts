/** What the scanner writes to is guarded: whatever wrote beyond it is noticed before anything that was found is used. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { AUTO } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import { Findings } from './findings.ts';
import { LineScanner } from './line-scanner.ts';
import type { Address } from './machine.ts';
import { Machine } from './machine.ts';
import { INPUT_MARGIN, LONGEST_LINE, MOST_RECORDS, MOST_TAPED, RECORD_SIZE, TAPE_SIZE } from './offsets.ts';

const MARK = 0xa5;
const MARKS = Buffer.alloc(64, MARK);

/** Where there are marks. */
function guardsOf({ bytes }: Machine): Address[] {
  const found: Address[] = [];
  for (let at = bytes.indexOf(MARKS); at !== -1; at = bytes.indexOf(MARKS, at + MARKS.length)) found.push(at);
  return found;
}

/** Changes each byte of the marks, one after the other. */
function assertGuarded({ bytes, functions }: Machine, guards: readonly Address[]): void {
  assert.equal(functions.isSound(), 1);
  for (const guard of guards)
    for (let at = guard; at < guard + MARKS.length; at++) {
      bytes.writeUInt8(MARK ^ 1, at);
      assert.equal(functions.isSound(), 0, `${at - guard} behind ${guard}`);
      bytes.writeUInt8(MARK, at);
    }
  assert.equal(functions.isSound(), 1);
}

test('each byte of the marks behind what the scanner writes to is looked at', () => {
  const machine = new Machine({ build: () => undefined, lookUp: () => undefined });
  const { functions, addresses } = machine;
  // Frames, sightings, input, records, carried records, a table of them, facts of what carries them, tape, facts, scratch,
  // two lists of postings, places of lists, a key, shapes.
  const fixed = guardsOf(machine);
  assert.equal(fixed.length, 15);
  for (const end of [
    addresses.input + LONGEST_LINE + INPUT_MARGIN,
    addresses.records + MOST_RECORDS * RECORD_SIZE,
    functions.tape.value + MOST_TAPED * TAPE_SIZE,
  ])
    assert.ok(fixed.includes(end), `${end}`);
  // What is met, what usually is, and candidates.
  functions.setUpNeeds(3, 32);
  assert.equal(guardsOf(machine).length, 18);
  assert.ok(guardsOf(machine).includes(functions.needs() + 3 * 32));
  // Lists of candidates, and what is kept of them.
  functions.addList(0, 0, 0);
  const all = guardsOf(machine);
  assert.equal(all.length, 20);
  assertGuarded(machine, all);
});

test('a scanner that wrote where it must not ends the scan', () => {
  const place = mock.method(Machine.prototype, 'placeBytes');
  const scanner = new LineScanner(interestOf(new Matcher([]), 0, ['process.name']), AUTO);
  const machine = place.mock.calls[0]?.this as Machine;
  place.mock.restore();
  const line = Buffer.from('{"@timestamp":"2026-03-02T09:05:43Z","event":{"kind":"event","id":"1"}}\n');
  const look = (): number =>
    scanner.look(line, 0, line.length, (text) => JSON.parse(text), new Findings()).records;
  assert.equal(look(), 1);
  const [first] = guardsOf(machine);
  machine.bytes.writeUInt8(0, first);
  assert.throws(look, { message: /^The scanner wrote where it must not, .*--engine compiled/ });
});
