/**
 * What an event that was judged from its bytes tells of its fields, without a document, is what its document has: the same
 * values of the same types in the same order.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valuesAt } from '../../src/data/document.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { Numeral } from '../../src/data/numeral.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { AUDIT_PATH } from '../../src/ingest/normalise/audit-fields.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { Random } from '../../src/sample/random.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { seed } from './law.ts';
import { kinds } from './near-lines.ts';
import { nearly, styles, written } from './odd.ts';

const rounds = process.env['WINNOW_LONG_TESTS'] === '1' ? 20_000 : 4000;

/** Fields of all kinds: copied, renamed, put together out of several places, in bodies, at places that others lead through. */
const told = [
  'event.action',
  'event.outcome',
  'event.kind',
  'event.ingested',
  'event.created',
  'user.name',
  'user.id',
  'user.effective.name',
  'user_agent.original',
  'source.ip',
  'related.user',
  'related.ip',
  'data_stream.namespace',
  'orchestrator.cluster.name',
  'orchestrator.resource.name',
  'process.args',
  'process.pid',
  'process.parent.name',
  'process.parent',
  'container.image.name',
  'group.name',
  'message',
  '@timestamp',
  `${AUDIT_PATH}.verb`,
  `${AUDIT_PATH}.user.groups`,
  `${AUDIT_PATH}.responseStatus.code`,
  `${AUDIT_PATH}.objectRef.name`,
  `${AUDIT_PATH}.annotations.a_b`,
  `${AUDIT_PATH}.requestObject.spec.containers.image`,
  `${AUDIT_PATH}.requestObject.spec.containers`,
  `${AUDIT_PATH}.requestObject.rules.verbs`,
  `${AUDIT_PATH}.requestObject.data.key`,
];

/** Two conditions that hold for every event, of which one wants nothing, and one that holds for some and wants more. */
const present = (path: string): Predicate => ({ kind: 'exists', field: { name: path, path } });
const predicates: Predicate[] = [
  present('event.kind'),
  { kind: 'not', arg: present('file.name') },
  present('user.name'),
];
const wanted = [told.slice(0, 24), [], told.slice(16)] as const;

/** Looking at bytes is given up for a while where it hardly ever pays, as with so many odd records. */
const TOGETHER = 500;

const leaf = (random: Random): JsonValue =>
  random.pick<JsonValue>([
    'x',
    'a longer text of some characters',
    'Grün und “groß”',
    'tab\tquote"',
    '',
    '192.0.2.7',
    'allow',
    7,
    -0.5,
    new Numeral('1.0'),
    new Numeral('12345678901234567890'),
    true,
    null,
  ]);

function value(random: Random): JsonValue {
  if (random.chance(0.5)) return leaf(random);
  const list = Array.from({ length: random.between(0, 3) }, () => leaf(random));
  if (random.chance(0.5)) return list;
  return random.pick<JsonValue>([
    { name: leaf(random) },
    [{ name: leaf(random) }, { name: leaf(random) }],
    [{ image: leaf(random) }, { image: list }],
    { containers: [{ image: leaf(random) }, { image: leaf(random), name: 'x' }] },
    [list, leaf(random)],
    nearly(leaf(random), random),
  ]);
}

function lineOf(number: number, random: Random): string {
  const paths = Array.from({ length: random.between(1, 3) }, () => random.pick(told));
  const fields: JsonObject = Object.fromEntries(paths.map((path) => [path, value(random)]));
  const record = random.pick(kinds).make(fields, number);
  return record === undefined ? '' : `${written(record, random.pick(styles), random)}\n`;
}

/** The events that were judged, with their lines. */
function judgedOf(lines: readonly string[]): [EventEnvelope, string][] {
  const matcher = new Matcher(predicates);
  const asked = ['event.kind', 'user.name'];
  const interest = interestOf(matcher, predicates.length, asked, undefined, undefined, told);
  const wants = wanted.map((paths) => new Set(paths.map((path) => interest.paths.indexOf(path))));
  return readBytes(lines.join(''), { interest: { ...interest, wants } })
    .events.filter(({ judged }) => judged !== undefined)
    .map((event) => [event, lines[(event.origin.line ?? 0) - 1] ?? '']);
}

test('fields that are told are those of the document', (t) => {
  const random = seededRandom(seed);
  const counts = { judged: 0, told: 0, values: 0, wholly: 0 };
  for (let first = 0; first < rounds; first += TOGETHER) {
    const lines = Array.from({ length: TOGETHER }, (_, at) => lineOf(first + at, random)).filter(Boolean);
    for (const [event, line] of judgedOf(lines)) {
      const said = told.map((path) => [path, event.told?.(path)] as const);
      counts.judged++;
      if (said.every(([, found]) => found !== undefined)) counts.wholly++;
      for (const [path, found] of said) {
        if (found === undefined) continue;
        counts.told++;
        counts.values += found.length;
        assert.deepEqual(found, valuesAt(event.document, path), `${path} of ${line}`);
      }
    }
  }
  t.diagnostic(`of ${rounds} events ${JSON.stringify(counts)}`);
  assert.ok(counts.judged > rounds / 5, 'most events were decoded');
  assert.ok(counts.told > 20 * counts.judged, 'most fields were not told');
});
