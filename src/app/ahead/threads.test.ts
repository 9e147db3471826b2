/** With any number of threads, a scan says the same, byte for byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
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

async function said(options: Partial<ScanOptions>, listening: ScanListener = {}): Promise<string> {
  const alerts: unknown[] = [];
  const refused: unknown[] = [];
  const listener: ScanListener = {
    alert: (alert) => alerts.push(alert),
    refused: (refusal) => refused.push(refusal),
    ...listening,
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

/** Long enough for threads to be busy with a later piece while the one before it is judged. */
const long = file(
  'long.log',
  audit
    .map((text) => `${text}\n`)
    .join('')
    .repeat(4),
);

test('the alerts are the same when a thread ends in the middle of a piece', async () => {
  const alone = await said({ inputs: [long], threads: 1 });
  let ended = 0;
  for (const milliseconds of [0, 0.5, 1, 1.5, 2, 3, 4, 6]) {
    let worker: Worker | undefined;
    process.once('worker', (one) => (worker = one as Worker));
    let batches = 0;
    const progress = (): void => {
      if (++batches !== 2) return;
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
      worker?.once('exit', () => ended++);
      void worker?.terminate();
    };
    const together = await said({ inputs: [long], threads: 2 }, { progress });
    assert.ok(together === alone, `ended after ${milliseconds} ms, a thread left something out`);
  }
  assert.equal(ended, 8);
});

test('threads choose what they look up by what the thread that reads was shown, whoever looked at it', async () => {
  const told: { events?: number }[] = [];
  process.once('worker', (one) => {
    const worker = one as Worker;
    const tell = worker.postMessage.bind(worker);
    worker.postMessage = (message) => {
      told.push(message as { events?: number });
      tell(message);
    };
  });
  const many = file('many.log', readFileSync(long, 'utf8').repeat(2));
  const together = await said({ inputs: [many], rules: [burst, secrets], threads: 2 });
  // The first one is what rules ask.
  assert.deepEqual(
    told.map(({ events }) => events),
    [undefined, 512],
  );
  assert.ok(together === (await said({ inputs: [many], rules: [burst, secrets], threads: 1 })));
});

test('a file of one piece waits for no thread', async () => {
  process.once('worker', (worker) => {
    // It is never told what rules ask, and so never begins.
    (worker as Worker).postMessage = () => undefined;
  });
  const together = await said({ inputs: [short], threads: 2 });
  assert.equal(together, await said({ inputs: [short], threads: 1 }));
});

test('a thread that ends before it could look at anything is an error', async () => {
  process.once('worker', (worker) => void (worker as Worker).terminate());
  await assert.rejects(said({ inputs: [long], threads: 2 }), {
    message: 'A thread of the scan ended before it could look at anything.',
  });
});

test('a mistake in a thread is an error of the scan', async () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  process.once('worker', (worker) => (worker as Worker).postMessage({ thread: 1, asked: {} }));
  await assert.rejects(said({ inputs: [long], threads: 2 }), TypeError);
});

test('a file that is shorter than it was when it was found ends where it ends', async () => {
  const cut = file('cut.log', readFileSync(long));
  const half = file('half.log', readFileSync(long).subarray(0, statSync(long).size / 2));
  const expected = await said({ inputs: [half], threads: 1 });
  const listener = { rulesLoaded: () => truncateSync(cut, statSync(half).size) };
  const shortened = await said({ inputs: [cut], threads: 2 }, listener);
  assert.equal(shortened.replaceAll('cut.log', 'half.log'), expected);
});

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
