/** A rule in ES|QL over `.alerts-security.*` reads the alerts of the other rules of the run, and those among the input. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Alert } from '../model/alert.ts';
import { scan } from './scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-alerts-'));
after(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const head = (id: string, type: string): string => `[rule]
rule_id = "${id}"
name = "${id}"
description = "d"
author = ["a"]
risk_score = 47
severity = "medium"
type = "${type}"
`;
const rules = [
  write(
    'a.toml',
    `${head('one', 'query')}index = ["logs-*"]\nlanguage = "kuery"\nquery = "event.action: exec"\n`,
  ),
  write(
    'b.toml',
    `${head('two', 'query')}index = ["logs-*"]\nlanguage = "kuery"\nquery = "process.name: sh"\n`,
  ),
  write(
    'c.toml',
    `${head('over', 'esql')}language = "esql"
from = "now-60m"
query = '''FROM .alerts-security.* METADATA _index
| WHERE kibana.alert.rule.name IS NOT NULL AND event.kind == "signal" AND _index LIKE ".internal.alerts-security*"
| STATS names = COUNT_DISTINCT(kibana.alert.rule.name), rules = VALUES(kibana.alert.rule.name), worst = MAX(kibana.alert.risk_score) BY user.name
| WHERE names >= 2'''
`,
  ),
];
const event = (user: string, name: string) => ({
  '@timestamp': '2026-01-01T00:01:00Z',
  data_stream: { dataset: 'd' },
  event: { action: 'exec', kind: 'event' },
  user: { name: user },
  process: { name },
});

async function alertsOf(documents: readonly object[], mode: 'stream' | 'compat'): Promise<readonly Alert[]> {
  const log = write('log.ndjson', documents.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const alerts: Alert[] = [];
  await scan(
    {
      inputs: [log],
      ingest: { shape: 'ecs', keepRequestReceived: false },
      rules,
      filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
      ignoreIndex: false,
      engine: { mode },
    },
    { alert: (alert) => alerts.push(alert) },
    new AbortController().signal,
  );
  return alerts;
}

const over = (alerts: readonly Alert[]) =>
  alerts
    .filter(({ ruleId }) => ruleId === 'over')
    .map(({ document }) => [document['user.name'], document.names, document.rules, document.worst]);

for (const mode of ['stream', 'compat'] as const)
  test(`alerts of the same run are read (${mode})`, async () => {
    const alerts = await alertsOf([event('eve', 'sh'), event('bob', 'ls')], mode);
    assert.deepEqual(alerts.map(({ ruleId }) => ruleId).sort(), ['one', 'one', 'over', 'two']);
    assert.deepEqual(over(alerts), [['eve', 2, ['one', 'two'], 47]]);
  });

test('alerts among the input are read beside them', async () => {
  const other = {
    '@timestamp': '2026-01-01T00:02:00Z',
    event: { kind: 'signal' },
    user: { name: 'bob' },
    'kibana.alert.uuid': 'x',
    'kibana.alert.rule.name': 'elsewhere',
    'kibana.alert.rule.rule_id': 'e',
    'kibana.alert.risk_score': 99,
  };
  assert.deepEqual(over(await alertsOf([event('bob', 'ls'), other], 'stream')), [
    ['bob', 2, ['one', 'elsewhere'], 99],
  ]);
});
