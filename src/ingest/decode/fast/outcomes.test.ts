import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, AUTO, eachAlone } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import type { JsonObject } from '../../../data/document.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Arrival } from '../../../model/event.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { Test } from '../../../plan/test.ts';
import { Repeats } from '../../normalise/repeats.ts';
import { FileContent } from '../../read-file.ts';
import { Outcomes } from './outcomes.ts';
import type { Tape } from './tape.ts';

const reads = Array.from({ length: 40 }, () => ({ values: [0], presences: [], clock: false }));

/** Outcomes for records that have nothing but this text. */
function outcomesOf() {
  let text = '';
  const tape = {
    placesOf: () => ({ values: [], presences: [] }),
    write: (_: object, into: Uint8Array) => {
      if (text.length > into.length) return Infinity;
      for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
      return text.length;
    },
  } as unknown as Tape;
  const outcomes = new Outcomes(tape, reads);
  /** What is known for the record, for which this is kept if nothing is. */
  return (conditions: readonly number[], record: string, outcome: readonly number[]) => {
    text = record;
    const remembered = outcomes.of(conditions);
    const known = remembered?.find();
    if (known === undefined) remembered?.keep(outcome);
    return known;
  };
}

test('an outcome is known for the same conditions and the same bytes only', () => {
  const ask = outcomesOf();
  ask([1, 0], 'x', []);
  for (let record = 0; record < 3000; record++) {
    const name = `r${record % 60}`;
    const known = ask([1, 0], name, [record % 60]);
    if (known !== undefined) assert.deepEqual(known, [record % 60]);
  }
  assert.equal(ask([1, 0], 'r', [7]), undefined);
  assert.deepEqual(ask([1, 0], 'r', [8]), [7]);
  // These conditions have the same hash.
  assert.equal(ask([0, 31], 'r', [9]), undefined);
  assert.equal(ask([0, 31], 'r', [9]), undefined);
  assert.deepEqual(ask([0, 31], 'r', []), [9]);
});

test('what is too long is not kept, and what never comes again not looked for', () => {
  const ask = outcomesOf();
  for (let times = 0; times < 3; times++) assert.equal(ask([1], 'x'.repeat(129), [1]), undefined);
  ask([2], 'y', [2]);
  assert.deepEqual([ask([2], 'y', [2]), ask([2], 'y', [])], [undefined, [2]]);
  for (let record = 0; record < 300; record++) ask([2], `z${record}`, []);
  assert.equal(ask([2], 'y', [3]), undefined);
});

const is = (path: string, test: Test): Predicate => ({ kind: 'some', field: { name: path, path }, test });
const texts: Test = { kind: 'text', oneOf: ['a', '5', 'true', ''], fold: 'exact' };
const number: Test = { kind: 'number', oneOf: ['5'], strings: 'skip' };
const exists = (path: string): Predicate => ({ kind: 'exists', field: { name: path, path } });
const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });

/** Every record is a candidate for all of them, so that nothing but values tells outcomes apart. */
function assertSame(
  conditions: readonly Predicate[],
  paths: readonly string[],
  records: readonly JsonObject[],
) {
  const matcher = new Matcher(conditions);
  const interest = interestOf(matcher, conditions.length, paths);
  const content = new FileContent<Arrival>('log', { ...AUTO, interest }, new Repeats());
  let asked = 0;
  const { decide } = interest;
  interest.decide = (...question) => {
    asked++;
    return decide(...question);
  };
  let id = 0;
  let judged = 0;
  for (let times = 0; times < 6; times++)
    for (const record of records) {
      const text = JSON.stringify(record)
        .replace('NUMBER', `${id++}`)
        .replaceAll('~', String.raw`\u0061`);
      content.push(Buffer.from(`${text}\n`));
      const [event] = eachAlone(content.collector.take('log', 0, 0)).events;
      if (event?.judged === undefined) continue;
      judged++;
      assert.deepEqual(event.judged.holds, matcher.match(event.document, 0).rules, text);
    }
  assert.ok(judged > 2 * records.length && asked < judged / 2, `${asked} of ${judged}`);
}

test('values in other places, forms and numbers are other values', () => {
  const conditions = ['process.args', 'process.name'].flatMap((path) => [
    not(is(path, texts)),
    not(is(path, number)),
    not(is(path, { kind: 'pattern', oneOf: [['b']], fold: 'exact' })),
  ]);
  const presences = [not(exists('process.parent')), not(exists('process.name'))];
  const processes: readonly JsonObject[] = [
    { args: ['a'] },
    { name: 'a' },
    { args: ['a', 'b'] },
    { args: ['b'] },
    { args: ['x'], name: 'b' },
    { args: ['x', 'b'] },
    { name: '5' },
    { name: 5 },
    { name: true },
    { name: 'true' },
    { name: '' },
    { name: null },
    { name: '~' },
    { name: 'A' },
    { name: ['a'] },
    { name: [] },
    { parent: {} },
    { parent: { pid: 1 } },
    { parent: [{ pid: null }] },
    {},
  ];
  const records = processes.map((process) => ({
    '@timestamp': '2026-03-02T09:05:43Z',
    event: { kind: 'event', id: 'NUMBER' },
    process,
  }));
  for (const some of [conditions, presences, [...conditions, ...presences]])
    assertSame(some, ['process.args', 'process.name', 'process.parent'], records);
});

test('whether a copy is there depends on its value', () => {
  const records = [['10.0.0.1'], ['nonsense'], ['10.0.0.1', 'nonsense'], [], ['10.0.0.2']].map((sourceIPs) =>
    auditEvent({ auditID: 'NUMBER', sourceIPs }),
  );
  const ip: Test = { kind: 'ip', blocks: ['10.0.0.1'] };
  const read = ['source.ip', 'kubernetes.audit.verb'];
  assertSame([not(exists('source.ip'))], read, records);
  assertSame([not(exists('source.ip')), not(is('source.ip', ip))], read, records);
});
