import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeStateful } from '../../tests/support/stateful.ts';
import { safeJson } from '../base/safe-json.ts';
import type { Alert } from '../model/alert.ts';
import { ruleText } from '../verify/timeline/section-text.ts';
import type { RunSummary } from '../model/summary.ts';
import { scan } from './scan.ts';
import type { ScanListener, ScanOptions } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'winnow-resume-'));
after(() => rmSync(folder, { recursive: true }));
const base = writeStateful(folder, 1600);

interface Told {
  readonly alerts: readonly Alert[];
  readonly summary: RunSummary;
}

async function run(
  options: ScanOptions,
  listener: ScanListener = {},
  controller = new AbortController(),
): Promise<Told> {
  const alerts: Alert[] = [];
  const alert = (one: Alert): void => {
    alerts.push(one);
    listener.alert?.(one);
  };
  return { summary: await scan(options, { ...listener, alert }, controller.signal), alerts };
}

const withState = (name: string, changes: Partial<ScanOptions> = {}): ScanOptions => ({
  ...base,
  state: { file: join(folder, name), finish: true, isDue: () => true },
  ...changes,
});

const ids = ({ alerts }: Told): string[] => alerts.map(({ id }) => id);

for (const mode of ['stream', 'compat'] as const) {
  test(`a ${mode} scan with a state file tells what one without it tells`, async () => {
    const engine = { mode, lateness: 30_000 };
    const plain = await run({ ...base, engine });
    const kept = await run(withState(`${mode}.db`, { engine }));
    assert.deepEqual(ids(kept), ids(plain));
    assert.deepEqual(kept.alerts, plain.alerts);
    const again = await run(withState(`${mode}.db`, { engine }));
    assert.deepEqual(ids(again), []);
    assert.deepEqual(again.summary.resumed, {
      passed: 1600,
      retold: 0,
      anew: [],
      otherExceptions: [],
      changed: [],
      open: false,
    });
  });

  test(`a ${mode} scan that is interrupted goes on, and both together tell the same`, async () => {
    const engine = { mode, lateness: 30_000 };
    const whole = await run({ ...base, engine });
    const controller = new AbortController();
    const progress: ScanListener['progress'] = ({ events }) => {
      if (events > 900) controller.abort();
    };
    const options = withState(`interrupted-${mode}.db`, { engine });
    const first = await run(options, { progress }, controller);
    assert.equal(first.summary.interrupted, true);
    assert.ok(first.summary.input.events < 1600);
    const second = await run(options);
    assert.deepEqual([...first.alerts, ...second.alerts], whole.alerts);
  });
}

test('a front end that was stopped before it could say anything is told again', async () => {
  const whole = await run(base);
  const options = withState('untold.db');
  const broken: ScanListener = {
    tellsAtTheEnd: true,
    ended: () => {
      throw new Error('the disk is full');
    },
  };
  await assert.rejects(run(options, broken), /the disk is full/);
  const again = await run(options, { tellsAtTheEnd: true });
  assert.deepEqual(ids(again), ids(whole));
  assert.equal(again.summary.alerts.total, whole.summary.alerts.total);
  assert.deepEqual(again.summary.groups, whole.summary.groups);
  assert.equal(again.summary.resumed?.retold, whole.alerts.length);
  assert.deepEqual(ids(await run(options)), []);
});

for (const mode of ['stream', 'compat'] as const)
  test(`the summary of a ${mode} scan that was killed and went on is that of an unbroken one`, async () => {
    const engine = { mode, lateness: 30_000 };
    const whole = await run({ ...base, engine });
    const options = withState(`summed-${mode}.db`, { engine });
    for (const events of [300, 900]) {
      const killed: ScanListener['progress'] = (progress) => {
        if (progress.events > events) throw new Error('killed');
      };
      await assert.rejects(run(options, { progress: killed }), /killed/);
    }
    const { summary } = await run(options);
    assert.ok((summary.resumed?.passed ?? 0) > 300);
    assert.deepEqual(comparable(summary), comparable(whole.summary));
    const next = await run(options);
    assert.equal(next.summary.alerts.total, 0);
    assert.deepEqual(next.summary.input.skipped, [{ what: 'taken by an earlier run', count: 1600 }]);
  });

const comparable = ({ elapsed: _, resumed: __, ...summary }: RunSummary) => summary;

test('without --finish what waits is kept, and a scan that finishes tells it', async () => {
  const whole = await run(base);
  const state = { file: join(folder, 'open.db'), finish: false };
  const first = await run({ ...base, state });
  assert.equal(first.summary.resumed?.open, true);
  const rest = await run({ ...base, state: { ...state, finish: true } });
  assert.ok(rest.alerts.length > 0);
  assert.deepEqual([...first.alerts, ...rest.alerts], whole.alerts);
});

test('a rule that changed begins anew and is named', async () => {
  const options = withState('changed.db');
  await run(options);
  const overlay = join(folder, 'overlay.toml');
  writeFileSync(
    overlay,
    '[[overlay]]\nrule_id = "threshold"\nbase = { severity = "medium" }\n[overlay.rule]\nseverity = "high"\n',
  );
  const { summary } = await run({ ...options, overlays: [overlay] });
  assert.deepEqual(summary.resumed?.anew, ['threshold']);
});

test('exceptions that changed apply to what comes, not to what is remembered, and the rules are named', async () => {
  const path = (name: string): string => join(folder, name);
  const threshold = `type = "threshold"\nquery = 'event.action: d'\nfrom = "now-1h"\nthreshold = { field = ["user.name"], value = 3 }`;
  writeFileSync(path('counts.toml'), ruleText({ name: 'counts', body: threshold, line: 1 }).text);
  writeFileSync(
    path('other.toml'),
    ruleText({ name: 'other', body: `query = 'event.action: x'`, line: 1 }).text,
  );
  writeFileSync(
    path('hosts.yaml'),
    'exceptions:\n  - { name: Test hosts, owner: us, reason: Tests., rules: { names: [counts] }, when: { host.name: test } }\n',
  );
  const log = (...hosts: readonly string[]): void =>
    writeFileSync(
      path('grows.log'),
      hosts
        .map((host, minute) => ({
          '@timestamp': new Date(Date.UTC(2026, 2, 3, 10, minute)).toISOString(),
          event: { action: 'd', id: String(minute) },
          user: { name: 'eve' },
          host: { name: host },
        }))
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
  const options: ScanOptions = {
    ...base,
    inputs: [path('grows.log')],
    rules: [path('counts.toml'), path('other.toml')],
    engine: { mode: 'stream', lateness: 0 },
    state: { file: path('excepted.db'), finish: false, isDue: () => true },
  };
  const scanned = async (exceptions: readonly string[]) => {
    const { alerts, summary } = await run({ ...options, exceptions });
    const { anew, otherExceptions } = summary.resumed ?? {};
    return { alerts: alerts.map(({ sources }) => sources.length), anew, otherExceptions };
  };
  log('test', 'test');
  assert.deepEqual(await scanned([]), { alerts: [], anew: [], otherExceptions: [] });
  const hosts = [path('hosts.yaml')];
  // The third event is excepted, the fourth counts with the two of before.
  log('test', 'test', 'test');
  assert.deepEqual(await scanned(hosts), { alerts: [], anew: [], otherExceptions: ['counts'] });
  log('test', 'test', 'test', 'web');
  assert.deepEqual(await scanned(hosts), { alerts: [3], anew: [], otherExceptions: [] });
});

test('events give the same alerts in one file and in three that overlap', async () => {
  const lines = ['a', 'b', 'c'].flatMap((name) =>
    readFileSync(join(folder, 'logs', `${name}.log`), 'utf8')
      .trimEnd()
      .split('\n'),
  );
  const timeOf = (line: string): string => (JSON.parse(line) as { '@timestamp': string })['@timestamp'];
  const whole = join(folder, 'whole.log');
  writeFileSync(whole, lines.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)).join('\n'));
  const [one, three] = [await run({ ...base, inputs: [whole] }), await run(base)];
  assert.equal(three.summary.state?.late, 0);
  assert.deepEqual(ids(three).sort(), ids(one).sort());
});

test('a file of alerts gets each alert once, also when runs without it or with another one come between', async () => {
  const whole = await run(base);
  const lines = whole.alerts.map(({ document }) => `${safeJson(document)}\n`);
  const path = join(folder, 'alerts.ndjson');
  writeFileSync(path, 'what was there before');
  assert.deepEqual((await run({ ...base, alerts: path })).alerts, whole.alerts);
  assert.equal(readFileSync(path, 'utf8'), lines.join(''));

  const until = async (events: number, name: string | undefined, more: ScanListener = {}) => {
    const killed: ScanListener['progress'] = (progress) => {
      if (progress.events > events) throw new Error('killed');
    };
    const alerts = name === undefined ? {} : { alerts: join(folder, name) };
    const alerted: Alert[] = [];
    const alert = (one: Alert): void => void alerted.push(one);
    const options = withState('files.db', alerts);
    await assert.rejects(scan(options, { progress: killed, alert, ...more }, new AbortController().signal));
    return alerted.length;
  };
  const first = await until(500, 'one.ndjson');
  // Nobody was told of these, so that they are written by the next run that has a file.
  await until(800, undefined, { tellsAtTheEnd: true });
  await until(1100, 'two.ndjson');
  const last = await run(withState('files.db', { alerts: join(folder, 'one.ndjson') }));
  assert.equal(last.summary.resumed?.alertsFileGone, undefined);
  const [one, two] = ['one.ndjson', 'two.ndjson'].map((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/(?<=\n)/)
      .filter((line) => line !== ''),
  );
  assert.ok(one !== undefined && two !== undefined && first > 0 && two.length > 0);
  assert.deepEqual([...one.slice(0, first), ...two, ...one.slice(first)], lines);
});

test('a file of alerts that is gone begins anew, and one of the inputs is refused', async () => {
  const alerts = join(folder, 'gone.ndjson');
  const options = withState('gone.db', { alerts });
  await run(options);
  rmSync(alerts);
  const again = await run(options);
  assert.equal(again.summary.resumed?.alertsFileGone, true);
  assert.equal(readFileSync(alerts, 'utf8'), '');
  const input = join(folder, 'logs', 'a.log');
  const before = readFileSync(input, 'utf8');
  await assert.rejects(run({ ...base, alerts: input }), /it is one of the files to scan/);
  assert.equal(readFileSync(input, 'utf8'), before);
  const beside = join(folder, 'logs', 'new.ndjson');
  await assert.rejects(run({ ...base, alerts: beside }), /the next scan of ".*logs" would read it as a log/);
  assert.equal(existsSync(beside), false);
});
