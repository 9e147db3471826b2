/**
 * Whole scans say the same, byte for byte, whether records are judged from their bytes or decoded, and with any number of
 * threads: alerts, refusals and the summary. `npm test -- tests/laws/scans.test.ts` runs it over a part of Elastic's rules;
 * `WINNOW_LONG_TESTS=1` over all of them, in both modes, and with more events.
 */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { eventLines } from '../../bench/events.ts';
import { scan } from '../../src/app/scan.ts';
import type { Evaluator, ScanListener, ScanOptions } from '../../src/app/types.ts';
import { Engine } from '../../src/engine/engine.ts';
import { makeSample } from '../../src/sample/index.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutConditions, checkoutFolder } from '../support/checkout.ts';
import { file, folder } from '../support/scan-files.ts';
import { seed } from './law.ts';
import { kinds, nearLines } from './near-lines.ts';

const isLong = process.env['WINNOW_LONG_TESTS'] === '1';
const data = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const judged = mock.method(Engine.prototype, 'takeJudged');
const idle = mock.method(Engine.prototype, 'takeIdle');

/** Events that were judged from their bytes. */
const countJudged = (): number =>
  idle.mock.calls.reduce((sum, { arguments: [events] }) => sum + events.count, judged.mock.callCount());

interface Said {
  readonly text: string;
  readonly events: number;
  readonly alerts: number;
  /** Events that were judged from their bytes. */
  readonly judged: number;
}

async function said(options: ScanOptions): Promise<Said> {
  const alerts: string[] = [];
  const refused: unknown[] = [];
  const listener: ScanListener = {
    alert: (alert) => alerts.push(JSON.stringify(alert)),
    refused: (refusal) => refused.push(refusal),
  };
  judged.mock.resetCalls();
  idle.mock.resetCalls();
  const { elapsed: _, ...summary } = await scan(options, listener, new AbortController().signal);
  const text = [...alerts, ...refused.map((refusal) => JSON.stringify(refusal)), JSON.stringify(summary)];
  const { events } = summary.input;
  return { text: text.join('\n'), events, alerts: alerts.length, judged: countJudged() };
}

type Compared = Pick<ScanOptions, 'inputs' | 'rules'> & Partial<ScanOptions>;

/** What waits for events that come late is kept longer than what it was read from. */
const LATE = { mode: 'stream', lateness: 60_000 } as const;

const withDefaults = (options: Compared): ScanOptions => ({
  ingest: { shape: 'auto', keepRequestReceived: false },
  filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
  ignoreIndex: false,
  ...options,
});

/** Of the events, at least this share must be judged from bytes. */
async function compare(about: string, share: number, compared: Compared): Promise<string> {
  const options = withDefaults(compared);
  const decoded = await said({ ...options, evaluator: 'index' });
  assert.equal(decoded.judged, 0);
  assert.ok(decoded.alerts > 0, 'nothing is compared when no rule matches');
  let found = 0;
  for (const threads of [1, 2]) {
    const scanned = await said({ ...options, evaluator: 'bytes', threads });
    assertSame(scanned.text, decoded.text, `${about}, ${threads} threads`);
    assert.ok(scanned.judged >= share * scanned.events, `only ${scanned.judged} of ${scanned.events}`);
    found = scanned.judged;
  }
  return `${about}: ${found} of ${decoded.events} events judged from bytes, ${decoded.alerts} alerts`;
}

/** Names the first difference only: the texts are long. */
function assertSame(actual: string, expected: string, about: string): void {
  if (actual === expected) return;
  const [one, other] = [actual.split('\n'), expected.split('\n')];
  const at = one.findIndex((line, index) => line !== other[index]);
  const from = Math.max(0, [...(one[at] ?? '')].findIndex((char, i) => char !== other[at]?.[i]) - 300);
  const part = (line = 'nothing'): string => line.slice(from, from + 600);
  assert.fail(`${about}: line ${at} of what is said\n${part(one[at])}\ninstead of\n${part(other[at])}`);
}

const log = (name: string, texts: readonly string[]): string =>
  file(name, texts.map((text) => `${text}\n`).join(''));

/** Packed files are read in short pieces: what one piece teaches about fields is of use to the next. */
function packed(name: string, texts: readonly string[]): string {
  const path = join(folder, `${name}.gz`);
  writeFileSync(path, gzipSync(texts.map((text) => `${text}\n`).join('')));
  return path;
}

const sample = makeSample();
const audits = sample.audit.map((event) => JSON.stringify(event));
const containers = sample.containers.map((event) => JSON.stringify(event));

test('the shipped rules over the sample', async (t) => {
  const inputs = [
    log('sample-audit.log', isLong ? audits : audits.slice(0, 4000)),
    packed('containers', containers),
  ];
  t.diagnostic(await compare('in a stream', 0.8, { inputs, rules: [] }));
  if (!isLong) return;
  t.diagnostic(
    await compare('in runs', 0.8, { inputs, rules: [], ignoreIndex: true, engine: { mode: 'compat' } }),
  );
});

test('documents with sets of fields that ECS does not know, in and around events', async (t) => {
  const acme = { acme: { team: 'shop', cost: 1.5 }, app: 'cart', kubernetes_labels: { tier: ['a', null] } };
  const around = { '@timestamp': '2026-03-02T11:00:00.123Z', ...acme };
  const inputs = [
    packed(
      'acme',
      sample.containers.map((event) => JSON.stringify({ ...acme, ...event, 'acme.id': 'x' })),
    ),
    packed(
      'around',
      sample.audit.slice(0, 2000).map((audit) => JSON.stringify({ ...around, kubernetes: { audit } })),
    ),
  ];
  t.diagnostic(await compare('with other sets', 0.8, { inputs, rules: [], engine: LATE }));
});

test('a part of the time, with stages that are left out otherwise, and a name for the cluster', async (t) => {
  const from = sample.audit[500]?.['stageTimestamp'];
  const until = sample.audit[3000]?.['stageTimestamp'];
  const choices: Partial<ScanOptions> = {
    ingest: { shape: 'audit', keepRequestReceived: true, cluster: 'prod' },
    since: Date.parse(String(from)),
    until: Date.parse(String(until)),
    engine: LATE,
  };
  const inputs = [packed('part', audits.slice(0, 4000))];
  t.diagnostic(await compare('with options', 0.4, { inputs, rules: [], ...choices }));
});

test('what one engine remembers, another goes on with', async () => {
  const parts = [audits.slice(0, 1500), audits.slice(1500, 3000)].map((texts, part) =>
    log(`day-${part}.log`, texts),
  );
  const together = async (name: string, evaluators: readonly Evaluator[]): Promise<string> => {
    const texts: string[] = [];
    for (const [part, evaluator] of evaluators.entries()) {
      const state = { file: join(folder, `${name}.db`), finish: part === 1 };
      const inputs = parts.slice(0, part + 1);
      texts.push((await said({ ...withDefaults({ inputs, rules: [] }), state, evaluator })).text);
    }
    return texts.join('\n');
  };
  const expected = await together('index', ['index', 'index']);
  assertSame(await together('bytes', ['bytes', 'bytes']), expected, 'bytes');
  assertSame(await together('both', ['bytes', 'index']), expected, 'bytes, then index');
});

const folders = isLong
  ? ['']
  : [
      'rules/integrations/kubernetes',
      'rules/integrations/cloud_defend',
      'rules/cross-platform',
      'rules_building_block',
    ];
const conditions = checkoutConditions(folders);
const rules = folders.map((folder) => join(checkoutFolder, folder));
const skip = conditions === undefined ? 'there is no checkout of rules beside the repository' : false;

const madeUp = (count: number): string[] =>
  (['raw', 'audit', 'linux'] as const).map((kind) => packed(kind, eventLines(kind, count)));

/** Records made for each condition, this many of each kind. */
const NEAR = 2;

function near(): string[] {
  const predicates = (conditions ?? []).map(({ where }) => where);
  const random = seededRandom(seed);
  return kinds.map((kind, number) => {
    const lines = nearLines(predicates, kind, NEAR, random);
    return packed(
      `near-${number}`,
      lines.map(({ text }) => text),
    );
  });
}

const foreign = existsSync(data) ? [data] : [];

test(
  "Elastic's rules over made-up events, events that are made for them, and logs of others",
  { skip },
  async (t) => {
    if (foreign.length === 0) t.diagnostic('there are no logs beside the repository');
    const inputs = [...madeUp(isLong ? 2000 : 600), ...near(), ...foreign];
    t.diagnostic(await compare('in a stream', 0.3, { inputs, rules, ignoreIndex: true, engine: LATE }));
    if (!isLong) return;
    t.diagnostic(await compare('where rules look', 0.3, { inputs, rules }));
    t.diagnostic(await compare('in runs', 0.3, { inputs, rules, engine: { mode: 'compat' } }));
  },
);
