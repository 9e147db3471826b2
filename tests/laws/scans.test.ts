/**
 * Whole scans say the same, byte for byte, whether records are judged from their bytes or decoded, and with any number of
 * threads: alerts, refusals and the summary. `npm test -- tests/laws/scans.test.ts` runs it over a part of Elastic's rules;
 * `WINNOW_LONG_TESTS=1` over all of them, in both modes, and with more events.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { eventLines } from '../../bench/events.ts';
import { scan } from '../../src/app/scan.ts';
import type { Evaluator, ScanListener, ScanOptions } from '../../src/app/types.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { Engine } from '../../src/engine/engine.ts';
import { makeSample } from '../../src/sample/index.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutConditions, checkoutFolder } from '../support/checkout.ts';
import { file, folder, ruleHead } from '../support/scan-files.ts';
import { seed } from './law.ts';
import { kinds, nearLines } from './near-lines.ts';
import { PLAIN, styles, written } from './odd.ts';
import { ecsRecord } from './records.ts';

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

test('many files of a few lines, one behind the other and at the same time', async (t) => {
  const short = join(folder, 'short');
  mkdirSync(short);
  const events = audits.slice(0, 1200);
  const COUNT = 300;
  // Every second file goes on with what the one before it left out, so that their times overlap.
  for (let i = 0; i < COUNT; i++) {
    const own = events.slice(8 * (i >> 1), 8 * (i >> 1) + 8).filter((_, at) => at % 2 === i % 2);
    writeFileSync(join(short, `${String(i).padStart(4, '0')}.log`), `${own.join('\n')}\n`);
  }
  const compared = { inputs: [short], rules: [] };
  t.diagnostic(await compare('short files', 0.8, { ...compared, engine: LATE }));
  t.diagnostic(await compare('short files in runs', 0.8, { ...compared, engine: { mode: 'compat' } }));
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

test('lines of container runtimes, some of them in parts', async (t) => {
  const wrap = (text: string, i: number): string[] => {
    const head = (tag: string) => `2026-03-02T09:05:43.${i}Z ${i % 5 === 0 ? 'stderr' : 'stdout'} ${tag} `;
    if (i % 90 !== 7) return [head('F') + text];
    const whole = [head('P') + text.slice(0, 300), head('F') + text.slice(300)];
    // Some wait for what never comes, while others go on.
    return i % 180 < 90 ? whole.slice(0, 1) : whole;
  };
  const inputs = [
    log('runtime-audit.log', audits.slice(0, 3000).flatMap(wrap)),
    packed('runtime-containers', containers.flatMap(wrap)),
  ];
  t.diagnostic(await compare('from runtimes', 0.6, { inputs, rules: [], engine: LATE }));
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

/** A rule of any type over what `oddLines` makes. */
const remembering = (id: number, name: string, keys: string): string => `${ruleHead}
${keys.includes('"esql"') ? '' : 'index = ["logs-*"]'}
name = "${name}"
risk_score = 47
rule_id = "00000000-0000-4000-8000-0000000001${String(id).padStart(2, '0')}"
severity = "medium"
interval = "5m"
from = "now-9m"
${keys}`;

const kuery = (type: string): string =>
  `type = "${type}"\nlanguage = "kuery"\nquery = "event.kind : * and not user.name : nobody"`;
const eql = (query: string): string => `type = "eql"\nlanguage = "eql"\nquery = """${query}"""`;
const threshold = (field: string, more: string): string =>
  `${kuery('threshold')}\n[rule.threshold]\nfield = [${field}]\nvalue = 3\n${more}`;

/** What each of them reads of its matches has all kinds of values. */
const rememberingRules: readonly string[] = [
  threshold('"process.args"', '[[rule.threshold.cardinality]]\nfield = "process.pid"\nvalue = 2'),
  `timestamp_override = "event.ingested"\n${threshold('"user.name", "process.pid"', '')}`,
  threshold('"process.parent.name"', '[rule.alert_suppression]\nduration = { value = 9, unit = "m" }'),
  threshold('', ''),
  `${kuery('new_terms')}\n[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ["source.ip", "process.parent.name"]
[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "now-10m"`,
  eql(
    'sequence by process.args with maxspan=2m [any where event.kind != null] [any where process.pid != null] until [any where user.name == "x"]',
  ),
  eql('sequence with maxspan=1m [any where true] by user.name [any where true] by related.user'),
  eql('sample by host.name [any where process.pid != null] [any where process.args != null]').replaceAll(
    'host.name',
    'process.parent.name',
  ),
  `type = "esql"\nlanguage = "esql"\nquery = """from logs-* metadata _id | where event.kind is not null
| stats n = count(*), a = values(process.args), p = max(process.pid), d = count_distinct(source.ip), i = values(_id) by user.name, process.parent.name
| where n > 2"""`,
  `type = "esql"\nlanguage = "esql"\nquery = """from logs-* | where process.pid > 6 | eval x = to_lower(user.name) | keep x, process.args"""`,
].map((keys, id) => remembering(id, `Remembering ${id}`, keys));

const ODD: readonly JsonValue[] = [
  'x',
  'y',
  'a longer text of some characters',
  'Grün',
  'quote"\n',
  '',
  '192.0.2.7',
  '2001:db8::1',
  7,
  8,
  -0.5,
  1e21,
  true,
  null,
  [],
  {},
  [['x'], 'y'],
  [{ name: 'x' }, { name: 'y' }],
  ['x', 'y'],
  ['y', 'x', 'x'],
  [7, '7', 8.5],
  ['Grün', 'x'],
  ['192.0.2.7', '192.0.2.8'],
  { name: 'x' },
];
const ODD_PATHS = [
  'user.name',
  'user.id',
  'process.args',
  'process.pid',
  'process.parent.name',
  'source.ip',
  'event.ingested',
];

function oddLines(count: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, number) => {
    const paths = ODD_PATHS.filter(() => random.chance(0.4));
    const values: JsonObject = Object.fromEntries(
      paths.map((path) => [path, random.chance(0.2) ? random.pick(ODD) : random.pick(['x', 'y'])]),
    );
    const dataset = { 'data_stream.dataset': 'kubernetes.audit_logs' };
    const record = random.pick(kinds.map(({ make }) => make))({ ...values, ...dataset }, number * 3);
    const text = written(
      record ?? ecsRecord(values, number * 3),
      random.chance(0.8) ? PLAIN : random.pick(styles),
      random,
    );
    return random.chance(0.3)
      ? text.replaceAll('"parent":{"name"', '"parent.name":"z","parent":{"name"')
      : text;
  });
}

test('rules with memory that read odd values', async (t) => {
  const path = join(folder, 'remembering');
  mkdirSync(path);
  rememberingRules.forEach((text, id) => writeFileSync(join(path, `${id}.toml`), text));
  const lines = oddLines(isLong ? 3000 : 800);
  // What one file teaches about fields is of use to the next.
  const inputs = Array.from({ length: 8 }, (_, part) =>
    log(
      `odd-${part}.log`,
      lines.filter((_, at) => at % 8 === part),
    ),
  );
  const options = { inputs, rules: [path] };
  const { text } = await said(withDefaults(options));
  for (const id of rememberingRules.keys())
    assert.ok(text.includes(`"ruleName":"Remembering ${id}"`), `rule ${id}`);
  t.diagnostic(await compare('at once', 0.2, options));
  t.diagnostic(await compare('with late events', 0.2, { ...options, engine: LATE }));
  if (isLong) t.diagnostic(await compare('in runs', 0.2, { ...options, engine: { mode: 'compat' } }));
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
