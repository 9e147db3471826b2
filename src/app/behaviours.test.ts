import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { AUTO } from '../../tests/support/ingest.ts';
import type { JsonObject } from '../data/document.ts';
import { messages } from '../base/messages/index.ts';
import { picture } from '../base/diagnostic.ts';
import type { SiteBehaviours } from './behaviours.ts';
import { behavioursFor, shippedBehaviours } from './behaviours.ts';
import type { Example } from './explain-benign.ts';
import { explainBenign } from './explain-benign.ts';

const list = (username: string, minute: number): JsonObject => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID: `6d0f7c1e-0000-4000-8000-00000000000${minute}`,
  stage: 'ResponseComplete',
  requestURI: '/api/v1/secrets',
  verb: 'list',
  user: { username, groups: ['system:authenticated'] },
  objectRef: { resource: 'secrets', apiVersion: 'v1' },
  responseStatus: { code: 200 },
  requestReceivedTimestamp: `2026-03-02T09:0${minute}:00.000000Z`,
  stageTimestamp: `2026-03-02T09:0${minute}:00.010000Z`,
  annotations: { 'authorization.k8s.io/decision': 'allow' },
});

const exporter = 'system:serviceaccount:monitoring:kube-state-metrics';

function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-explain-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('all profiles run over a user’s events, with the values of the site', async (t) => {
  const callers = [exporter, exporter, 'system:serviceaccount:obs:ksm', 'mallory'];
  const folder = folderOf(t, {
    'audit.ndjson': [
      ...callers.map((caller, n) => JSON.stringify(list(caller, n))),
      JSON.stringify(list(exporter, 0)),
      '{"cut',
    ].join('\n'),
    'site.toml': '[BP-0001]\naccounts = ["system:serviceaccount:obs:ksm"]\n',
  });
  const explained = async (values?: string) => {
    const inputs = [join(folder, 'audit.ndjson')];
    const result = await explainBenign({ inputs, ingest: AUTO, values });
    assert.ok(result.ok, result.diagnostics.map((found) => picture(found)).join('\n'));
    const { unseen, ...rest } = result.value;
    assert.ok(unseen.length > 40 && !unseen.includes('BP-0001'));
    return rest;
  };
  const [shipped] = shippedBehaviours().behaviours;
  const { behaviours, unexplained, ...share } = await explained();
  assert.deepEqual(share, {
    total: 4,
    explained: 2,
    byGrade: { A: 2, B: 0, C: 0, D: 0 },
    refused: [{ code: 'INP007', what: messages.INP007.title, count: 1 }],
    undecided: 0,
    skipped: [{ what: 'repeated record', count: 1 }],
  });
  const told = (line: number, who: string) => ({
    reason: `${who} listed secrets of the whole cluster: allowed (200)`,
    source: { file: join(folder, 'audit.ndjson'), line },
  });
  const bare = ({ reason, source: { file, line } }: Example) => ({ reason, source: { file, line } });
  assert.deepEqual(
    behaviours.map(({ examples, ...one }) => ({ ...one, examples: examples.map(bare) })),
    [
      {
        behaviour: 'BP-0001',
        title: shipped?.title,
        profile: shipped?.profile?.query,
        grade: 'A',
        explains: 2,
        first: 2,
        span: { from: Date.UTC(2026, 2, 2, 9, 0, 0, 10), to: Date.UTC(2026, 2, 2, 9, 1, 0, 10) },
        actors: [{ what: exporter, count: 2 }],
        actorCount: 1,
        actorsOver: false,
        examples: [told(1, exporter), told(2, exporter)],
      },
    ],
  );
  assert.deepEqual(
    {
      ...unexplained,
      actors: unexplained.actors.map(({ example, ...one }) => ({ ...one, ...bare(example) })),
    },
    {
      count: 2,
      actors: [
        { what: 'mallory', count: 1, ...told(4, 'mallory') },
        { what: 'system:serviceaccount:obs:ksm', count: 1, ...told(3, 'system:serviceaccount:obs:ksm') },
      ],
      actorCount: 2,
      actorsOver: false,
    },
  );
  const own = await explained(join(folder, 'site.toml'));
  assert.deepEqual(
    [own.explained, own.behaviours[0]?.actors],
    [1, [{ what: 'system:serviceaccount:obs:ksm', count: 1 }]],
  );
});

test('a file of values that is not there is told by its name', async () => {
  await assert.rejects(behavioursFor({ values: 'none/site.toml' }), {
    message: 'there is no file "none/site.toml"',
  });
});

test('every mistake in the files of the site is told, and nothing is explained then', async (t) => {
  const folder = folderOf(t, {
    'site.toml': '[BP-0001]\naccounts = []\n[BP-01]\nx = "y"\n',
    'own.toml': 'id = "BP-0001"\n',
  });
  const found = await behavioursFor({
    values: join(folder, 'site.toml'),
    behaviours: [join(folder, 'own.toml')],
  });
  assert.equal(found.ok, false);
  const heads = found.diagnostics.map((one) =>
    picture(one).replace(folder, '').split(' ').slice(0, 3).join(' '),
  );
  assert.deepEqual([...new Set(heads)].sort(), [
    '/own.toml:1:1: error BHV010:',
    '/site.toml:2:12: error BHV011:',
    '/site.toml:3:2: error BHV023:',
  ]);
});

test('a behaviour of one’s own stands beside the shipped ones', async (t) => {
  const shipped = shippedBehaviours();
  const [first] = shipped.behaviours;
  assert.ok(first !== undefined);
  const folder = folderOf(t, { 'own.toml': readFileSync(first.file, 'utf8').replace(first.id, 'BP-9001') });
  const all = await behavioursFor({ behaviours: [folder] });
  assert.ok(all.ok, all.diagnostics.map((found) => picture(found)).join('\n'));
  assert.equal(all.value.length, shipped.behaviours.length + 1);
  assert.equal(all.value.at(-1)?.id, 'BP-9001');
});

test('a profile of one’s own is held to its own events', async (t) => {
  const [first] = shippedBehaviours().behaviours;
  assert.ok(first !== undefined);
  const text = readFileSync(first.file, 'utf8').replace(first.id, 'BP-9001');
  const folder = folderOf(t, {
    'own.toml': text
      .replace('with.verb = "watch"', 'with.verb = "delete"')
      .replace('with.user.username = "system:serviceaccount:ci:deployer"', 'with.userAgent = "curl"'),
  });
  const found = await behavioursFor({ behaviours: [join(folder, 'own.toml')] });
  assert.equal(found.ok, false);
  const heads = found.diagnostics.map((one) => picture(one).replace(folder, '').replace(/:\d+:/, ':N:'));
  assert.deepEqual(heads, [
    '/own.toml:N: error BHV025: "a watch on pods" is not matched',
    '/own.toml:N: error BHV025: "the same list by the account of a pipeline" is matched',
  ]);
});

test('a star is said to be none, an empty text and a folder without behaviours are refused', async (t) => {
  const folder = folderOf(t, {
    'star.toml': '[BP-0001]\naccounts = ["system:serviceaccount:*"]\n',
    'empty.toml': '[BP-0001]\naccounts = ["a", ""]\n',
  });
  const heads = async (site: SiteBehaviours) => {
    const { ok, diagnostics } = await behavioursFor(site);
    return [ok, diagnostics.map((one) => picture(one).replaceAll(folder, '').split('\n')[0])];
  };
  assert.deepEqual(await heads({ values: join(folder, 'star.toml') }), [
    true,
    ['BP-0001:2:12: warning KQL201: the star in "system:serviceaccount:*" is a literal star'],
  ]);
  const wanted = '"accounts" must be one or more texts that are not empty, found a list';
  assert.deepEqual(await heads({ values: join(folder, 'empty.toml') }), [
    false,
    [`/empty.toml:2:12: error BHV011: ${wanted}`],
  ]);
  mkdirSync(join(folder, 'none'));
  assert.deepEqual(await heads({ behaviours: [join(folder, 'none')] }), [
    false,
    ['error BHV026: there is no behaviour in "/none"'],
  ]);
});

test('an alert about several events is explained by nothing, one about a single event like that event', async (t) => {
  const alert = (id: string, fields: JsonObject): JsonObject => ({
    '@timestamp': '2026-03-02T09:00:00.000Z',
    data_stream: { type: 'logs', dataset: 'kubernetes.audit_logs', namespace: 'default' },
    event: { kind: 'signal', action: 'list' },
    user: { name: exporter },
    kubernetes: { audit: { verb: 'list', annotations: { 'authorization_k8s_io/decision': 'allow' } } },
    'kibana.alert.uuid': id,
    ...fields,
  });
  const alerts = [
    alert('single', {}),
    alert('part', { 'kibana.alert.group.id': 'g', 'kibana.alert.group.index': 0 }),
    alert('whole', { 'kibana.alert.group.id': 'g' }),
    alert('count', { 'kibana.alert.threshold_result': { terms: [], count: 9, cardinality: [] } }),
  ];
  const folder = folderOf(t, { 'alerts.ndjson': alerts.map((one) => JSON.stringify(one)).join('\n') });
  const found = await explainBenign({ inputs: [join(folder, 'alerts.ndjson')], ingest: AUTO });
  assert.ok(found.ok);
  const { total, explained, behaviours, unexplained } = found.value;
  assert.deepEqual([total, explained, unexplained.count], [4, 2, 2]);
  assert.deepEqual(
    behaviours.map(({ behaviour, explains }) => [behaviour, explains]),
    [['BP-0001', 2]],
  );
});
