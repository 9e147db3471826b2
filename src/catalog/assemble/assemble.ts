/** Checkouts, behaviours and the last catalogue to a new one. Pure: the same input gives the same bytes. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { attack, technique } from '../attack/attack.ts';
import { gatherer } from '../behaviour/gather.ts';
import type { Behaviour } from '../behaviour/model.ts';
import { dataSources } from '../behaviour/model.ts';
import { clusters } from '../cluster/cluster.ts';
import type { HarvestedCheckout } from '../harvest/checkout.ts';
import { sourceOf } from '../harvest/checkout.ts';
import type { Identity } from '../identity/identify.ts';
import { identify } from '../identity/identify.ts';
import type {
  BehaviourReference,
  Catalogue,
  Checkout,
  Cluster,
  LogicSpan,
  Quality,
  SourceRule,
  Statement,
} from '../model.ts';
import { CATALOGUE_SCHEMA, origins, severities, sourceNames } from '../model.ts';
import { licenseOfRule } from '../harvest/license.ts';
import { optional } from '../harvest/values.ts';
import { actorsIn, familiesIn } from '../text/classify.ts';
import { slugOf } from '../text/title.ts';
import { countAll } from './counts.ts';
import type { Draft, Gathered } from './gather.ts';
import { gather } from './gather.ts';
import type { KeyedRule } from './rules.ts';
import { keyRules } from './rules.ts';

export interface BuildInput {
  readonly checkouts: readonly HarvestedCheckout[];
  readonly behaviours: readonly Behaviour[];
  /** The catalogue that this one follows, if any. */
  readonly past?: Catalogue | undefined;
}

export interface Built {
  readonly catalogue: Catalogue;
  readonly diagnostics: readonly Diagnostic[];
}

export function buildCatalogue({ checkouts, behaviours, past }: BuildInput): Built {
  const keyed = keyRules(checkouts);
  const gathered = gather(keyed.rules);
  const today = latestDay(keyed.rules, past?.as_of);
  const { drafts } = gathered;
  const candidates = drafts.map((draft) => ({ ...draft, rules: draft.from.map(({ key }) => key) }));
  const identified = identify(candidates, past, today);
  const behavioursOf = gatherer(behaviours);
  const plain = drafts
    .map((draft, index) => statement(draft, identified.identities[index], behavioursOf))
    .toSorted(byId);
  const groups = clusters(leadersFirst(plain)).map(cluster).toSorted(byId);
  const statements = withClusters(plain, groups);
  const idOf = new Map(drafts.map((draft, index) => [draft, identified.identities[index]?.id ?? '']));
  const catalogue: Catalogue = {
    schema: CATALOGUE_SCHEMA,
    as_of: today,
    attack,
    counts: countAll(keyed.rules, gathered),
    checkouts: checkouts
      .map(checkout)
      .toSorted((a, b) => compare(a.source, b.source) || compare(a.name, b.name)),
    behaviours: behaviours.map((behaviour) => reference(behaviour, statements)),
    statements,
    rules: keyed.rules.map((rule) => sourceRule(rule, gathered, idOf)),
    clusters: groups,
    tombstones: identified.tombstones,
    changes: [...(past?.changes ?? []), ...identified.changes],
  };
  return { catalogue, diagnostics: [...keyed.diagnostics, ...missingSources(catalogue, past)] };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compare(a.id, b.id);

/** The catalogue's date: it never goes back, and never comes from a clock. */
function latestDay(rules: readonly KeyedRule[], past = '1970-01-01'): string {
  return rules.reduce((latest, { updated = '' }) => (updated > latest ? updated : latest), past);
}

const inOrderOf = <T>(order: readonly T[], all: Iterable<T>): T[] => {
  const given = new Set(all);
  return order.filter((one) => given.has(one));
};

const each = <T>(rules: readonly KeyedRule[], of: (rule: KeyedRule) => readonly T[]): T[] => [
  ...new Set(rules.flatMap(of)),
];

function statement(
  draft: Draft,
  identity: Identity | undefined,
  behavioursOf: ReturnType<typeof gatherer>,
): Statement {
  if (identity === undefined) throw new Error(`"${draft.title}" has no id.`);
  const { kind, text, title, sentences, occurrences, from, fields } = draft;
  const { id, ...past } = identity;
  const data = inOrderOf(
    dataSources,
    each(from, (rule) => rule.data),
  );
  const techniques = each(from, (rule) => rule.techniques.map((one) => one.id)).toSorted();
  const words = kind === 'text' ? text : title;
  return {
    id,
    slug: slugOf(title),
    kind,
    title,
    text,
    sentences,
    occurrences,
    origins: inOrderOf(
      origins,
      occurrences.map(({ origin }) => origin),
    ),
    sources: inOrderOf(
      sourceNames,
      from.map(({ source }) => source),
    ),
    rules: from.map(({ key }) => key),
    techniques,
    tactics: each(from, tacticsOf).toSorted(),
    data,
    severities: inOrderOf(
      severities,
      each(from, ({ severity }) => (severity === undefined ? [] : [severity])),
    ),
    actors: actorsIn(words),
    families: familiesIn(words),
    fields: [...fields].toSorted(),
    deprecated: from.every(({ status }) => status !== 'active'),
    behaviours: behavioursOf({ text, rules: from.map((rule) => rule.id), techniques, dataSources: data }),
    ...past,
  };
}

/** The rule's own, and those of its techniques where it names none. */
function tacticsOf({ tactics, techniques }: KeyedRule): readonly string[] {
  return tactics.length > 0 ? tactics : [...new Set(techniques.flatMap(({ id }) => technique(id).tactics))];
}

/** What many rules say, in people's own words, leads what few say. */
const leadersFirst = (statements: readonly Statement[]): Statement[] =>
  statements
    .filter(({ kind }) => kind === 'text')
    .toSorted(
      (a, b) =>
        Number(a.origins[0] === 'guide-ai') - Number(b.origins[0] === 'guide-ai') ||
        b.rules.length - a.rules.length ||
        compare(a.first_seen, b.first_seen) ||
        byId(a, b),
    );

const cluster = (members: readonly Statement[]): Cluster => ({
  id: members[0]?.id ?? '',
  title: members[0]?.title ?? '',
  members: members.map(({ id }) => id),
});

function withClusters(statements: readonly Statement[], groups: readonly Cluster[]): Statement[] {
  const groupOf = new Map(
    groups.flatMap(({ id, members }) => members.map((member) => [member, id] as const)),
  );
  return statements.map((one) => {
    const group = groupOf.get(one.id);
    return group === undefined ? one : { ...one, cluster: group };
  });
}

function sourceRule(
  rule: KeyedRule,
  { junk, draftOf }: Gathered,
  idOf: ReadonlyMap<Draft, string>,
): SourceRule {
  const id = (found: KeyedRule['findings'][number]): string | undefined => {
    const draft = draftOf.get(found);
    return draft === undefined ? undefined : idOf.get(draft);
  };
  const { findings, techniques } = rule;
  const exclusions = findings.flatMap((found): LogicSpan[] => {
    const of = id(found);
    return found.span === undefined || of === undefined ? [] : [{ ...found.span, statement: of }];
  });
  return {
    key: rule.key,
    source: rule.source,
    id: rule.id,
    name: rule.name,
    description: rule.description,
    authors: rule.authors,
    teams: rule.teams,
    license: rule.license,
    status: rule.status,
    maturity: rule.maturity,
    set: rule.set,
    path: rule.path,
    ...optional('url', urlOf(rule)),
    ...optional('commit', rule.commit),
    ...optional('severity', rule.severity),
    type: rule.type,
    language: rule.language,
    logic: rule.logic,
    data: rule.data,
    tags: rule.tags,
    references: rule.references,
    ...optional('created', rule.created),
    ...optional('updated', rule.updated),
    techniques: techniques.map((one) => technique(one.id, one.name)),
    tactics: tacticsOf(rule),
    exclusions,
    quality: qualityOf(rule, junk.get(rule)?.length ?? 0),
    junk: junk.get(rule) ?? [],
    statements: [...new Set(findings.flatMap((found) => id(found) ?? []))],
  };
}

function qualityOf({ findings, field }: KeyedRule, junk: number): Quality {
  const has = (...names: readonly string[]) => findings.some(({ origin }) => names.includes(origin));
  if (has('inline-exclusion', 'named-filter', 'known-fp-list')) return 'executable';
  if (field.length > junk) return 'text';
  if (has('guide', 'guide-ai')) return 'guide';
  return junk > 0 ? 'junk' : 'none';
}

/** Where publishers keep their rules, and the branch to show when the commit is not known. */
const publishers: Readonly<
  Partial<Record<SourceRule['source'], readonly [repository: string, branch: string]>>
> = {
  elastic: ['https://github.com/elastic/detection-rules', 'main'],
  sigma: ['https://github.com/SigmaHQ/sigma', 'master'],
  splunk: ['https://github.com/splunk/security_content', 'develop'],
};

/** Undefined where nothing tells which folder of the publisher's repository the file is in. */
function urlOf({ source, commit, path, set, within }: KeyedRule): string | undefined {
  const [repository, branch] = publishers[source] ?? [];
  if (repository === undefined) return undefined;
  const parts = path.split('/');
  const inside = parts.includes(set) ? parts.slice(parts.indexOf(set)) : [...within, ...parts];
  if (inside[0] !== set) return undefined;
  return `${repository}/blob/${commit ?? branch}/${inside.map(encodeURIComponent).join('/')}`;
}

const checkout = ({ name, commit, license, rules, leftOut, refused }: HarvestedCheckout): Checkout => ({
  name,
  source: sourceOf(rules),
  ...(commit === undefined ? {} : { commit }),
  license: license === 'unknown' ? commonLicense(rules) : license,
  rules: rules.length,
  left_out: leftOut,
  refused,
});

/** Of a folder without a licence file: what most of its rules say. */
function commonLicense(rules: HarvestedCheckout['rules']): string {
  const byLicense = Map.groupBy(rules, ({ license }) => licenseOfRule(license));
  const [most] = [...byLicense].toSorted(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? 'unknown';
}

function reference(behaviour: Behaviour, statements: readonly Statement[]): BehaviourReference {
  const { id, title, actor, families, techniques, dataSources: data, profile } = behaviour;
  return {
    id,
    title,
    actor,
    families,
    techniques,
    data,
    ...(profile === undefined ? {} : { grade: profile.grade }),
    statements: statements.filter((one) => one.behaviours.includes(id)).map((one) => one.id),
  };
}

function missingSources({ checkouts }: Catalogue, past: Catalogue | undefined): Diagnostic[] {
  const given = new Set(checkouts.map(({ source }) => source));
  const before = new Set((past?.checkouts ?? []).map(({ source }) => source));
  return [...before]
    .filter((source) => !given.has(source))
    .map((source) => diagnostic('CAT009', `the last catalogue also had rules of ${source}`));
}
