/**
 * Indicators of threats: documents in ECS form in any file that events are read from, or a table whose first row names
 * their fields. A file may be given with the index that its documents stand for.
 */
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import type { JsonValue } from '../data/document.ts';
import { isObject } from '../data/document.ts';
import type { EventEnvelope } from '../model/event.ts';
import { Collector } from './collector.ts';
import { csvRows } from './decode/csv.ts';
import { readInputs } from './index.ts';
import { digestOf } from './normalise/key.ts';
import { timeOf } from './normalise/time.ts';
import { findInputs } from './source/inputs.ts';
import type { Batch } from './types.ts';

interface IndicatorInput {
  readonly input: string;
  /** Undefined: what the documents say themselves, or every index. */
  readonly index: string | undefined;
}

/** `logs-ti_feed=feed.ndjson` names the index before the file; a file of just that name is taken as it stands. */
function indicatorInput(text: string): IndicatorInput {
  const [, index, input] = /^([^=/\\]+)=(.+)$/s.exec(text) ?? [];
  if (input === undefined || existsSync(text)) return { input: text, index: undefined };
  return { input, index };
}

/**
 * Indicators are no events: they come in any order, and repeats do no harm.
 * @throws InputNotFound for an input that names nothing
 */
export async function* readIndicators(inputs: readonly string[]): AsyncGenerator<Batch> {
  for (const { input, index } of inputs.map(indicatorInput)) {
    const { files } = await findInputs([input]);
    const tables = files.filter(({ name }) => /\.csv$/i.test(name)).map(({ name }) => name);
    const others = files.map(({ name }) => name).filter((name) => !tables.includes(name));
    for (const table of tables) yield placed(await readTable(table), index);
    if (others.length === 0) continue;
    for await (const batch of readInputs(
      others.map((name) => (name === '<stdin>' ? '-' : name)),
      { shape: 'auto', keepRequestReceived: false },
    ))
      yield placed(batch, index);
  }
}

function placed(batch: Batch, index: string | undefined): Batch {
  if (index === undefined) return batch;
  const events = batch.events.map(({ key, time, document, origin }) => ({
    key,
    time,
    document: { ...document, _index: index },
    origin,
  }));
  return { ...batch, events };
}

async function readTable(name: string): Promise<Batch> {
  const collector = new Collector();
  const text = await readFile(name, 'utf8').catch((error: Error) => {
    collector.refuse('INP002', { file: name }, `the file cannot be read: ${error.message}`, '');
    return '';
  });
  const [head, ...rows] = csvRows(text);
  for (const { line, cells } of rows) {
    collector.shape('csv', 1);
    collector.event(indicator(head?.cells ?? [], cells, { file: name, line }));
  }
  return collector.take(name, Buffer.byteLength(text), Buffer.byteLength(text));
}

function indicator(
  fields: readonly string[],
  cells: readonly string[],
  origin: EventEnvelope['origin'],
): EventEnvelope {
  const document: Open = {};
  fields.forEach((field, at) => put(document, field.trim().split('.'), cells[at] ?? ''));
  return {
    key: digestOf(JSON.stringify(document)),
    time: timeOf(document['@timestamp']),
    document,
    origin,
  };
}

type Open = Record<string, JsonValue | undefined>;

/** An empty cell is a missing field. */
function put(document: Open, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  if (value === '' || name === '') return;
  if (rest.length === 0) {
    document[name] = value;
    return;
  }
  const inner = document[name];
  const object: Open = isObject(inner) ? { ...inner } : {};
  document[name] = object;
  put(object, rest, value);
}
