/** The schema of alerts and the alerts that Winnow makes are held to each other. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSample } from '../../src/app/demo.ts';
import { scan } from '../../src/app/scan.ts';
import { alertDocument } from '../../src/model/alert-schema.ts';
import type { Alert } from '../../src/model/alert.ts';

const problems = (documents: readonly unknown[]): string[] => [
  ...new Set(
    documents.flatMap(
      (d) => alertDocument.safeParse(d).error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`) ?? [],
    ),
  ),
];

test('golden alerts fit the schema', async () => {
  const folder = join(import.meta.dirname, 'alert');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  assert.ok(texts.length >= 3);
  const alerts = texts.flatMap((t) => JSON.parse(t) as Alert | Alert[]);
  assert.deepEqual(problems(alerts.map(({ document }) => document)), []);
});

test('every alert of the sample fits the schema', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-schema-'));
  try {
    await writeSample(folder);
    const alerts: Alert[] = [];
    const options = {
      inputs: [folder],
      ingest: { shape: 'auto', keepRequestReceived: false },
      rules: [],
      filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
      ignoreIndex: false,
    } as const;
    await scan(options, { alert: (alert) => void alerts.push(alert) }, new AbortController().signal);
    assert.ok(alerts.length > 100);
    assert.deepEqual(problems(alerts.map((alert) => JSON.parse(JSON.stringify(alert.document)) as unknown)), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the schema refuses what is no alert', () => {
  assert.notDeepEqual(problems([{ 'kibana.alert.uuid': 'x', winnow: { schema: 2 } }]), []);
});
