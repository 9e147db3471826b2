/** The way in: files, patterns, folders or standard input to batches of events. */
import { Collector } from './collector.ts';
import { Repeats } from './normalise/repeats.ts';
import { readFile } from './read-file.ts';
import { findInputs } from './source/inputs.ts';
import type { Batch, IngestOptions, ReadInputs } from './types.ts';

export { findInputs, InputNotFound } from './source/inputs.ts';

/**
 * Reads every input once, file after file, in the order given; what a folder or a pattern holds is sorted by name.
 * Whatever is wrong with a file or a record is told in the batches and never ends the run.
 * @throws InputNotFound before the first batch, for an input that names nothing
 */
export const readInputs: ReadInputs = async function* (
  inputs: readonly string[],
  options: IngestOptions,
): AsyncGenerator<Batch> {
  const { files, passedOver } = await findInputs(inputs);
  const repeats = new Repeats();
  for (const file of files) yield* readFile(file, options, repeats);
  const last = files.at(-1);
  if (last === undefined || passedOver.size === 0) return;
  const collector = new Collector();
  for (const [reason, count] of passedOver) collector.passOver(reason, count);
  yield collector.take(last.name, last.size ?? 0, last.size);
};
