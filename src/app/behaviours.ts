/** The shipped behaviours, and what their profiles say about a user's own events. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindBehaviours } from '../catalog/behaviour/bind.ts';
import type { ExplainedShare } from '../catalog/behaviour/explain.ts';
import { ExplanationTally } from '../catalog/behaviour/explain.ts';
import type { Behaviours } from '../catalog/behaviour/load.ts';
import { loadBehaviours } from '../catalog/behaviour/load.ts';
import { ProfileMatcher } from '../catalog/behaviour/match.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import { readInputs } from '../ingest/index.ts';
import type { IngestOptions } from '../ingest/types.ts';

/** Lies at the same place below `src` and below `dist`. */
const folder = fileURLToPath(new URL('../../content/behaviours', import.meta.url));

/** Every behaviour that Winnow ships; with a file of values, its profiles have those for their parameters. */
export async function shippedBehaviours(values?: string): Promise<Behaviours> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.toml')).sort();
  const files = names.map(async (name) => ({
    file: join(folder, name),
    text: await readFile(join(folder, name), 'utf8'),
  }));
  const shipped = loadBehaviours(await Promise.all(files));
  if (values === undefined) return shipped;
  const bound = bindBehaviours(shipped.behaviours, values, await readFile(values, 'utf8'));
  return { ...bound, diagnostics: [...shipped.diagnostics, ...bound.diagnostics] };
}

export interface ExplainedInputs extends ExplainedShare {
  /** How often a limit was met before a profile had decided about an event. */
  readonly undecided: number;
}

/**
 * Runs all profiles over all events of the inputs.
 * @throws InputNotFound for an input that names nothing
 */
export async function explainInputs(
  inputs: readonly string[],
  options: IngestOptions,
  behaviours: readonly Behaviour[],
): Promise<ExplainedInputs> {
  const matcher = new ProfileMatcher(behaviours);
  const tally = new ExplanationTally();
  for await (const { events } of readInputs(inputs, options))
    for (const { document, time } of events) tally.take(matcher.match(document, time ?? 0));
  return { ...tally.share(), undecided: matcher.undecided };
}
