/** The way in: files, patterns, folders or standard input to batches of events. */
import type { Arrival } from '../model/event.ts';
import { Collector } from './collector.ts';
import { Repeats } from './normalise/repeats.ts';
import { SHARED_CHUNK_BYTES } from './limits.ts';
import type { TimedSource } from './merge.ts';
import { mergeByTime } from './merge.ts';
import { beginningOf, readFile } from './read-file.ts';
import type { InputFile, Inputs } from './source/inputs.ts';
import { findInputs } from './source/inputs.ts';
import type { Batch, ReadingOptions, ReadInputs } from './types.ts';

export { inputReading } from './source/input-reading.ts';
export { findInputs, InputNotFound } from './source/inputs.ts';

/**
 * Reads every input once, file after file, in the order given; what a folder or a pattern holds is sorted by name.
 * Whatever is wrong with a file or a record is told in the batches and never ends the run.
 * @throws InputNotFound before the first batch, for an input that names nothing
 */
export const readInputs = inOrderGiven as ReadInputs;

async function* inOrderGiven(
  inputs: readonly string[],
  options: ReadingOptions,
): AsyncGenerator<Batch<Arrival>> {
  const found = await findInputs(inputs);
  const repeats = new Repeats(totalSize(found));
  for (const file of found.files) yield* readFile(file, options, repeats);
  yield* passedOver(found);
}

/**
 * The same, with the events of all files in the order of their times as far as the order within each file has it: for
 * rules that ask what came before. Files are looked into first, to know when each begins.
 * @throws InputNotFound before the first batch, for an input that names nothing
 */
export const readInputsByTime = inOrderOfTime as ReadInputs;

async function* inOrderOfTime(
  inputs: readonly string[],
  options: ReadingOptions,
): AsyncGenerator<Batch<Arrival>> {
  const found = await findInputs(inputs);
  const repeats = new Repeats(totalSize(found));
  const read = (file: InputFile) => () => readFile(file, options, repeats, SHARED_CHUNK_BYTES);
  const [only, ...others] = found.files;
  if (only !== undefined && others.length === 0) {
    yield* readFile(only, options, repeats);
  } else {
    const sources: TimedSource[] = [];
    for (const file of found.files)
      sources.push({ name: file.name, begins: await beginningOf(file, options), read: read(file) });
    yield* mergeByTime(sources);
  }
  yield* passedOver(found);
}

/** Bytes of what has a size. */
const totalSize = ({ files }: Inputs): number => files.reduce((sum, { size = 0 }) => sum + size, 0);

/** What folders hold besides logs, told with the last file. */
function* passedOver({ files, passedOver: reasons }: Inputs): Generator<Batch> {
  const last = files.at(-1);
  if (last === undefined || reasons.size === 0) return;
  const collector = new Collector();
  for (const [reason, count] of reasons) collector.passOver(reason, count);
  yield collector.take(last.name, last.size ?? 0, last.size);
}
