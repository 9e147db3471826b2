import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeStateful } from '../../tests/support/stateful.ts';
import { safeJson } from '../base/safe-json.ts';
import type { Alert } from '../model/alert.ts';
import { seededRandom } from '../sample/random.ts';
import type { ScanOptions } from './types.ts';

const isLong = process.env['WINNOW_LONG_TESTS'] === '1';
const TIMES = isLong ? 100 : 5;
/** Kills of one scan before it may end. */
const KILLS = isLong ? 3 : 1;
/** Milliseconds: hundreds of processes take a while. */
const timeout = isLong ? 3_600_000 : 240_000;

const folder = mkdtempSync(join(tmpdir(), 'winnow-kill-'));
after(() => rmSync(folder, { recursive: true }));

const child = fileURLToPath(new URL('../../tests/support/scan-child.ts', import.meta.url));
const base = writeStateful(folder, 3000);

const alertsOf = (name: string): string => join(folder, `${name}.ndjson`);

const withState = (name: string): ScanOptions => ({
  ...base,
  state: { file: join(folder, name), finish: true },
  alerts: alertsOf(name),
});

interface Ended {
  readonly alerts: readonly Alert[];
  readonly killed: boolean;
  /** From the first event to the end. */
  readonly milliseconds: number;
}

/** Runs a scan, and kills it so long after the rules are loaded. */
async function run(options: ScanOptions, killAfter?: number): Promise<Ended> {
  // Hundreds of processes that compile the same modules take longer than what they do.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const scanner = spawn(process.execPath, [child, JSON.stringify(options)], { env });
  let [stdout, stderr, began] = ['', '', 0];
  scanner.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  scanner.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr === '') {
      began = performance.now();
      if (killAfter !== undefined) setTimeout(() => scanner.kill('SIGKILL'), killAfter);
    }
    stderr += text;
  });
  const [code, signal] = (await once(scanner, 'close')) as [number | null, string | null];
  assert.ok(signal === 'SIGKILL' || code === 0, stderr);
  // A line that the kill cut off was not told.
  const lines = stdout.split('\n').slice(0, -1);
  return {
    alerts: lines.map((line) => JSON.parse(line) as Alert),
    killed: signal === 'SIGKILL',
    milliseconds: performance.now() - began,
  };
}

/** Alert ids in the order in which the file keeps them. */
function keptIds(name: string): string[] {
  const database = new DatabaseSync(join(folder, name));
  const ids = database.prepare('SELECT id FROM alert ORDER BY number').all();
  const untold = database.prepare('SELECT count(*) AS n FROM alert WHERE untold IS NOT NULL').get();
  database.close();
  assert.equal(untold?.['n'], 0);
  return ids.map(({ id }) => String(id));
}

test(
  `a scan that is killed at random and goes on tells the same alerts, ${TIMES} times`,
  { timeout },
  async (t) => {
    const whole = await run(withState('whole.db'));
    const ids = keptIds('whole.db');
    assert.deepEqual(
      ids,
      whole.alerts.map(({ id }) => id),
    );
    const written = readFileSync(alertsOf('whole.db'), 'utf8');
    assert.equal(written, whole.alerts.map(({ document }) => `${safeJson(document)}\n`).join(''));
    const kinds = [...new Set(whole.alerts.map(({ ruleName }) => ruleName))];
    assert.equal(kinds.length, 6, `every rule finds something: ${kinds.join(', ')}`);
    const random = seededRandom(7);
    let [kills, repeats] = [0, 0];
    for (let round = 0; round < TIMES; round++) {
      const name = `round-${round}.db`;
      const told: Alert[] = [];
      for (let attempt = 0; ; attempt++) {
        const killAfter = attempt < KILLS ? random.next() * whole.milliseconds : undefined;
        const { alerts, killed } = await run(withState(name), killAfter);
        told.push(...alerts);
        if (!killed) break;
        kills++;
      }
      const byId = new Map(told.map((alert) => [alert.id, alert]));
      repeats += told.length - byId.size;
      assert.deepEqual(keptIds(name), ids);
      assert.deepEqual([...byId.keys()], ids, `round ${round}: the order in which they were printed`);
      assert.deepEqual(
        ids.map((id) => byId.get(id)),
        whole.alerts,
        `round ${round}`,
      );
      assert.equal(readFileSync(alertsOf(name), 'utf8'), written, `round ${round}: the file of alerts`);
      rmSync(join(folder, name));
      rmSync(alertsOf(name));
    }
    // On standard output, between writing an alert and noting that it was written there is room for one.
    assert.ok(repeats <= kills, `${repeats} alerts told twice in ${kills} kills`);
    t.diagnostic(`${ids.length} alerts, ${kills} kills, ${repeats} alerts told twice`);
  },
);
