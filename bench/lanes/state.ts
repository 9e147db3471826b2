/**
 * A made-up day through every rule of a checkout in stream mode, on one core: does it end, what does it hold in memory,
 * and what did it have to forget? The day is measured at its half too: twice the events must not take twice the memory.
 */
import { existsSync } from 'node:fs';
import { nodeRuleFiles } from '../../src/app/rule-files.ts';
import { replayPorts } from '../../src/app/ports.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { StateSummary } from '../../src/model/summary.ts';
import { withInputs } from '../../src/rules/load/inputs.ts';
import { loadRules } from '../../src/rules/load/load.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';
import type { Random } from '../../src/sample/random.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutFolder } from '../../tests/support/checkout.ts';
import { madeEvent } from '../events.ts';
import { sizeOf } from '../size.ts';

const EVENTS = sizeOf(100_000).events;
const DAY = 86_400_000;
const START = Date.UTC(2026, 1, 3);
const LATENESS = 60_000;
/** Documents that are made once; each comes many times, at other times, on other hosts and of other processes. */
const DIFFERENT = 20_000;
const HOSTS = 40;
const REPORTS = 20;

export async function benchState(): Promise<void> {
  if (!existsSync(checkoutFolder)) {
    console.log('state: no checkout of rules beside the repository, nothing to run\n');
    return;
  }
  const rules = await runnableRules();
  console.log(
    `state: ${EVENTS.toLocaleString('en')} events of one day, ${rules.length} rules (${kinds(rules)})`,
  );
  const engine = new Engine(
    rules,
    {
      mode: 'stream',
      lateness: LATENESS,
      matcher: indexingMatcher,
      ignoreIndex: false,
      inputs: { indicators },
    },
    replayPorts,
  );
  run(engine);
}

async function runnableRules(): Promise<LoadedRule[]> {
  const loaded = await loadRules([checkoutFolder], nodeRuleFiles, { deprecated: true });
  const { rules } = withInputs(loaded, { indicators: true, anomalies: true, completion: false });
  return rules.filter(({ status }) => status.runnable);
}

const kinds = (rules: readonly LoadedRule[]): string =>
  [...Map.groupBy(rules, ({ document }) => document.rule.type)]
    .map(([type, of]) => `${type} ${of.length}`)
    .join(', ');

const indicators: readonly EventEnvelope[] = Array.from({ length: 1000 }, (_, i) => ({
  key: `indicator-${i}`,
  time: START,
  document: {
    '@timestamp': new Date(START).toISOString(),
    event: { category: ['threat'], dataset: 'ti_made.up', kind: 'enrichment' },
    threat: { indicator: { type: 'ipv4-addr', ip: `198.51.${i >> 8}.${i & 255}` } },
  },
  origin: { file: 'indicators', line: i + 1 },
}));

/** What the engine says that it remembers. */
type Told = Pick<StateSummary, 'remembered' | 'largest' | 'evictions'>;

interface Measured {
  readonly told: Told;

  readonly events: number;
  readonly alerts: number;
  /** Megabytes in use after a collection, the largest so far; and of the whole process. */
  readonly held: number;
  /** In use before the collection: what a look at the heap from outside shows. */
  readonly dirty: number;
  readonly resident: number;
  readonly seconds: number;
  /** Throughput of JSON.parse and the engine, compared with JSON.parse alone. */
  readonly ofParse: number;
}

function run(engine: Engine): void {
  const random = seededRandom(2026);
  const lines = Array.from({ length: DIFFERENT }, (_, i) => JSON.stringify(documentOf(random, i)));
  let [alerts, held, milliseconds, parsing] = [0, 0, 0, 0];
  const before = heldMegabytes();
  const each = EVENTS / REPORTS;
  console.log(
    row(['events', 'events/s', '÷ JSON.parse', 'alerts', 'held MB', 'told MB', 'heap MB', 'resident MB']),
  );
  const reports: Measured[] = [];
  for (let i = 0; i < EVENTS; i++) {
    const line = lines[random.between(0, DIFFERENT - 1)] ?? '{}';
    const began = performance.now();
    JSON.parse(line);
    parsing += performance.now() - began;
    const event = eventAt(line, i, random);
    const parsed = performance.now();
    alerts += engine.take(event).length;
    milliseconds += performance.now() - parsed;
    if ((i + 1) % each !== 0) continue;
    const dirty = process.memoryUsage().heapUsed / 1e6;
    held = Math.max(held, heldMegabytes() - before);
    const resident = process.memoryUsage.rss() / 1e6;
    const told = engine.summary().state;
    const times = { seconds: milliseconds / 1000, ofParse: parsing / (parsing + milliseconds) };
    reports.push({ events: i + 1, alerts, held, dirty, resident, told, ...times });
    if (((i + 1) / each) % 5 === 0) report(reports.at(-1) as Measured);
  }
  const began = performance.now();
  alerts += engine.end().length;
  console.log(`end of input: ${((performance.now() - began) / 1000).toFixed(1)} s, ${alerts} alerts in all`);
  compareHalves(reports);
  summarise(engine);
}

/** What is still in use when nothing unused is left. */
function heldMegabytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const report = ({ events, alerts, held, told, dirty, resident, seconds, ofParse }: Measured): void =>
  console.log(
    row([
      events.toLocaleString('en'),
      Math.round(events / seconds).toLocaleString('en'),
      ofParse.toFixed(3),
      String(alerts),
      held.toFixed(0),
      megabytes(told).toFixed(0),
      dirty.toFixed(0),
      resident.toFixed(0),
    ]),
  );

const megabytes = ({ remembered }: Told): number =>
  remembered.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;

function compareHalves(reports: readonly Measured[]): void {
  const [half, whole] = [reports[reports.length / 2 - 1], reports.at(-1)];
  if (half === undefined || whole === undefined) return;
  console.log(
    `peak of what is held: ${half.held.toFixed(0)} MB after half, ${whole.held.toFixed(0)} MB after all ` +
      `(× ${(whole.held / half.held).toFixed(2)} for × 2 events); most of the process: ` +
      `${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB`,
  );
  for (const { told, events } of [half, whole]) {
    console.log(`remembered after ${events.toLocaleString('en')}: ${megabytes(told).toFixed(1)} MB`);
    for (const { what, count, bytes } of told.remembered)
      console.log(`  ${what} ${count.toLocaleString('en')} (${(bytes / 1e6).toFixed(2)} MB)`);
    for (const { rule, bytes } of told.largest) console.log(`    ${(bytes / 1e6).toFixed(2)} MB  ${rule}`);
  }
}

function summarise(engine: Engine): void {
  const { state } = engine.summary();
  const counts = (all: readonly { readonly what: string; readonly count: number }[]): string =>
    all.map(({ what, count }) => `${what} ${count.toLocaleString('en')}`).join(', ') || 'none';
  console.log(`evictions: ${counts(state.evictions)}`);
  for (const { what, rules } of state.evictions) console.log(`  ${what}: ${rules.slice(0, 5).join('; ')}`);
  console.log(`late ${state.late}, learning rules ${state.learning.length}\n`);
}

/** Half of them audit events, the others of processes, files and connections. */
function documentOf(random: Random, i: number): object {
  if (random.chance(0.5)) return madeEvent('audit', random, i);
  const process = madeEvent('linux', random, i) as JsonObject;
  return random.chance(0.6) ? process : { ...process, ...random.pick([fileOf, connectionOf])(random) };
}

const fileOf = (random: Random): object => ({
  event: {
    category: ['file'],
    type: [random.pick(['creation', 'change', 'deletion'])],
    action: random.pick(['creation', 'rename', 'open', 'deletion']),
    dataset: 'endpoint.events.file',
  },
  data_stream: { type: 'logs', dataset: 'endpoint.events.file', namespace: 'default' },
  file: {
    name: `file-${random.between(0, 99)}`,
    path: `${random.pick(['/tmp', '/etc/cron.d', '/usr/bin', '/home/app/.ssh', '/dev/shm'])}/file-${random.between(0, 99)}`,
    extension: random.pick(['sh', 'py', 'so', 'conf']),
  },
});

const connectionOf = (random: Random): object => ({
  event: {
    category: ['network'],
    type: ['start'],
    action: random.pick(['connection_attempted', 'connection_accepted']),
    dataset: 'endpoint.events.network',
  },
  data_stream: { type: 'logs', dataset: 'endpoint.events.network', namespace: 'default' },
  destination: {
    ip: `198.51.${random.between(0, 9)}.${random.between(0, 255)}`,
    port: random.pick([22, 53, 443, 4444]),
  },
  source: { ip: `10.0.0.${random.between(1, 254)}`, port: random.between(1024, 65535) },
});

interface Open {
  '@timestamp': string;
  host?: { id: string; name: string };
  process?: { entity_id: string; parent: { entity_id: string } };
}

/** Processes are children of recent ones on the same few hosts, so that sequences find partners. */
function eventAt(line: string, i: number, random: Random): EventEnvelope {
  const document = JSON.parse(line) as Open;
  const time = START + Math.floor((i * DAY) / EVENTS) - random.between(0, 2000);
  document['@timestamp'] = new Date(time).toISOString();
  const host = i % HOSTS;
  if (document.host !== undefined) Object.assign(document.host, { id: `id-${host}`, name: `host-${host}` });
  if (document.process !== undefined) {
    document.process.entity_id = `process-${i - HOSTS * random.between(0, 3)}`;
    document.process.parent.entity_id = `process-${i - HOSTS * random.between(1, 20)}`;
  }
  return {
    key: `event-${i}`,
    time,
    document: document as unknown as JsonObject,
    origin: { file: 'day', line: i + 1 },
  };
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join('');
