/** With any number of threads, a scan says the same, byte for byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { file, folder, line, ruleText } from '../../../tests/support/scan-files.ts';
import type { JsonObject } from '../../data/document.ts';
import { makeSample } from '../../sample/index.ts';
import { scan } from '../scan.ts';
import type { ScanListener, ScanOptions } from '../types.ts';

const sample = makeSample();
const audit = sample.audit.slice(0, 4000).map((event) => JSON.stringify(event));
const containers = sample.containers.map((event) => JSON.stringify(event));

/** Every now and then something that no quick look understands. */
const odd = [
  'no JSON\n',
  '\r\n',
  '{"broken": \n',
  `${JSON.stringify(JSON.parse(audit[0] ?? ''), undefined, 2)}\n`,
  `[${audit[1]},\n${audit[2]}]\n`,
  `${audit[3]}${audit[4]}\n`,
  '{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"\xff"}\n',
  `{"kind":"Event","apiVersion":"audit.k8s.io/v1","userAgent":"${'x'.repeat(5_000_000)}"}\n`,
];
const mixed = audit.flatMap((text, at) =>
  at % 450 === 7 ? [`${text}\r\n`, odd[(at / 450) | 0] ?? ''] : `${text}\n`,
);

const plain = file('mixed.log', `\uFEFF${mixed.join('')}${audit.at(-1)}`);
const packed = join(folder, 'containers.ndjson.gz');
writeFileSync(packed, gzipSync(containers.map((text) => `${text}\n`).join('')));
/** Refused when its first piece was read; what was read ahead of it does not count. */
const binary = file('binary.log', '\u0001'.repeat(6_000_000));
const short = file('short.log', line({ second: 1, resource: 'secrets' }));

const burst = file(
  'burst.toml',
  ruleText(
    1,
    'Many requests of one user',
    'user.name : *',
    '[rule.threshold]\nfield = ["user.name"]\nvalue = 20\n',
  ).replace('type = "query"', 'type = "threshold"'),
);
const secrets = file(
  'secrets.toml',
  ruleText(2, 'Secrets read', 'kubernetes.audit.objectRef.resource : "secrets"'),
);

async function said(options: Partial<ScanOptions>): Promise<string> {
  const alerts: unknown[] = [];
  const refused: unknown[] = [];
  const listener: ScanListener = {
    alert: (alert) => alerts.push(alert),
    refused: (refusal) => refused.push(refusal),
  };
  const summary = await scan(
    {
      inputs: [plain, packed, binary, short],
      ingest: { shape: 'auto', keepRequestReceived: false },
      rules: [secrets],
      filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
      ignoreIndex: true,
      evaluator: 'bytes',
      ...options,
    },
    listener,
    new AbortController().signal,
  );
  return JSON.stringify([alerts, refused, { ...summary, elapsed: undefined }]);
}

const times = audit.map((text) => Date.parse(String((JSON.parse(text) as JsonObject)['stageTimestamp'])));
const middle = { since: times[1000] ?? NaN, until: times[3000] ?? NaN };

for (const [name, options, counts] of [
  ['file after file', { rules: [secrets] }, [2, 3]],
  ['by time, with a rule that counts', { rules: [burst, secrets] }, [2, 4]],
  ['a part of the time', { rules: [burst, secrets], ...middle }, [2]],
  ['with the shipped rules', { rules: [] }, [2]],
] as const) {
  test(name, async () => {
    const alone = await said({ ...options, threads: 1 });
    assert.ok(
      (await said({ ...options, evaluator: 'index' })) === alone,
      'decoded events say something else',
    );
    assert.ok(alone.length > 100_000);
    for (const threads of counts) {
      const together = await said({ ...options, threads });
      assert.ok(together === alone, `${threads} threads say something else than one`);
    }
  });
}

test('a scan that is ended early ends its threads', async () => {
  const ended = new AbortController();
  const listener: ScanListener = { progress: () => ended.abort() };
  const options: ScanOptions = {
    inputs: [plain],
    ingest: { shape: 'auto', keepRequestReceived: false },
    rules: [secrets],
    filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
    ignoreIndex: true,
    evaluator: 'bytes',
    threads: 2,
  };
  assert.equal((await scan(options, listener, ended.signal)).interrupted, true);
});
