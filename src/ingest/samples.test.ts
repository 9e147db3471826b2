/** Public samples that lie beside the repository on some machines: nothing valid in them may be refused. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AUTO } from '../../tests/support/ingest.ts';
import { readInputs } from './index.ts';
import type { Batch } from './types.ts';

const folder = fileURLToPath(new URL('../../../shared/data/k8s/', import.meta.url));
const skip = existsSync(folder) ? false : 'the public samples (../shared/data/k8s) are not on this machine';

/** Every record that may be refused, and why it is right to. */
const explained: Readonly<Record<string, { readonly refusals: number; readonly why: string }>> = {
  'panther/manifest.json': { refusals: 282, why: 'a table of contents' },
  'panther/gke_auditlog.ndjson': { refusals: 2, why: 'entries without any payload' },
  'panther/aks_unwrapped.ndjson': { refusals: 1, why: 'an activity record of Azure without an audit event' },
  'khi_gke/container_recorder_test_1_1_manifest.yaml': { refusals: 1, why: 'a pod' },
  'khi_gke/container_recorder_test_1_2_manifest.yaml': { refusals: 1, why: 'a pod' },
  'khi_gke/container_recorder_test_1_3_manifest.yaml': { refusals: 1, why: 'a pod' },
};

class Row {
  records = 0;
  events = 0;
  withoutTime = 0;
  refused = 0;
  readonly shapes = new Map<string, number>();
  readonly skipped = new Map<string, number>();

  add(batch: Batch): void {
    this.records += batch.records;
    this.events += batch.events.length;
    this.refused += batch.refusals.length;
    this.withoutTime += batch.events.filter(({ time }) => time === undefined).length;
    for (const [from, to] of [
      [batch.shapes, this.shapes],
      [batch.skipped, this.skipped],
    ] as const) {
      for (const [name, count] of from) to.set(name, (to.get(name) ?? 0) + count);
    }
  }

  toString(): string {
    const counts = (map: ReadonlyMap<string, number>) =>
      [...map].map(([name, count]) => `${name} ${count}`).join(', ');
    return [
      this.records,
      this.events,
      this.withoutTime,
      this.refused,
      counts(this.shapes),
      counts(this.skipped),
    ].join(' | ');
  }
}

test('every public sample is read', { skip }, async (context) => {
  const rows = new Map<string, Row>();
  for await (const batch of readInputs([folder], AUTO)) {
    const name = relative(folder, batch.file);
    const row = rows.get(name) ?? new Row();
    rows.set(name, row);
    row.add(batch);
  }
  context.diagnostic('file | records | events | without time | refused | shapes | left out');
  for (const [name, row] of rows) context.diagnostic(`${name} | ${row}`);
  const refused = [...rows].filter(([, row]) => row.refused > 0).map(([name, row]) => [name, row.refused]);
  const expected = Object.entries(explained).map(([name, { refusals }]) => [name, refusals]);
  assert.deepEqual(new Map(refused as [string, number][]), new Map(expected as [string, number][]));
  assert.equal(rows.get('audit2rbac/demo.log')?.events, 37);
  assert.equal(rows.get('panther/eks_audit.ndjson')?.shapes.get('kubernetes.audit'), 184);
  assert.equal(rows.get('tetragon_docs/all.ndjson')?.events, 27);
});
