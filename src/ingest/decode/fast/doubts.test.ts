/** What stands in the bytes is not always what the document has: then the document tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvent, AUTO, eachAlone, lines, readBytes } from '../../../../tests/support/ingest.ts';
import { interestOf } from '../../../../tests/support/interest.ts';
import { judged, leaf, processLine as line } from '../../../../tests/support/judged.ts';
import { Matcher } from '../../../exec/index/matcher.ts';
import type { Arrival } from '../../../model/event.ts';
import type { Interest } from '../../../model/interest.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import { Repeats } from '../../normalise/repeats.ts';
import { FileContent } from '../../read-file.ts';

const text = (path: string, one: string): Predicate =>
  leaf(path, { kind: 'text', oneOf: [one], fold: 'exact' });
const exists = (path: string): Predicate => ({ kind: 'exists', field: { name: path, path } });

/** Of each event what holds, by its document and, where it was judged, by its bytes. */
function assertAgree(predicates: readonly Predicate[], paths: readonly string[], log: string): number {
  const matcher = new Matcher(predicates);
  const interest = interestOf(new Matcher(predicates), predicates.length, paths);
  const [usual, scanned] = [readBytes(log), readBytes(log, { interest })];
  const expected = usual.events.map(({ document }) => matcher.match(document, 0).rules);
  assert.deepEqual(
    scanned.events.map(({ judged: found, document }) => found?.holds ?? matcher.match(document, 0).rules),
    expected,
  );
  assert.deepEqual(
    scanned.events.map(({ document }) => document),
    usual.events.map(({ document }) => document),
  );
  return expected.flat().length;
}

test('a segment of digits is a key, or a place in a list', () => {
  const args = ['["x"]', '["y","x"]', '{"0":"x"}', '[{"0":"x"}]', '{"1":"x"}', '[["y","x"]]', '"x"'];
  const log = args.map((value, i) => line(`"args":${value}`).replace('"7"', `"${i}"`)).join('');
  const predicates = ['process.args.0', 'process.args.1'].flatMap((path) => [text(path, 'x'), exists(path)]);
  assert.equal(assertAgree(predicates, ['process.args.0', 'process.args.1'], log), 15);
});

test('an event in the message of a document is that event', () => {
  const document = { '@timestamp': '2026-03-02T09:05:43Z', event: { kind: 'event', id: '1' } };
  const data = Buffer.from(JSON.stringify(auditEvent())).toString('base64');
  const messages = [auditEvent(), 'get', { verb: 'get' }, { data, messageId: '1' }];
  const log = lines(...messages.map((message) => ({ ...document, message })));
  const paths = ['kubernetes.audit.verb', 'message', 'message.verb'];
  const conditions = paths.map((path) => text(path, 'get'));
  assert.equal(assertAgree(conditions, paths, log), 4);
  assert.equal(assertAgree(conditions.slice(0, 1), paths.slice(0, 1), log), 1);
});

test('a number and a text of the same characters are asked for apart', () => {
  const number = leaf('process.pid', { kind: 'number', oneOf: ['1000'], strings: 'skip' });
  const known = interestOf(new Matcher([number]), 1, ['process.pid']);
  const asked: unknown[] = [];
  const interest: Interest = {
    ...known,
    value: (path, value) => {
      asked.push(typeof value);
      return typeof value === 'string' ? undefined : known.value(path, value);
    },
  };
  const log = ['"1e3"', '1e3', '"1e3"']
    .map((pid, i) => line(`"pid":${pid}`).replace('"7"', `"${i}"`))
    .join('');
  const { events } = readBytes(log, { interest });
  assert.deepEqual(
    events.map((event) => event.judged?.holds),
    [[], [0], []],
  );
  assert.deepEqual(asked, ['string', 'object']);
});

test('a value that two fields get is decoded until both had one', () => {
  const paths = ['source.ip', 'kubernetes.audit.sourceIPs'];
  const known = new Set<number>();
  const all = interestOf(new Matcher(paths.map((path) => text(path, 'x'))), 2, paths);
  const interest = { ...all, isKnown: (path: number): boolean => known.has(path) };
  const content = new FileContent<Arrival>('log', { ...AUTO, interest }, new Repeats());
  let id = 0;
  const wasJudged = (...sourceIPs: readonly string[]): boolean[] => {
    const records = [0, 1].map(() => auditEvent({ auditID: `${++id}`, sourceIPs }));
    content.push(Buffer.from(lines(...records)));
    const { events } = eachAlone(content.collector.take('log', 0, 0));
    return events.map((event) => event.judged !== undefined);
  };
  const everyOther = [...all.paths.keys()].filter((path) => all.paths[path] !== 'source.ip');
  assert.deepEqual(wasJudged('no address'), [false, false]);
  for (const path of everyOther) known.add(path);
  assert.deepEqual(wasJudged('no address'), [false, false]);
  assert.deepEqual(wasJudged('192.0.2.1'), [false, false]);
  known.add(all.paths.indexOf('source.ip'));
  assert.deepEqual(wasJudged('192.0.2.1'), [true, true]);
});

test('what a value meets is met for each condition, however they lie among others', () => {
  const size = 520;
  for (const gap of [128, 256, 384]) {
    // Every other block of conditions asks for another value.
    const wanted = (i: number): string =>
      i >= 128 && i < gap + 128 && Math.floor(i / 128) % 2 === 1 ? 'w' : 'v';
    for (const [first, second] of [
      ['process.name', 'process.title'],
      ['process.title', 'process.name'],
    ] as const) {
      const predicates = Array.from({ length: size }, (_, i): Predicate => ({
        kind: 'and',
        args: [text(first, `n${i}`), text(second, wanted(i))],
      }));
      const log = Array.from({ length: size }, (_, i) =>
        ['v', 'w'].map((value) => {
          const members = { [first.slice(8)]: `n${i}`, [second.slice(8)]: value };
          return line(JSON.stringify(members).slice(1, -1)).replace('"7"', `"${i}${value}"`);
        }),
      ).flat();
      const expected = Array.from({ length: size }, (_, i) =>
        ['v', 'w'].map((value) => (value === wanted(i) ? [i] : [])),
      );
      assert.deepEqual(judged(predicates, log.join('')), expected.flat());
    }
  }
});

test('a line of a container runtime without a time is none', () => {
  const record = JSON.stringify(auditEvent());
  for (const time of ['2026-03-02T', '2026-03-02TZ', '2026-03-02T09:05:43Z']) {
    const log = `${time} stdout F ${record}\n`;
    const interest = interestOf(new Matcher([]), 0, ['kubernetes.audit.verb']);
    const [usual, scanned] = [readBytes(log), readBytes(log, { interest })];
    assert.deepEqual([scanned.events.length, scanned.refusals], [usual.events.length, usual.refusals]);
    assert.equal(scanned.events.length, time === '2026-03-02T' ? 0 : 1);
    if (time !== '2026-03-02T') assert.notEqual(scanned.events[0]?.judged, undefined);
  }
});
