/** MITRE ATT&CK's names and tactics, and what replaces ids that are gone. */
import type { Technique } from '../model.ts';
import { added, alsoRenamed } from './later.ts';
import { attribution, renamed, revoked, tactics, techniques, version } from './table.generated.ts';

export const attack = { version, attribution };

const rows = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));

interface Entry {
  readonly name: string;
  readonly tactics: readonly string[];
}

const byId = new Map<string, Entry>(
  rows(techniques).map(([id = '', at = '', ...name]) => [
    id,
    { name: name.join(' '), tactics: at === '-' ? [] : at.split(',') },
  ]),
);
const tacticNames = new Map(rows(tactics).map(([short = '', ...name]) => [short, name.join(' ')]));
const successors = new Map(rows(revoked).map(([id = '', now = '']) => [id, now]));
const later = new Map(
  [...rows(renamed), ...rows(alsoRenamed)].map(([id = '', now = '', ...name]) => [
    id,
    { id: now, name: name.join(' ') },
  ]),
);
const laterNames = new Map([
  ...[...later.values()].map(({ id, name }) => [id, name] as const),
  ...rows(added).map(([id = '', ...name]) => [id, name.join(' ')] as const),
]);
/** What a later id was called before: rule sets move to a new version of ATT&CK at different times. */
const formerly = Map.groupBy(later, ([, { id }]) => id);

/** `credential-access` is "Credential Access"; a tactic of a later version gets capitals. */
export const tacticName = (short: string): string =>
  tacticNames.get(short) ??
  short.replace(/(^|-)(\w)/g, (_, dash, letter) => `${dash === '' ? '' : ' '}${letter.toUpperCase()}`);

/** Short names of all tactics, in ATT&CK's order. */
export const tacticOrder: readonly string[] = [...tacticNames.keys()];

/** What is known of an id; `name` is the rule's own, for ids that the table does not have. */
export function technique(id: string, name?: string): Technique {
  const known = byId.get(id);
  const now = successorOf(id);
  return {
    id,
    name: known?.name ?? laterNames.get(id) ?? name ?? id,
    tactics: known?.tactics ?? formerTactics(id),
    ...(now === undefined ? {} : { now }),
  };
}

/** An id of a later version stands where the ids stood that it replaces. */
const formerTactics = (id: string): readonly string[] => [
  ...new Set((formerly.get(id) ?? []).flatMap(([old]) => byId.get(old)?.tactics ?? [])),
];

/** Whether the table, or the list of later names, has a name for it. */
export const isNamed = (id: string): boolean => byId.has(id) || laterNames.has(id);

/** The id in force, however often it was replaced. */
function successorOf(id: string): Technique['now'] {
  const next = successors.get(id);
  if (next !== undefined) return successorOf(next) ?? { id: next, name: byId.get(next)?.name ?? next };
  return later.get(id);
}

/** `T1562, now T1685`; the id alone when nothing replaces it. */
export const techniqueLabel = ({ id, now }: Technique): string =>
  now === undefined ? id : `${id}, now ${now.id}`;

/**
 * The ids that a search for this one means: itself, its sub-techniques (a rule that has `T1562.001` is about `T1562`),
 * and what either replaces or is replaced by.
 */
export function isAbout(id: string, wanted: string): boolean {
  const names = [id, successorOf(id)?.id, ...(formerly.get(id) ?? []).map(([old]) => old)];
  return names.some((name) => name !== undefined && (name === wanted || name.startsWith(`${wanted}.`)));
}
