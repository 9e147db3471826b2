/** A scan from rules and files to alerts and a summary: the composition of loading, reading and the engine. */
import { existsSync } from 'node:fs';
import { findInputs, inputReading, readInputs, readInputsByTime } from '../ingest/index.ts';
import type { ReadingOptions } from '../ingest/types.ts';
import { isIdle } from '../model/event.ts';
import type { BesideSummary } from '../model/summary.ts';
import { withInputs } from '../rules/load/inputs.ts';
import { AlertsFileError } from '../store/alerts-file.ts';
import { indicatorsOf } from './beside.ts';
import { totalSize } from './input-tally.ts';
import { Slices, until, untilRoom, withIdle } from './interruptible.ts';
import { IDLE_MILLISECONDS } from './keeper.ts';
import { queryInputs } from './query-inputs.ts';
import type { Prepared } from './run.ts';
import { Run } from './run.ts';
import { rulesFor } from './rules.ts';
import { readingFor, threadsFor } from './ahead/pool.ts';
import type { Scan, ScanListener, ScanOptions } from './types.ts';

export const scan: Scan = async (options, listener, signal) => {
  const started = performance.now();
  const { files } = await findInputs(inputsOf(options), signal);
  const expected = { files: files.length, bytes: totalSize(files) };
  const threads = threadsFor(options, expected.bytes);
  try {
    const run = await prepare(options, listener, expected);
    try {
      await readAll(run, options, readingFor(run, options, threads, expected.bytes), signal);
      const wait = (): Promise<void> | undefined => untilRoom(run.room, signal);
      return await run.end(performance.now() - started, signal.aborted, wait);
    } finally {
      run.close();
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
};

async function readAll(
  run: Run,
  options: ScanOptions,
  reading: ReadingOptions,
  signal: AbortSignal,
): Promise<void> {
  await run.begin();
  const slices = new Slices(signal, run.room);
  const read = run.needsOrder ? readInputsByTime : readInputs;
  // Hours of reading would not show more than that.
  const batches = read(run.hasRules ? inputsOf(options) : [], reading);
  const kept = options.state === undefined ? batches : withIdle(batches, IDLE_MILLISECONDS, () => run.idle());
  for await (const batch of until(signal, kept)) {
    run.open(batch);
    if (!(await slices.each(batch.events, (arrival) => run.take(arrival)))) break;
    // Rules may remember some of them, and what they were read from is used again.
    for (const arrival of batch.events) if (!isIdle(arrival)) arrival.settle?.();
    run.progress(batch);
  }
}

/** Everything that can be wrong with what was given is known before the first event. */
async function prepare(
  options: ScanOptions,
  listener: ScanListener,
  expected: Prepared['expected'],
): Promise<Run> {
  if (options.history !== undefined) await findInputs(options.history);
  await refuseInput(options);
  const { indicators, beside } = await besideOf(options, listener);
  const { inputs: queries, shapes, completion } = await queryInputs(options.queries ?? {});
  const rules = withInputs(await rulesFor(options.rules, options.filter, { ...options, shapes }), {
    indicators: indicators.length > 0,
    anomalies: (options.anomalies ?? []).length > 0,
    completion: completion !== undefined,
  });
  listener.rulesLoaded?.(rules);
  return new Run({
    rules,
    options,
    listener,
    inputs: { indicators, queries },
    ...(completion === undefined ? {} : { completion }),
    beside,
    expected,
  });
}

/** What is read, now or by the next scan of the same inputs, is never written to. */
async function refuseInput(options: ScanOptions): Promise<void> {
  const { alerts } = options;
  const input = alerts && (await inputReading(alerts, inputsOf(options)));
  if (alerts === undefined || input === undefined) return;
  const why = existsSync(alerts)
    ? 'it is one of the files to scan'
    : `the next scan of "${input}" would read it as a log`;
  throw new AlertsFileError(alerts, why, 'write it to a folder that is not scanned');
}

/** Anomalies are events like others. */
const inputsOf = ({ inputs, anomalies = [] }: ScanOptions): readonly string[] => [...inputs, ...anomalies];

async function besideOf({ indicators = [] }: ScanOptions, listener: ScanListener) {
  const beside: BesideSummary[] = [];
  if (indicators.length === 0) return { indicators: [], beside };
  const read = await indicatorsOf(indicators, (refusal) => listener.refused?.(refusal));
  beside.push(read.summary);
  return { indicators: read.indicators, beside };
}
