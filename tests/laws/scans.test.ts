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
import type { ScanListener, ScanOptions } from '../../src/app/types.ts';
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

/** Of the events, at least this share must be judged from bytes. */
async function compare(about: string, share: number, compared: Compared): Promise<string> {
  const options: ScanOptions = {
    ingest: { shape: 'auto', keepRequestReceived: false },
    filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
    ignoreIndex: false,
    ...compared,
  };
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

test('the shipped rules over the sample', async (t) => {
  const { audit, containers } = makeSample();
  const audits = audit.slice(0, isLong ? audit.length : 4000).map((event) => JSON.stringify(event));
  const inputs = [
    log('sample-audit.log', audits),
    packed(
      'containers',
      containers.map((event) => JSON.stringify(event)),
    ),
  ];
  t.diagnostic(await compare('in a stream', 0.8, { inputs, rules: [] }));
  if (!isLong) return;
  t.diagnostic(
    await compare('in runs', 0.8, { inputs, rules: [], ignoreIndex: true, engine: { mode: 'compat' } }),
  );
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

function near(count: number): string[] {
  const predicates = (conditions ?? []).map(({ where }) => where);
  const random = seededRandom(seed);
  return kinds.map((kind, number) => {
    const lines = nearLines(predicates, kind, count, random);
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
    const inputs = [...madeUp(isLong ? 10_000 : 600), ...near(isLong ? 5 : 2), ...foreign];
    t.diagnostic(await compare('in a stream', 0.3, { inputs, rules, ignoreIndex: true }));
    if (!isLong) return;
    t.diagnostic(await compare('where rules look', 0.3, { inputs, rules }));
    t.diagnostic(await compare('in runs', 0.3, { inputs, rules, engine: { mode: 'compat' } }));
  },
);
