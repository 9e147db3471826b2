/** Deliveries of records that share a key: which are dropped, and what sets those apart that are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interestOf } from '../../tests/support/interest.ts';
import { AUTO, auditEvent, readBytes } from '../../tests/support/ingest.ts';
import { Matcher } from '../exec/index/matcher.ts';
import { WITH_CONTENT, WITH_PLACE } from './normalise/key.ts';
import { Repeats } from './normalise/repeats.ts';
import { REPEATED, sameKeysOf } from './same-keys.ts';

/** Records with one key, by their contents, as they come. */
function delivered(contents: readonly number[], hasIdentity: boolean): number[] {
  const repeats = new Repeats();
  const key = { high: 1, low: 7 };
  return contents.map((low) => {
    const content = { high: 2, low };
    const sighting = repeats.see(key.high, key.low, content.high, content.low);
    return sameKeysOf(repeats, sighting, { key, content, hasIdentity });
  });
}

test('the same bytes count once, other ones with the same key get a key with their content', () => {
  assert.deepEqual(delivered([1, 1, 2, 2, 3, 1, 2, 3], true), [
    0,
    REPEATED,
    WITH_CONTENT,
    REPEATED,
    WITH_CONTENT,
    REPEATED,
    REPEATED,
    REPEATED,
  ]);
});

test('records that nothing identifies all count, and repeats get a key with their place', () => {
  assert.deepEqual(delivered([1, 1, 2, 2, 1], false), [
    0,
    WITH_PLACE,
    WITH_CONTENT,
    WITH_CONTENT | WITH_PLACE,
    WITH_PLACE,
  ]);
});

test('a record is the same whether it was scanned or decoded', () => {
  const interest = interestOf(new Matcher([]), 0, ['kubernetes.audit.verb']);
  const [one, other] = ['get', 'list'].map((verb) => JSON.stringify(auditEvent({ verb })));
  const text = `${one}\n${other}\n[${one},\n${other}]\n${one}\n${other}\n`;
  for (const options of [AUTO, { ...AUTO, interest }]) {
    const { events, skipped } = readBytes(text, options);
    assert.deepEqual([events.length, [...skipped]], [2, [['repeated record', 4]]]);
    assert.equal(events[0]?.judged !== undefined, 'interest' in options);
  }
});
