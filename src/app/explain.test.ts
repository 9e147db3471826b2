import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file, line, ruleText } from '../../tests/support/scan-files.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { Explained, RecordChoice } from './explain.ts';
import { explainEvents } from './explain.ts';
import { rulesFor } from './rules.ts';

const rules = file(
  'explained.toml',
  ruleText(1, 'Secrets read', 'kubernetes.audit.objectRef.resource : "secrets" and user.name : "eve"'),
);
const windows = file(
  'windows.toml',
  ruleText(2, 'Windows', 'event.action : "get"').replace('logs-kubernetes.audit_logs-*', 'logs-windows.*'),
);
const several = file(
  'several.toml',
  ruleText(3, 'Several', 'sequence by user.name [any where true] [any where true]')
    .replace('type = "query"', 'type = "eql"')
    .replace(/language = .*\n/, 'language = "eql"\n'),
);
const log = file(
  'explained.log',
  [
    line({ second: 1 }),
    line({ second: 2, resource: 'secrets' }),
    'no JSON\n',
    line({ second: 4, resource: 'secrets', user: 'eve' }),
    line({ second: 5, user: 'eve' }),
  ].join(''),
);

async function ruleAt(path: string): Promise<LoadedRule> {
  const filter = { rules: [], tags: [], deprecated: false, buildingBlocks: true };
  const [rule] = (await rulesFor([path], filter)).rules;
  assert.ok(rule);
  return rule;
}

const explainIn = async (path: string, records: RecordChoice): Promise<Result<Explained>> =>
  explainEvents(await ruleAt(path), {
    inputs: [log],
    ingest: { shape: 'auto', keepRequestReceived: false },
    records,
  });

/** The lines that were explained, with the clauses that prevented a match. */
function short(result: Result<Explained>) {
  assert.ok(result.ok);
  const { events, matched, explained } = result.value;
  return {
    events,
    matched,
    explained: explained.map(({ event, routing, explanation, distance }) => [
      event.origin.line,
      explanation.verdict,
      distance,
      routing.fits,
    ]),
  };
}

const codes = (result: Result<Explained>): string[] =>
  result.diagnostics.map(({ code, message }: Diagnostic) => `${code} ${message}`);

test('a record is chosen by its place', async () => {
  assert.deepEqual(short(await explainIn(rules, { by: 'place', at: { line: 2 } })), {
    events: 4,
    matched: 0,
    explained: [[2, 'failed', 1, true]],
  });
  assert.deepEqual(short(await explainIn(rules, { by: 'place', at: { line: 4 } })), {
    events: 4,
    matched: 1,
    explained: [[4, 'held', 0, true]],
  });
});

test('a record is chosen by its key', async () => {
  const placed = await explainIn(rules, { by: 'place', at: { line: 4 } });
  assert.ok(placed.ok);
  const key = placed.value.explained[0]?.event.key.slice(0, 16) ?? '';
  assert.deepEqual(short(await explainIn(rules, { by: 'key', key })), short(placed));
});

test('the nearest events are those that the fewest clauses prevented', async () => {
  assert.deepEqual(short(await explainIn(rules, { by: 'nearest', count: 2 })), {
    events: 4,
    matched: 1,
    explained: [
      [2, 'failed', 1, true],
      [5, 'failed', 1, true],
    ],
  });
  assert.equal(short(await explainIn(rules, { by: 'nearest', count: 9 })).explained.length, 3);
  const settled = short(await explainIn(rules, { by: 'nearest', count: 1 }));
  assert.deepEqual(settled, { events: 4, matched: 1, explained: [[2, 'failed', 1, true]] });
});

test('an event of another index says so, whatever the query says', async () => {
  const result = await explainIn(windows, { by: 'place', at: { line: 1 } });
  assert.deepEqual(short(result), { events: 4, matched: 0, explained: [[1, 'held', 0, false]] });
  assert.ok(result.ok);
  assert.deepEqual(result.value.explained[0]?.routing, {
    fits: false,
    index: 'logs-kubernetes.audit_logs-default',
    patterns: ['logs-windows.*'],
  });
});

test('an event that only its index keeps away is as near as one that one clause keeps away', async () => {
  assert.deepEqual(short(await explainIn(windows, { by: 'nearest', count: 1 })), {
    events: 4,
    matched: 0,
    explained: [[1, 'held', 0, false]],
  });
});

test('what cannot be explained says why', async () => {
  assert.deepEqual(codes(await explainIn(rules, { by: 'place', at: { line: 99 } })), [
    'RUN003 none of the 4 events that were read stands at line 99',
  ]);
  const [refused] = codes(await explainIn(rules, { by: 'place', at: { line: 3 } }));
  assert.match(refused ?? '', /^RUN003 the record at .*explained\.log:3 was refused: INP\d{3} /);
  const [why] = codes(await explainIn(several, { by: 'nearest', count: 1 }));
  assert.match(why ?? '', /^RUN002 "Several" has no condition on single events: it asks for several/);
  const [{ hint = '' } = {}] = (await explainIn(several, { by: 'place', at: { line: 1 } })).diagnostics;
  assert.match(hint, /winnow explain --key VALUE FILES/);
});

test('of two events of one record the one that the rule reads is explained', async () => {
  const entry = {
    category: 'kube-audit',
    resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/C',
    time: '2026-03-02T10:00:00Z',
    properties: { log: line({ second: 1, resource: 'secrets', user: 'eve' }) },
  };
  const azure = file('azure.log', `${JSON.stringify(entry)}\n`);
  const result = await explainEvents(await ruleAt(rules), {
    inputs: [azure],
    ingest: { shape: 'auto', keepRequestReceived: false },
    records: { by: 'place', at: { line: 1 } },
  });
  assert.deepEqual(short(result), { events: 2, matched: 1, explained: [[1, 'held', 0, true]] });
});

test('what excepts an event is named', async () => {
  const exceptions = file(
    'explained.yaml',
    'rules: all\nexceptions:\n  - { name: Eve, owner: me, reason: because, when: { user.name: eve } }\n  - { name: Bob, owner: me, reason: because, when: { user.name: bob } }\n',
  );
  const filter = { rules: [], tags: [], deprecated: false, buildingBlocks: true };
  const [rule] = (await rulesFor([rules], filter, { exceptions: [exceptions] })).rules;
  assert.ok(rule);
  const result = await explainEvents(rule, {
    inputs: [log],
    ingest: { shape: 'auto', keepRequestReceived: false },
    records: { by: 'place', at: {} },
  });
  assert.ok(result.ok);
  assert.deepEqual(
    result.value.explained.map(({ event, exceptedBy }) => [
      event.origin.line,
      exceptedBy.map(({ name }) => name),
    ]),
    [
      [1, []],
      [2, []],
      [4, ['Eve']],
      [5, ['Eve']],
    ],
  );
});

const overAlerts = file(
  'over-alerts.toml',
  ruleText(4, 'Eve alerted', 'kibana.alert.rule.name : "Secrets read" and event.action : "list"').replace(
    'logs-kubernetes.audit_logs-*',
    '.alerts-security.*',
  ),
);

async function explainOver(records: RecordChoice, others: readonly string[]): Promise<Result<Explained>> {
  const filter = { rules: [], tags: [], deprecated: false, buildingBlocks: false };
  return explainEvents(await ruleAt(overAlerts), {
    inputs: [log],
    ingest: { shape: 'auto', keepRequestReceived: false },
    records,
    others: () => rulesFor(others, filter),
  });
}

test('a rule over alerts is explained for those that the other rules make', async () => {
  const all = [rules, overAlerts];
  const near = await explainOver({ by: 'nearest', count: 3 }, all);
  assert.deepEqual(short(near), { events: 5, matched: 0, explained: [[4, 'failed', 1, true]] });
  assert.ok(near.ok);
  assert.deepEqual(near.value.alerts, { count: 1, rules: 1 });
  assert.deepEqual(short(await explainOver({ by: 'place', at: { line: 4 } }, all)), short(near));
  // No rule made an alert of this one.
  assert.deepEqual(short(await explainOver({ by: 'place', at: { line: 5 } }, all)).explained, [
    [5, 'failed', 2, false],
  ]);
  const alone = await explainOver({ by: 'nearest', count: 3 }, [overAlerts]);
  assert.deepEqual(short(alone), { events: 4, matched: 0, explained: [] });
  assert.deepEqual(alone.ok && alone.value.alerts, { count: 0, rules: 0 });
});
