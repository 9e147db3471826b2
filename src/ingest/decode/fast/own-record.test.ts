import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AUTO, auditEvent, eachAlone } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Arrival, EventEnvelope } from '../../../model/event.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import { Repeats } from '../../normalise/repeats.ts';
import { FileContent } from '../../read-file.ts';
import { ownCopy } from './own-record.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const HOLDS: Predicate = { kind: 'exists', field: { name: 'event.kind', path: 'event.kind' } };
const OPTIONS = { ...AUTO, interest: interestOf(new Matcher([HOLDS]), 1, ['event.kind']) };

const FILE = 'audit.log';
const open = (): FileContent<Arrival> => new FileContent(FILE, OPTIONS, new Repeats());

const record = (auditID: string): string => JSON.stringify(auditEvent({ auditID }));

function eventsOf(content: FileContent<Arrival>, records: readonly string[]): readonly EventEnvelope[] {
  content.push(Buffer.from(`${records.join('\n')}\n`));
  return eachAlone(content.collector.take(FILE, 0, 0)).events;
}

test('an event that is remembered holds the bytes of its record and not those of its neighbours', () => {
  const line = Buffer.from(record('a'));
  const own = ownCopy(line.subarray(1));
  assert.deepEqual(own, line.subarray(1));
  assert.equal(own.buffer.byteLength, line.length - 1);
});

test('an event that is remembered does not hold its document, which it makes anew', async () => {
  const event = eventsOf(open(), [record('a')])[0] as EventEnvelope;
  const copy = JSON.stringify(event.document);
  const document = new WeakRef(event.document);
  event.settle?.();
  await setImmediate();
  collect();
  assert.equal(document.deref(), undefined);
  assert.equal(JSON.stringify(event.document), copy);
});

test('an event that is remembered does not hold the reader of its file', async () => {
  const files: WeakRef<object>[] = [];
  const remembered = ['a', 'b', 'c', 'd'].map((id) => {
    const content = open();
    files.push(new WeakRef(content.collector));
    return eventsOf(content, [record(id)])[0];
  });
  await setImmediate();
  collect();
  assert.deepEqual(
    files.slice(0, 3).map((file) => file.deref()),
    [undefined, undefined, undefined],
  );
  assert.ok(remembered.every((event) => event?.judged !== undefined));
});
