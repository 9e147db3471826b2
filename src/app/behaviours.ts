/** Benign behaviours: those that Winnow ships, and a user's own, with the values of the site for their profiles. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { bindBehaviours } from '../catalog/behaviour/bind.ts';
import type { BehaviourFile, Behaviours } from '../catalog/behaviour/load.ts';
import { loadBehaviours } from '../catalog/behaviour/load.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import { nodeRuleFiles } from './rule-files.ts';

/** Lies at the same place below `src` and below `dist`. */
const folder = fileURLToPath(new URL('../../content/behaviours', import.meta.url));

/** Every behaviour that Winnow ships. */
export const shippedBehaviours = async (): Promise<Behaviours> => loadBehaviours(await shippedFiles());

async function shippedFiles(): Promise<BehaviourFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.toml')).sort();
  return Promise.all(
    names.map(async (name) => ({
      file: join(folder, name),
      text: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

/** What a site adds: paths of files or folders of behaviours, and a file of values for the parameters of profiles. */
export interface SiteBehaviours {
  readonly behaviours?: readonly string[];
  readonly values?: string | undefined;
}

/**
 * The shipped behaviours with what the site adds. Fails with every mistake in the site's files: with defaults in the place of
 * values that were meant, profiles would explain what they must not. Throws `RulePathError` for paths that do not exist.
 */
export async function behavioursFor(site: SiteBehaviours): Promise<Result<readonly Behaviour[]>> {
  const own = await ownFiles(site.behaviours ?? []);
  const loaded = loadBehaviours([...(await shippedFiles()), ...own.files]);
  const bound = site.values === undefined ? loaded : await boundTo(loaded.behaviours, site.values);
  const found = new Set([...own.diagnostics, ...loaded.diagnostics, ...bound.diagnostics]);
  const diagnostics = [...found];
  return diagnostics.some(({ severity }) => severity === 'error')
    ? failure(...diagnostics)
    : success(bound.behaviours, diagnostics);
}

async function boundTo(behaviours: readonly Behaviour[], file: string): Promise<Behaviours> {
  const text = await nodeRuleFiles.read(file);
  return text.ok
    ? bindBehaviours(behaviours, file, text.value)
    : { behaviours, diagnostics: text.diagnostics };
}

async function ownFiles(paths: readonly string[]): Promise<{
  readonly files: readonly BehaviourFile[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const texts = await textsBelow(paths);
  return {
    files: texts.flatMap((text) => (text.ok ? [text.value] : [])),
    diagnostics: texts.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function textsBelow(paths: readonly string[]): Promise<Result<BehaviourFile>[]> {
  const listings = await Promise.all(paths.map((path) => nodeRuleFiles.list(path)));
  const listed = listings.flatMap(({ files }) => files);
  const texts = await Promise.all(
    listed.map(async ({ file }): Promise<Result<BehaviourFile>> => {
      const text = await nodeRuleFiles.read(file);
      return text.ok ? success({ file, text: text.value }) : text;
    }),
  );
  return [...texts, ...listings.flatMap(({ diagnostics }) => diagnostics.map((one) => failure(one)))];
}
