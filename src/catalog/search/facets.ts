/** What statements can be sorted by. A facet is an entry here; the grammar, the counts and the help follow. */
import { globMatcher } from '../../data/glob.ts';
import { MANY } from '../../data/pattern.ts';
import { didYouMean } from '../../base/typo.ts';
import { isAbout } from '../attack/attack.ts';
import { actorClasses, dataSources, families, grades } from '../behaviour/model.ts';
import type { BehaviourReference, SourceRule, Statement } from '../model.ts';
import { origins, severities, sourceNames } from '../model.ts';

/** What a statement's values are made of. */
export interface FacetContext {
  readonly behaviours: ReadonlyMap<string, BehaviourReference>;
  readonly rules: ReadonlyMap<string, SourceRule>;
  /** Ids in the feed of the last change of the catalogue. */
  readonly changes: ReadonlyMap<string, 'new' | 'changed'>;
}

interface Facet {
  readonly doc: string;
  /** Absent: any value, `*` allowed. */
  readonly choices?: readonly string[];
  /** In lower case. */
  readonly values: (statement: Statement, context: FacetContext) => readonly string[];
  /** Unless given: equal, or fitting the pattern. */
  readonly matches?: (value: string, wanted: string) => boolean;
  /** Shown with counts. */
  readonly counted: boolean;
}

const HAS = ['profile', 'behaviour', 'verify', 'advice', 'history', 'alike', 'clause'] as const;
const IS = ['deprecated', 'new', 'changed', 'shared', 'ai', 'human', 'clause', 'text'] as const;

const gradesOf = ({ behaviours }: Statement, context: FacetContext): string[] =>
  behaviours.flatMap((id) => context.behaviours.get(id)?.grade ?? []);

const facets = {
  source: { doc: 'the rule set', choices: sourceNames, values: (s) => s.sources, counted: true },
  origin: {
    doc: 'where in the rule it was found',
    choices: origins,
    values: (s) => s.origins,
    counted: true,
  },
  data: { doc: 'what the rules read', choices: dataSources, values: (s) => s.data, counted: true },
  actor: { doc: 'who acts', choices: actorClasses, values: (s) => s.actors, counted: true },
  family: { doc: 'why it looks like an attack', choices: families, values: (s) => s.families, counted: true },
  tactic: { doc: 'ATT&CK tactic: `credential-access`', values: (s) => s.tactics, counted: true },
  tech: {
    doc: 'ATT&CK technique with its sub-techniques, old ids and new ones: `T1552`',
    values: (s) => s.techniques,
    matches: (value, wanted) => isAbout(value.toUpperCase(), wanted.toUpperCase()),
    counted: true,
  },
  severity: { doc: 'of its rules', choices: severities, values: (s) => s.severities, counted: true },
  has: { doc: 'what it comes with', choices: HAS, values: hasOf, counted: true },
  spoof: {
    doc: 'grade of its profile: A cannot be forged by whoever sends the request, D is a free text',
    choices: grades.map((grade) => grade.toLowerCase()),
    values: (s, context) => gradesOf(s, context).map((grade) => grade.toLowerCase()),
    counted: true,
  },
  is: { doc: 'its state', choices: IS, values: isOf, counted: true },
  behaviour: {
    doc: 'curated behaviour that gathers it: `BP-0012`',
    values: (s) => lower(s.behaviours),
    counted: false,
  },
  rule: { doc: 'id or name of a rule', values: ruleNames, counted: false },
  field: {
    doc: 'field that a clause reads: `user.name`, `process.*`',
    values: (s) => lower(s.fields),
    counted: false,
  },
  license: {
    doc: 'of its rules',
    values: (s, context) => ofRules(s, context, ({ license }) => [license]),
    counted: false,
  },
  author: {
    doc: 'of its rules',
    values: (s, context) => ofRules(s, context, ({ authors, teams }) => [...authors, ...teams]),
    counted: false,
  },
  id: { doc: 'its own id or an old one', values: (s) => lower([s.id, ...s.aliases]), counted: false },
} as const satisfies Readonly<Record<string, Facet>>;

export type FacetName = keyof typeof facets;

export const facetNames = Object.keys(facets) as readonly FacetName[];

export const facetTable: Readonly<Record<FacetName, Facet>> = facets;

export const isFacet = (name: string): name is FacetName => Object.hasOwn(facets, name);

const lower = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());

function ofRules(
  { rules }: Statement,
  context: FacetContext,
  of: (rule: SourceRule) => readonly string[],
): string[] {
  return [...new Set(rules.flatMap((key) => lower(of(context.rules.get(key) ?? NOTHING))))];
}

const NOTHING = { license: '', authors: [], teams: [] } as unknown as SourceRule;

function ruleNames(statement: Statement, context: FacetContext): string[] {
  return statement.rules.flatMap((key) =>
    lower([key, key.slice(key.indexOf(':') + 1), context.rules.get(key)?.name ?? '']),
  );
}

function hasOf(statement: Statement, context: FacetContext): string[] {
  const says = (role: string) => statement.sentences.some((sentence) => sentence.role === role);
  const has: Readonly<Record<(typeof HAS)[number], boolean>> = {
    profile: gradesOf(statement, context).length > 0,
    behaviour: statement.behaviours.length > 0,
    verify: says('verify'),
    advice: says('advice'),
    history: statement.history.length > 0,
    alike: statement.cluster !== undefined,
    clause: statement.kind === 'clause',
  };
  return HAS.filter((name) => has[name]);
}

function isOf(statement: Statement, context: FacetContext): string[] {
  const change = context.changes.get(statement.id);
  const isAi = statement.origins.every((origin) => origin === 'guide-ai');
  const is: Readonly<Record<(typeof IS)[number], boolean>> = {
    deprecated: statement.deprecated,
    new: change === 'new',
    changed: change === 'changed',
    shared: statement.rules.length > 1,
    ai: isAi,
    human: statement.kind === 'text' && !isAi,
    clause: statement.kind === 'clause',
    text: statement.kind === 'text',
  };
  return IS.filter((name) => is[name]);
}

/** Whether a value of a statement is what a filter, which is in lower case, asks for. */
export function fitter(facet: FacetName, wanted: string): (value: string) => boolean {
  const { matches = (value: string, other: string) => value === other } = facetTable[facet];
  if (!wanted.includes('*')) return (value) => matches(value, wanted);
  const fits = globMatcher(wanted.split(/(\*)/).map((part) => (part === '*' ? MANY : part)));
  return (value) => fits(value.toLowerCase());
}

/** Why a value can never be found; undefined when it can. */
export function valueProblem(
  facet: FacetName,
  wanted: string,
): { readonly message: string; readonly hint?: string } | undefined {
  const { choices } = facetTable[facet];
  if (choices === undefined || choices.some(fitter(facet, wanted))) return undefined;
  const hint = didYouMean(wanted, choices) ?? `one of ${choices.join(', ')}`;
  return { message: `"${facet}" is never "${wanted}"`, hint };
}
