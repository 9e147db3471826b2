/** The catalogue as pages need it: looked up by id, grouped by what the pages are about. */
import { technique } from '../attack/attack.ts';
import type { Behaviour } from '../behaviour/model.ts';
import type { Catalogue, Cluster, SourceRule, Statement } from '../model.ts';
import type { PagePath } from './paths.ts';
import { rulePaths } from './paths.ts';

export interface SiteInput {
  readonly catalogue: Catalogue;
  /** All of them, with their texts and profiles; the catalogue only refers to them. */
  readonly behaviours: readonly Behaviour[];
}

export interface SiteContext extends SiteInput {
  readonly statements: ReadonlyMap<string, Statement>;
  readonly rules: ReadonlyMap<string, SourceRule>;
  readonly rulePath: ReadonlyMap<string, PagePath>;
  readonly behaviour: ReadonlyMap<string, Behaviour>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** By technique id; a parent has what its sub-techniques have. */
  readonly byTechnique: ReadonlyMap<string, TechniqueEntry>;
}

export interface TechniqueEntry {
  readonly id: string;
  readonly statements: readonly Statement[];
  readonly rules: readonly SourceRule[];
  readonly behaviours: readonly Behaviour[];
}

export function siteContext(input: SiteInput): SiteContext {
  const { catalogue, behaviours } = input;
  const statements = catalogue.statements.toSorted(byRank);
  return {
    ...input,
    statements: new Map(statements.map((one) => [one.id, one])),
    rules: new Map(catalogue.rules.map((one) => [one.key, one])),
    rulePath: rulePaths(catalogue.rules),
    behaviour: new Map(behaviours.map((one) => [one.id, one])),
    clusters: new Map(catalogue.clusters.map((one) => [one.id, one])),
    byTechnique: techniqueEntries(statements, catalogue.rules, behaviours),
  };
}

/** `T1552.001` belongs to its parent too, and an id that is gone to the one in force. */
const withParents = (ids: readonly string[]): string[] => [
  ...new Set(ids.flatMap((id) => [id, id.split('.')[0] ?? id])),
];

function techniqueEntries(
  statements: readonly Statement[],
  rules: readonly SourceRule[],
  behaviours: readonly Behaviour[],
): ReadonlyMap<string, TechniqueEntry> {
  const entries = new Map<
    string,
    { statements: Statement[]; rules: SourceRule[]; behaviours: Behaviour[] }
  >();
  const entry = (id: string) => {
    const known = entries.get(id) ?? { statements: [], rules: [], behaviours: [] };
    entries.set(id, known);
    return known;
  };
  for (const one of statements) for (const id of withParents(one.techniques)) entry(id).statements.push(one);
  for (const one of rules)
    for (const id of withParents(one.techniques.map((own) => own.id))) entry(id).rules.push(one);
  for (const one of behaviours) for (const id of withParents(one.techniques)) entry(id).behaviours.push(one);
  const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([id, own]) => [id, { id, ...own }]));
}

export type Voice = 'people' | 'condition' | 'machine';

/** Who speaks: people, a condition that can be executed, or a guide that says that a machine wrote it. */
export function voiceOf({ kind, origins }: Statement): Voice {
  if (kind === 'clause') return 'condition';
  return origins.every((origin) => origin === 'guide-ai') ? 'machine' : 'people';
}

const voices: readonly Voice[] = ['people', 'condition', 'machine'];

/** People's words first, then what most rules say; what only deprecated rules say comes last of its kind. */
function byRank(a: Statement, b: Statement): number {
  return (
    voices.indexOf(voiceOf(a)) - voices.indexOf(voiceOf(b)) ||
    Number(a.deprecated) - Number(b.deprecated) ||
    b.rules.length - a.rules.length ||
    (a.id < b.id ? -1 : 1)
  );
}

/** The statements with these ids, in the order of their rank. */
export function ranked(context: SiteContext, ids: readonly string[]): readonly Statement[] {
  return ids.flatMap((id) => context.statements.get(id) ?? []).toSorted(byRank);
}

/** Tactics of a technique: its own, else those of its parent or of what replaces it. */
export function tacticsOf(id: string): readonly string[] {
  const own = technique(id);
  if (own.tactics.length > 0) return own.tactics;
  const parent = technique(id.split('.')[0] ?? id);
  return parent.tactics.length > 0 || own.now === undefined ? parent.tactics : technique(own.now.id).tactics;
}
