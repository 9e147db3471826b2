/** What a scan reads besides the events: indicators of threats, and older events that teach it what is known. */
import { readInputsByTime } from '../ingest/index.ts';
import { readIndicators } from '../ingest/read-indicators.ts';
import type { Batch, IngestOptions, Refusal } from '../ingest/types.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { BesideSummary } from '../model/summary.ts';

type Refused = (refusal: Refusal) => void;

export interface ReadIndicators {
  readonly indicators: readonly EventEnvelope[];
  readonly summary: BesideSummary;
}

/** @throws InputNotFound for a file that does not exist */
export async function indicatorsOf(inputs: readonly string[], refused: Refused): Promise<ReadIndicators> {
  const indicators: EventEnvelope[] = [];
  const tally = new BesideTally('indicators', refused);
  for await (const batch of readIndicators(inputs)) {
    tally.batch(batch);
    for (const event of batch.events) indicators.push(event);
  }
  return { indicators, summary: tally.summary() };
}

/** Hands the events of older files over, in order of time. Throws InputNotFound for a file that does not exist. */
export async function readHistory(
  inputs: readonly string[],
  ingest: IngestOptions,
  learn: (event: EventEnvelope) => void,
  refused: Refused = () => undefined,
): Promise<BesideSummary> {
  const tally = new BesideTally('history', refused);
  for await (const batch of readInputsByTime(inputs, ingest)) {
    tally.batch(batch);
    for (const event of batch.events) learn(event);
  }
  return tally.summary();
}

class BesideTally {
  readonly #what: BesideSummary['what'];
  readonly #refused: Refused;
  readonly #files = new Set<string>();
  readonly #counts = { records: 0, used: 0, refused: 0 };
  #from = Infinity;
  #to = -Infinity;

  constructor(what: BesideSummary['what'], refused: Refused) {
    this.#what = what;
    this.#refused = refused;
  }

  batch({ file, records, events, refusals }: Batch): void {
    this.#files.add(file);
    this.#counts.records += records;
    this.#counts.used += events.length;
    this.#counts.refused += refusals.length;
    for (const refusal of refusals) this.#refused(refusal);
    for (const { time } of events) {
      if (time === undefined) continue;
      this.#from = Math.min(this.#from, time);
      this.#to = Math.max(this.#to, time);
    }
  }

  summary(): BesideSummary {
    const span = this.#from > this.#to ? {} : { span: { from: this.#from, to: this.#to } };
    return { what: this.#what, files: this.#files.size, ...this.#counts, ...span };
  }
}
