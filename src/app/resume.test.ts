import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeStateful } from '../../tests/support/stateful.ts';
import type { Alert } from '../model/alert.ts';
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
  state: { file: join(folder, name), finish: true, everyMilliseconds: 0 },
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
    assert.deepEqual(again.summary.resumed, { passed: 1600, retold: 0, anew: [], changed: [], open: false });
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
