import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, request, rule } from '../../../tests/support/engine.ts';
import { assertGolden } from '../../../tests/support/golden.ts';
import type { JsonObject } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { AlertBuilder } from './build.ts';

const builder = new AlertBuilder(ports);
const build = (of: LoadedRule, ...events: [EventEnvelope, ...EventEnvelope[]]): Alert =>
  builder.build({ rule: of, events });

/** The whole alert, as it leaves for a report. */
const golden = (name: string, alert: Alert): void =>
  assertGolden(`alert/${name}.json`, `${JSON.stringify(alert, undefined, 2)}\n`);

const full = rule(isText('event.action', 'get'), {
  name: 'Shell in a pod',
  severity: 'high',
  risk_score: 73,
  index: ['logs-kubernetes.audit_logs-*'],
  tags: ['Domain: Kubernetes'],
  references: ['https://example.org/shell'],
  false_positives: ['Administrators debug pods: ask the one who did.'],
  note: '## Triage\n\nLook at the command.',
  license: 'Apache-2.0',
  version: 3,
  from: 'now-9m',
  timestamp_override: 'event.ingested',
  threat: [
    {
      framework: 'MITRE ATT&CK',
      tactic: { id: 'TA0002', name: 'Execution', reference: 'https://attack.mitre.org/tactics/TA0002/' },
      technique: [
        {
          id: 'T1609',
          name: 'Container Administration Command',
          reference: 'https://attack.mitre.org/techniques/T1609/',
          subtechnique: [],
        },
      ],
    },
  ],
});

test('a request at two stages', () => {
  const at = (stage: string, time: string, line: number): EventEnvelope =>
    event(
      { ...request({ subresource: 'exec', stage }), '@timestamp': time },
      { key: `key of ${stage}`, origin: { file: 'audit.log', line } },
    );
  const started = at('ResponseStarted', '2026-03-02T09:05:43.012Z', 7);
  const complete = at('ResponseComplete', '2026-03-02T10:11:12.345Z', 9000);
  golden('request-stages', build(full, started, complete));
});

test('a process, with everything that a rule can take from the event', () => {
  const mapped = rule(isText('process.name', 'curl'), {
    rule_name_override: 'message',
    severity_mapping: [{ field: 'event.severity', operator: 'equals', value: '99', severity: 'critical' }],
    risk_score_mapping: [{ field: 'event.risk_score', operator: 'equals', value: '' }],
    building_block_type: 'default',
  });
  const document: JsonObject = {
    '@timestamp': '2026-03-02T10:11:12.131Z',
    message: 'Fetched from the API',
    event: { kind: 'alert', category: ['process'], type: ['start'], severity: 99, risk_score: 88.5 },
    data_stream: { type: 'logs', dataset: 'cloud_defend.process', namespace: 'default' },
    process: { name: 'curl', args: ['curl', 'https://kubernetes.default'] },
    container: { name: 'cart' },
  };
  golden(
    'process',
    build(
      mapped,
      event(document, { key: 'key', origin: { file: 'runtime.ndjson.gz', offset: 41, item: 2 } }),
    ),
  );
});

test('an event that tells next to nothing', () => {
  golden(
    'bare',
    build(rule(isText('a', 'b')), event({ a: 'b' }, { key: 'key', origin: { file: '<stdin>', line: 1 } })),
  );
});

test('an event cannot bring fields of an alert, or of the record it was stored in', () => {
  const { document } = build(
    rule(isText('a', 'b')),
    event({
      _id: 'stored',
      _index: 'logs-x-y',
      kibana: { alert: { uuid: 'forged', depth: 2 }, version: '9' },
      'kibana.alert.rule.name': 'forged',
      winnow: { schema: 99 },
      'event.kind': 'event',
      'event.action': 'login',
    }),
  );
  assert.deepEqual(
    Object.entries(document)
      .filter(([key]) => /^(_|kibana$|winnow|event)/.test(key))
      .map(([key]) => key),
    ['event.action', 'kibana', 'event.kind', 'winnow'],
  );
  assert.deepEqual(document['kibana'], { version: '9' });
  assert.equal(document['event.kind'], 'signal');
  assert.equal(document['kibana.alert.rule.name'], 'A rule');
  assert.equal(document['kibana.alert.original_event.action'], 'login');
  assert.equal(document['kibana.alert.depth'], 3);
  assert.deepEqual(document['kibana.alert.ancestors'], [
    { id: 'stored', type: 'signal', index: 'logs-x-y', depth: 2 },
  ]);
});

test('the id hangs on rule and event only', () => {
  const [one, two] = [rule(isText('a', 'b')), rule(isText('c', 'd'), { rule_id: 'other' })];
  const first = build(one, event({ a: 'b' }, { key: 'k', origin: { file: 'x', line: 1 } }));
  const again = build(one, event({ a: 'b', more: 1 }, { key: 'k', origin: { file: 'y', line: 9 } }));
  assert.equal(again.id, first.id);
  assert.notEqual(build(two, event({}, { key: 'k' })).id, first.id);
  assert.notEqual(build(one, event({}, { key: 'l' })).id, first.id);
});

test('a time that no date can hold is left out', () => {
  const alert = build(rule(isText('a', 'b')), event({ a: 'b' }, { time: 1e20 }));
  assert.equal('@timestamp' in alert.document, false);
});

test('fields of an event that bear names of the runtime are fields like others', () => {
  const fields = '"__proto__": { "a": 1 }, "constructor": "b", "1": "c"';
  const copied = (more: string) => {
    const { document } = build(full, event(JSON.parse(`{ ${fields}${more} }`) as JsonObject, { key: 'key' }));
    return JSON.stringify(
      ['__proto__', 'constructor', '1', 'winnow.x'].map((key) => Object.hasOwn(document, key)),
    );
  };
  assert.equal(copied(''), '[true,true,true,false]');
  // So they are beside fields that an event may not bring.
  assert.equal(copied(', "winnow.x": 1'), '[true,true,true,false]');
});
