/**
 * Whole scans of a file with one thread and with two, in turns, by the clock on the wall: what waits costs too. Loading rules
 * is left out. Two cores that other programs use show nothing; so does a machine that has only one.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan } from '../../src/app/scan.ts';
import type { ScanListener, ScanOptions } from '../../src/app/types.ts';
import { eventLines } from '../events.ts';
import { row } from '../measure.ts';
import { sizeOf } from '../size.ts';

const { events: EVENTS, rounds: ROUNDS } = sizeOf(100_000);

export async function benchThreads(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  try {
    console.log(
      `threads: scans of ${EVENTS.toLocaleString('en')} events with the shipped rules of high severity, ${availableParallelism()} cores; thousand events a second, median (least–most) of ${ROUNDS} rounds`,
    );
    console.log(row(['events', 'one thread', 'two threads', 'two ÷ one']));
    for (const kind of ['raw', 'linux'] as const) await compare(folder, kind);
    console.log('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(folder: string, kind: 'raw' | 'linux'): Promise<void> {
  const file = join(folder, `${kind}.ndjson`);
  const lines = eventLines(kind, EVENTS);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  const speeds: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const threads of [1, 2] as const) {
      const speed = await eventsPerSecond(file, threads);
      // The first round warms up.
      if (round > 0) speeds[threads - 1]?.push(speed);
    }
  }
  const [one, two] = speeds.map((values) => values.sort((a, b) => a - b));
  const gain = (median(two) / median(one)).toFixed(2);
  console.log(row([kind === 'raw' ? 'audit' : 'Linux processes', said(one), said(two), gain]));
}

async function eventsPerSecond(file: string, threads: number): Promise<number> {
  const options: ScanOptions = {
    inputs: [file],
    ingest: { shape: 'auto', keepRequestReceived: false },
    rules: [],
    filter: { rules: [], tags: [], severity: 'high', deprecated: false, buildingBlocks: false },
    ignoreIndex: false,
    evaluator: 'bytes',
    threads,
  };
  // From the first piece on: rules are loaded and threads have begun then.
  let began: number | undefined;
  let before = 0;
  const listener: ScanListener = {
    progress: ({ events }) => {
      if (began !== undefined) return;
      began = performance.now();
      before = events;
    },
  };
  const { input } = await scan(options, listener, new AbortController().signal);
  return ((input.events - before) / (performance.now() - (began ?? NaN))) * 1000;
}

const median = (sorted: readonly number[] = []): number => sorted[sorted.length >> 1] ?? NaN;

const said = (sorted: readonly number[] = []): string =>
  [median(sorted), sorted[0] ?? NaN, sorted.at(-1) ?? NaN]
    .map((speed) => (speed / 1000).toFixed(0))
    .join(' ')
    .replace(/ (\S+) (\S+)$/, ' ($1–$2)');
