/**
 * Whole scans as a user runs them: a file of audit events as the API server writes them, through Elastic's rules for
 * Kubernetes and through the shipped ones, to lines of JSON. Beside it JSON.parse of the same lines alone. Loading rules is
 * not in the figures; one further scan under the profiler says where the time goes.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBenign } from '../../src/app/benign.ts';
import { scan } from '../../src/app/scan.ts';
import type { BenignKnowledge } from '../../src/app/types.ts';
import type { Alert } from '../../src/model/alert.ts';
import { alertText } from '../../src/model/alert-parts.ts';
import { checkoutFolder } from '../../tests/support/checkout.ts';
import type { EventKind } from '../events.ts';
import { eventLines } from '../events.ts';
import { row } from '../measure.ts';
import { sizeOf } from '../size.ts';
import type { Stages } from '../stages.ts';
import { profiled } from '../stages.ts';

const { events: EVENTS, rounds: ROUNDS } = sizeOf(20_000, 3);

const elastic = join(checkoutFolder, 'rules');

/** The innermost file on the stack says whose time it is: what all stages use counts for who asked. */
const stages: Stages = {
  reading: /\/src\/ingest\//,
  conditions: /\/src\/(exec\/(index|compile|interpret)|engine\/(matcher|detector|questions|route))/,
  queries:
    /\/src\/(exec\/pipeline|func\/esql|engine\/state\/(query|pane|keyed|examples)|engine\/strategy\/esql)/,
  memory: /\/src\/engine\/(clock|state|strategy)\//,
  alerts: /\/src\/(engine\/(alert|suppress|request-stages|detection)|catalog)/,
  counting: /\/src\/(engine\/tally|app\/input-tally)/,
  writing: /\/src\/(base\/safe-json|model\/alert-text)/,
};

interface Lane {
  readonly name: string;
  readonly kind: EventKind;
  /** Undefined for the shipped rules. */
  readonly rules?: string;
}

export async function benchWhole(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  const benign = await openBenign({});
  if (!benign.ok) throw new Error('the shipped behaviours cannot be read');
  try {
    console.log(`whole scans of ${EVENTS.toLocaleString('en')} events; µs of processor time an event`);
    console.log(row(['rules, events', 'JSON.parse', 'scan', '÷ JSON.parse', 'events/s', 'alerts'], 34, 13));
    for (const lane of lanes()) await measureLane(lane, folder, benign.value);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lanes(): Lane[] {
  const shipped: Lane = { name: 'shipped', kind: 'raw' };
  if (!existsSync(elastic)) return [shipped];
  return [
    { name: "Elastic's for Kubernetes", kind: 'raw', rules: join(elastic, 'integrations', 'kubernetes') },
    shipped,
    { name: 'all of Elastic’s', kind: 'raw', rules: elastic },
    { name: 'all of Elastic’s', kind: 'linux', rules: elastic },
  ];
}

async function measureLane(lane: Lane, folder: string, benign: BenignKnowledge): Promise<void> {
  const lines = eventLines(lane.kind, EVENTS);
  const [file, none] = [join(folder, 'events.ndjson'), join(folder, 'none.ndjson')];
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(none, '');
  const run = (input: string, begin?: () => void) => scanned(input, lane, { benign, begin });
  const [parse, whole]: [number[], number[]] = [[], []];
  let alerts = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const costs = [await time(async () => lines.forEach((line) => JSON.parse(line)))];
    for (const input of [none, file]) costs.push(await time(async () => (alerts = await run(input))));
    if (round === 0) continue;
    parse.push((costs[0] ?? NaN) / EVENTS);
    whole.push(((costs[2] ?? NaN) - (costs[1] ?? NaN)) / EVENTS);
  }
  report(lane, median(parse), median(whole), alerts);
  const { shares } = await profiled(stages, (begin) => run(file, begin));
  console.log(`  ${shareText(shares)}`);
}

/** How many alerts there were. */
async function scanned(
  file: string,
  { rules }: Lane,
  { benign, begin }: { readonly benign: BenignKnowledge; readonly begin: (() => void) | undefined },
): Promise<number> {
  const options = {
    inputs: [file],
    ingest: { shape: 'auto', keepRequestReceived: false } as const,
    rules: rules === undefined ? [] : [rules],
    filter: { rules: [], tags: [], deprecated: false, buildingBlocks: false },
    benign,
    ignoreIndex: false,
    engine: { lateness: 60_000 },
  };
  let alerts = 0;
  const told = (alert: Alert): void => {
    alerts += Math.sign(alertText(alert).length);
  };
  await scan(options, { alert: told, rulesLoaded: () => begin?.() }, new AbortController().signal);
  return alerts;
}

/** Microseconds for which this thread had the processor. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const report = ({ name, kind }: Lane, parse: number, whole: number, alerts: number): void =>
  console.log(
    row(
      [
        `${name}, ${kind}`,
        parse.toFixed(1),
        whole.toFixed(1),
        (parse / whole).toFixed(2),
        Math.round(1e6 / whole).toLocaleString('en'),
        String(alerts),
      ],
      34,
      13,
    ),
  );

const shareText = (shares: ReadonlyMap<string, number>): string =>
  [...shares]
    .toSorted(([, a], [, b]) => b - a)
    .map(([stage, share]) => `${stage} ${(100 * share).toFixed(0)} %`)
    .join(', ');
