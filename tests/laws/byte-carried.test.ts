/**
 * Records that lines carry as texts come out as when they are decoded: events of Docker's lines, of CloudWatch's messages, of
 * what shippers hand on; with their places, what is told of them, and what holds for them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valuesAt } from '../../src/data/document.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { Repeats } from '../../src/ingest/normalise/repeats.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { accountOf, AUTO, plain, readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { linesThatCarry } from './carriers.ts';
import { law } from './law.ts';

const PATHS = [
  'kubernetes.audit.verb',
  'kubernetes.audit.userAgent',
  'user_agent.original',
  'orchestrator.cluster.name',
  'orchestrator.type',
  'cloud.provider',
  'cloud.account.id',
  'event.action',
  'event.outcome',
  'event.dataset',
  'source.ip',
  'source',
  'cloud',
  'kubernetes.audit',
  'kubernetes.audit.aks_metadata.category',
  'kubernetes.audit.aks_metadata.pod',
  'kubernetes.audit.aks_metadata.service_build',
  'kubernetes.audit.aks_metadata',
  'kubernetes.audit.aks_metadata.x',
  'azure',
  'azure.platformlogs.category',
  'azure.platformlogs.operation_name',
  'azure.platformlogs.properties.pod',
  'azure.platformlogs.properties.log',
  'azure.platformlogs.properties.log.verb',
  'azure.platformlogs.properties.log.annotations.a_b',
  'azure.platformlogs.properties.log.requestObject.data.key',
  'azure.platformlogs.properties.log.requestObject',
  'azure.resource',
  'azure.resource.group',
  'azure.resource.name',
  'azure.resource.provider',
  'azure.resource.id',
  'user.name',
  'process.name',
  'message',
];
/** Every record is a candidate, and all is read of it. */
const predicates = PATHS.flatMap((path): Predicate[] => [
  ...['evil', 'prod', 'aws'].map((text): Predicate => ({
    kind: 'not',
    arg: { kind: 'some', field: { name: path, path }, test: { kind: 'text', oneOf: [text], fold: 'lower' } },
  })),
  { kind: 'exists', field: { name: path, path } },
]);
const matcher = new Matcher(predicates);
const interest = interestOf(matcher, predicates.length, PATHS, undefined, undefined, PATHS);
/** With a name for the cluster and without: what is asked, and nothing, where lines go on by the block. */
const clusters = [{}, { cluster: 'given' }].map((given) => ({
  usual: { ...AUTO, ...given },
  asking: { ...AUTO, ...given, interest },
  idle: { ...AUTO, ...given, interest: interestOf(new Matcher([]), 0, []) },
}));

let [judged, told, all] = [0, 0, 0];

law('records that are carried come out as when they are decoded', [linesThatCarry], (text) => {
  for (const { usual: decoding, asking, idle } of clusters) {
    const usual = readBytes(text, { ready: decoding });
    for (const ready of [asking, idle]) {
      const scanned = readBytes(text, { ready });
      assert.deepEqual(accountOf(scanned), accountOf(usual), text);
      assert.deepEqual(scanned.events.map(plain), usual.events.map(plain), text);
      if (ready === idle) continue;
      for (const event of scanned.events) {
        all++;
        if (event.judged === undefined) continue;
        judged++;
        assert.deepEqual(event.judged.holds, matcher.match(event.document, 0).rules, text);
        for (const path of PATHS) {
          const values = event.told?.(path);
          if (values === undefined) continue;
          told++;
          assert.deepEqual(values, valuesAt(event.document, path), `${path} of ${text}`);
        }
      }
    }
  }
});

law(
  'what was carried is known again when it comes decoded, and the other way round',
  [linesThatCarry],
  (text) => {
    const [{ idle }] = clusters as [(typeof clusters)[number]];
    const [usual, scanned] = [new Repeats(), new Repeats()];
    const first = [readBytes(text, { repeats: usual }), readBytes(text, { repeats: scanned, ready: idle })];
    const again = [readBytes(text, { repeats: usual }), readBytes(text, { repeats: scanned })];
    assert.deepEqual(first.map(accountOf)[1], first.map(accountOf)[0], text);
    assert.deepEqual(again.map(accountOf)[1], again.map(accountOf)[0], text);
  },
);

test('enough records are judged from bytes, and some are not', (t) => {
  t.diagnostic(`${judged} of ${all}, ${told} told`);
  assert.ok(judged > all / 3 && judged < all && told > judged);
});
