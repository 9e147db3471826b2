import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { AUTO } from '../../tests/support/ingest.ts';
import type { JsonObject } from '../data/document.ts';
import { explainInputs, shippedBehaviours } from './behaviours.ts';

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

test('all profiles run over a user’s events, with the values of the site', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-explain-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const callers = [exporter, exporter, 'system:serviceaccount:obs:ksm', 'mallory'];
  const lines = callers.map((caller, minute) => `${JSON.stringify(list(caller, minute))}\n`);
  writeFileSync(join(folder, 'audit.ndjson'), lines.join(''));
  writeFileSync(join(folder, 'site.toml'), '[BP-0001]\naccounts = ["system:serviceaccount:obs:ksm"]\n');

  const explained = async (values?: string) => {
    const { behaviours, diagnostics } = await shippedBehaviours(values);
    assert.deepEqual(diagnostics, []);
    return explainInputs([join(folder, 'audit.ndjson')], AUTO, behaviours);
  };
  const share = (explains: number) => ({
    total: 4,
    explained: explains,
    byGrade: { A: explains, B: 0, C: 0, D: 0 },
    behaviours: [{ id: 'BP-0001', grade: 'A', explains, first: explains }],
    undecided: 0,
  });
  assert.deepEqual(await explained(), share(2));
  assert.deepEqual(await explained(join(folder, 'site.toml')), share(1));
});
