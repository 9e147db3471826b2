/** Benign behaviours: those that Winnow ships, and a user's own, with the values of the site for their profiles. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { source } from '../base/source.ts';
import { bindBehaviours } from '../catalog/behaviour/bind.ts';
import type { BehaviourFile, Behaviours } from '../catalog/behaviour/load.ts';
import { loadBehaviours } from '../catalog/behaviour/load.ts';
import { ProfileMatcher } from '../catalog/behaviour/match.ts';
import type { Behaviour, ProfileCase } from '../catalog/behaviour/model.ts';
import type { JsonObject } from '../data/document.ts';
import { Repeats } from '../ingest/normalise/repeats.ts';
import { FileContent } from '../ingest/read-file.ts';
import { RulePathError } from '../rules/load/files.ts';
import { nodeRuleFiles } from './rule-files.ts';

/** Lies at the same place below `src` and below `dist`. */
const folder = fileURLToPath(new URL('../../content/behaviours', import.meta.url));

/** Every behaviour that Winnow ships. */
export const shippedBehaviours = (): Behaviours => loadBehaviours(shippedFiles());

function shippedFiles(): BehaviourFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.toml'));
  return names
    .sort()
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
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
  const loaded = loadBehaviours([...shippedFiles(), ...own.files]);
  const names = new Set(own.files.map(({ file }) => file));
  const wrong = loaded.behaviours.filter(({ file }) => names.has(file)).flatMap(wrongCases);
  const bound = site.values === undefined ? loaded : await boundTo(loaded.behaviours, site.values);
  const found = new Set([...own.diagnostics, ...loaded.diagnostics, ...wrong, ...bound.diagnostics]);
  const diagnostics = [...found];
  return diagnostics.some(({ severity }) => severity === 'error')
    ? failure(...diagnostics)
    : success(bound.behaviours, diagnostics);
}

async function boundTo(behaviours: readonly Behaviour[], file: string): Promise<Behaviours> {
  if (!existsSync(file)) throw new RulePathError(diagnostic('RULE007', `there is no file "${file}"`));
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
  const empty = paths.filter((_, position) => listings[position]?.files.length === 0);
  return [
    ...texts,
    ...listings.flatMap(({ diagnostics }) => diagnostics.map((one) => failure(one))),
    ...empty.map((path) => failure(diagnostic('BHV026', `there is no behaviour in "${path}"`))),
  ];
}

/** Of a site's own profile, the events that it should match and does not, and those that it should not and does (BHV025). */
function wrongCases(behaviour: Behaviour): Diagnostic[] {
  const { profile, file } = behaviour;
  if (profile === undefined) return [];
  const matcher = new ProfileMatcher([behaviour]);
  const wrong = (cases: readonly ProfileCase[], wanted: boolean): Diagnostic[] =>
    cases.flatMap(({ name, record, line }) => {
      const documents = documentsOf(file, record);
      const fits = documents.some((document) => matcher.match(document, 0).length > 0);
      if (documents.length > 0 && fits === wanted) return [];
      const what = documents.length === 0 ? 'is not read as an event' : `is ${fits ? '' : 'not '}matched`;
      return [diagnostic('BHV025', `"${name}" ${what}`, { source: source(`${file}:${line}`, '') })];
    });
  return [...wrong(profile.matches, true), ...wrong(profile.differs, false)];
}

/** A record as a scan would read it. */
function documentsOf(file: string, record: JsonObject): JsonObject[] {
  const content = new FileContent(file, { shape: 'auto', keepRequestReceived: false }, new Repeats());
  const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
  content.push(bytes);
  content.end();
  return content.collector.take(file, bytes.length, bytes.length).events.map(({ document }) => document);
}
