/** What a file says does not depend on which of its pieces another thread looked at, or did not, or could not read. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { auditEvent, AUTO, eachAlone, plain } from '../../../tests/support/ingest.ts';
import { interestOf } from '../../../tests/support/interest.ts';
import { file } from '../../../tests/support/scan-files.ts';
import type { JsonObject } from '../../data/document.ts';
import type { Asked } from '../../engine/interest.ts';
import { Matcher } from '../../exec/index/matcher.ts';
import { scannerFor } from '../../ingest/decode/fast/line-scanner.ts';
import { Repeats } from '../../ingest/normalise/repeats.ts';
import { readFile } from '../../ingest/read-file.ts';
import type { Batch, ReadingOptions } from '../../ingest/types.ts';
import type { Arrival } from '../../model/event.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { seededRandom } from '../../sample/random.ts';
import { lookAt } from './look.ts';
import { readingFor } from './pool.ts';
import type { SharedMemory } from './shared-pieces.ts';
import { SharedPieces } from './shared-pieces.ts';
import type { Thread } from './thread.ts';

const verb: Predicate = {
  kind: 'some',
  field: { name: 'verb', path: 'kubernetes.audit.verb' },
  test: { kind: 'text', oneOf: ['delete'], fold: 'exact' },
};
const interest = () => interestOf(new Matcher([verb]), 1, ['kubernetes.audit.verb', 'user.name']);

/** A thread that does what the test says, when it says so. */
class Puppet {
  readonly begun = Promise.resolve(undefined);
  failure: Error | undefined;
  hasEnded = false;
  pieces = new SharedPieces({ memory: new SharedArrayBuffer(64), slots: 0, fields: 0 });
  readonly #interest = interest();

  /** How many events rules had been shown when it was told what they ask; NaN for none. */
  shown: number | undefined;

  brief({
    shared,
    shown,
  }: {
    readonly shared: SharedMemory;
    readonly shown?: { readonly events: number };
  }): void {
    this.pieces = new SharedPieces(shared);
    this.shown = shown?.events ?? NaN;
  }

  show(): void {
    // It has nothing to choose.
  }

  /** Slots of the pieces that it claims, of those that nobody has. */
  claim(wants: () => boolean): number[] {
    return [...this.pieces.slots.keys()].filter((slot) => wants() && this.pieces.claim(slot, 1));
  }

  look(slot: number): void {
    lookAt(this.pieces, slot, scannerFor(this.#interest, AUTO), (text) => JSON.parse(text) as JsonObject);
  }
}

const together = (puppet: Puppet, bytes?: number): ReadingOptions =>
  readingFor(
    { interest: interest(), asked: {} as Asked },
    { ingest: AUTO },
    [puppet as unknown as Thread],
    bytes,
  );

const CHUNK = 4096;
const batchesOf = (
  path: string,
  options: ReadingOptions,
  size = statSync(path).size,
  chunk = CHUNK,
): AsyncGenerator<Batch<Arrival>> =>
  readFile({ name: path, stdin: false, size }, options, new Repeats(), chunk);

/** Everything that comes, and whether it was judged, after each batch of which the test is told. */
async function said(
  batches: AsyncGenerator<Batch<Arrival>>,
  after: () => void = () => undefined,
): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const batch of batches) {
    const { events, refusals, records } = eachAlone(batch);
    all.push(...events.map((event) => [plain(event), event.judged?.holds]), refusals, records);
    after();
  }
  return all.flat();
}

let id = 0;
const records = (count: number): string =>
  Array.from({ length: count }, () => {
    const [auditID, odd] = [`id-${++id}`, id % 7 === 0];
    const record = auditEvent({ auditID, verb: odd ? 'delete' : 'get', userAgent: 'a'.repeat(id % 300) });
    return `${JSON.stringify(record)}${id % 31 === 0 ? '\nno JSON' : ''}\n`;
  }).join('');

const events = (one: readonly unknown[]): string =>
  JSON.stringify(one.filter((part) => typeof part !== 'number'));

test('a file says the same whichever of its pieces another thread looked at', async () => {
  const random = seededRandom(3);
  const puppet = new Puppet();
  const options = together(puppet);
  for (let round = 0; round < 40; round++) {
    const content = records(random.between(1, 120));
    // Also one that ends with a piece, and one that grows or is cut after it was found.
    const exact = content.slice(0, content.length - (content.length % CHUNK));
    const path = file('one.log', random.chance(0.3) && exact !== '' ? exact : content);
    const { size } = statSync(path);
    const found = random.pick([size, size, size >> 1, size - (size % CHUNK), size + 3 * CHUNK]);
    const share = random.pick([0, 0.5, 0.5, 1]);
    const expected = await said(batchesOf(path, { ...AUTO, interest: interest() }, found));
    const looked = await said(batchesOf(path, options, found), () =>
      puppet.claim(() => random.chance(share)).forEach((slot) => puppet.look(slot)),
    );
    assert.ok(events(looked) === events(expected), `round ${round}: ${share} of ${found} of ${size}`);
    assert.ok(events(expected).length > 300);
  }
});

test('what a thread could not read is read again', async () => {
  const puppet = new Puppet();
  const path = file('unreadable.log', records(200));
  const expected = await said(batchesOf(path, { ...AUTO, interest: interest() }));
  const read = await said(batchesOf(path, together(puppet)), () => {
    for (const slot of puppet.claim(() => true)) {
      puppet.look(slot);
      puppet.pieces.finish(slot, undefined);
    }
  });
  assert.deepEqual(read, expected);
});

test('a mistake of a thread in the middle of a file ends the reading, and its end does not', async () => {
  const path = file('mistake.log', records(200));
  const puppet = new Puppet();
  const failing = said(batchesOf(path, together(puppet)), () => {
    if (puppet.claim(() => true).length > 0) puppet.failure = new Error('a mistake');
  });
  await assert.rejects(failing, { message: 'a mistake' });
  const ended = new Puppet();
  const read = await said(batchesOf(path, together(ended)), () => {
    ended.hasEnded = ended.claim(() => true).length > 0 || ended.hasEnded;
  });
  assert.deepEqual(read, await said(batchesOf(path, { ...AUTO, interest: interest() })));
});

test('reading that is ended early waits for who looks at what comes next', async () => {
  const puppet = new Puppet();
  const path = file('early.log', records(300));
  const batches = batchesOf(path, together(puppet));
  await batches.next();
  await batches.next();
  const claimed = puppet.claim(() => true);
  assert.ok(claimed.length > 0);
  let isOver = false;
  const ending = batches.return(undefined).then(() => (isOver = true));
  for (let turn = 0; turn < 5; turn++) await setImmediate();
  assert.equal(isOver, false);
  for (const slot of claimed) puppet.look(slot);
  await ending;
});

test('where there is much to read, threads file rules once, when the sample is complete', async () => {
  const puppet = new Puppet();
  const path = file('much.log', records(600).repeat(40));
  const expected = await said(batchesOf(path, { ...AUTO, interest: interest() }, undefined, 1 << 20));
  const shown: (number | undefined)[] = [];
  const looked = await said(batchesOf(path, together(puppet, 1e9), undefined, 1 << 20), () => {
    shown.push(puppet.shown);
    for (const slot of puppet.claim(() => true)) puppet.look(slot);
  });
  assert.ok(events(looked) === events(expected));
  assert.equal(shown[1], undefined);
  assert.equal(shown.at(-1), 512);
});

test('threads begin without a sample when none comes', async () => {
  const puppet = new Puppet();
  const path = file('none.log', records(600));
  let pieces = 0;
  await said(batchesOf(path, together(puppet, 1e9)), () => (pieces += puppet.shown === undefined ? 1 : 0));
  assert.ok(pieces >= 64 && pieces < 80, `${pieces} batches before`);
  assert.deepEqual(puppet.shown, NaN);
});
