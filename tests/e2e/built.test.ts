/** What only the built program has: compiled files that find each other, such as the thread that asks a language model. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { execFile, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventLines } from '../../bench/events.ts';
import { evaluators } from '../../src/app/types.ts';
import { makeSample } from '../../src/sample/index.ts';
import { ASKING_RULE } from '../support/asking-rule.ts';

const MAIN = fileURLToPath(new URL('../../dist/bin/winnow.js', import.meta.url));
const skip = !existsSync(MAIN) && 'the program is not built: npm run build';

const EVENT = { '@timestamp': '2026-01-01T00:00:00Z', event: { action: 'exec' }, user: { name: 'eve' } };

suite('the built program', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-built-'));
  let server: ChildProcess | undefined;
  after(() => {
    server?.kill();
    rmSync(folder, { recursive: true });
  });

  test('asks a language model over HTTP', async () => {
    const [rule, log] = [join(folder, 'asks.toml'), join(folder, 'log.ndjson')];
    writeFileSync(rule, ASKING_RULE);
    writeFileSync(log, `${JSON.stringify(EVENT)}\n`);
    server = fork(new URL('../support/completion-server.ts', import.meta.url));
    const base = await new Promise<string>((resolve) =>
      server?.once('message', (address) => resolve(String(address))),
    );
    const model = ['--completion', 'http', '--completion-url', `${base}/ok`, '--completion-model', 'm1'];
    const { code, stdout } = await ran('scan', '-r', rule, log, '--ignore-index', '-o', 'ndjson', ...model);
    const alert = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.deepEqual([code, alert['user.name'], alert['verdict'], alert['n']], [1, 'eve', 'TP', 1]);
  });

  test('looks ahead in another thread', async () => {
    const log = join(folder, 'audit.ndjson');
    writeFileSync(log, eventLines('raw', 50).join('\n'));
    const { code, stdout } = await ran('scan', log, '--engine', 'bytes', '--threads', '2', '-o', 'json');
    const { summary } = JSON.parse(stdout) as { summary: { input: { events: number } } };
    assert.deepEqual([code, summary.input.events], [1, 50]);
  });

  test('imports nothing before it knows that this Node is new enough', () => {
    const imports = readFileSync(MAIN, 'utf8')
      .split('\n')
      .filter((line) => line.includes('import'));
    assert.equal(imports.length, 1);
    assert.match(imports[0] ?? '', /^if \(.*await import\("\.\/main-[^"]+"\);$/);
  });

  test('tells the same whichever engine is asked, and asks the fastest by itself', async () => {
    const log = join(folder, 'audit.log');
    const events = makeSample().audit.slice(0, 3000);
    writeFileSync(log, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const scanned = (...words: readonly string[]) => ran('scan', log, '-o', 'ndjson', ...words);
    const usual = await scanned();
    assert.equal(usual.code, 1);
    assert.ok(usual.stdout.length > 10_000);
    for (const engine of evaluators.filter((name) => name !== 'interpreter'))
      assert.deepEqual(await scanned('--engine', engine), usual, engine);
    assert.deepEqual(await scanned('--threads', '2'), usual);
    assert.equal((await scanned('--threads', '2', '--engine', 'index')).code, 3);
  });
});

/** An alert makes the exit code 1. */
const ran = (...words: readonly string[]) =>
  new Promise<{ readonly code: number; readonly stdout: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [MAIN, ...words],
      { cwd: tmpdir(), maxBuffer: 2 ** 28 },
      (_, stdout) => resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
