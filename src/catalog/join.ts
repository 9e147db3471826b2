/** What is known to be benign about the alerts of a rule: for the alert document and the summary of a run. */
import type { Behaviour, DataSource, Grade } from './behaviour/model.ts';
import { isAbout } from './attack/attack.ts';
import { dataSourcesOf } from './harvest/data-sources.ts';
import type { Catalogue, Origin, SourceRule, Statement } from './model.ts';
import { normalised } from './text/words.ts';

/** What an alert tells about its rule. */
export interface AlertRule {
  readonly id: string;
  readonly name: string;
  /** ATT&CK ids, sub-techniques beside their techniques. */
  readonly techniques: readonly string[];
  /** Index patterns, packages, tags: whatever says what it reads. */
  readonly reads: readonly string[];
}

/** How a rule came to its explanations: it is the rule itself, one of the same name, or one about the same. */
export type Via = 'rule' | 'name' | 'technique';

export interface BenignExplanations {
  /** The most trustworthy first. */
  readonly statements: readonly JoinedStatement[];
  readonly behaviours: readonly JoinedBehaviour[];
}

export interface JoinedStatement {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
  readonly via: Exclude<Via, 'technique'>;
}

export interface JoinedBehaviour {
  readonly id: string;
  readonly title: string;
  /** Absent without an executable profile. */
  readonly grade?: Grade;
  readonly via: Via;
}

/**
 * A function from a rule to its explanations. Statements are those of the rule, by its id, else by its name. Behaviours
 * are those that gather one of these statements (via the rule or its name), then those about one of its techniques in
 * one of its data sources. Without a catalogue only the last are found. Asking again costs nothing.
 */
export function joinAlerts(
  behaviours: readonly Behaviour[],
  catalogue?: Pick<Catalogue, 'rules' | 'statements'>,
): (rule: AlertRule) => BenignExplanations {
  const byId = Map.groupBy(catalogue?.rules ?? [], ({ id }) => id);
  const byName = Map.groupBy(catalogue?.rules ?? [], ({ name }) => normalised(name));
  const statements = new Map(catalogue?.statements.map((one) => [one.id, one]));
  const known = new Map<string, BenignExplanations>();
  const join = (rule: AlertRule): BenignExplanations => {
    const own = byId.get(rule.id);
    const rules = own ?? byName.get(normalised(rule.name)) ?? [];
    const via = own === undefined ? 'name' : 'rule';
    const said = statementsOf(rules, statements);
    return {
      statements: said.map((one) => joined(one, rules, via)),
      behaviours: behavioursOf(rule, said, behaviours, via),
    };
  };
  return (rule) => {
    const answer = known.get(rule.id) ?? join(rule);
    known.set(rule.id, answer);
    return answer;
  };
}

/** In the order of the rules, which have what is told in their fields before the bullets of their guides. */
const statementsOf = (
  rules: readonly SourceRule[],
  statements: ReadonlyMap<string, Statement>,
): readonly Statement[] =>
  [...new Set(rules.flatMap((rule) => rule.statements))].flatMap((id) => statements.get(id) ?? []);

function joined(
  { id, title, occurrences, origins }: Statement,
  rules: readonly SourceRule[],
  via: JoinedStatement['via'],
): JoinedStatement {
  const keys = rules.map(({ key }) => key);
  const here = occurrences.find(({ rule }) => keys.includes(rule));
  return { id, title, origin: here?.origin ?? origins[0] ?? 'field', via };
}

function behavioursOf(
  rule: AlertRule,
  statements: readonly Statement[],
  behaviours: readonly Behaviour[],
  via: Via,
): JoinedBehaviour[] {
  const gathered = new Set(statements.flatMap((one) => one.behaviours));
  const data = dataSourcesOf(rule.reads);
  return behaviours.flatMap((behaviour) => {
    const named = gathered.has(behaviour.id) || behaviour.gathers.rules.includes(rule.id);
    if (!named && !isAboutTheSame(rule, data, behaviour)) return [];
    const { id, title, profile } = behaviour;
    const grade = profile === undefined ? {} : { grade: profile.grade };
    return [{ id, title, ...grade, via: named ? via : ('technique' as const) }];
  });
}

function isAboutTheSame(
  { techniques }: AlertRule,
  data: readonly DataSource[],
  behaviour: Behaviour,
): boolean {
  const isMistaken = techniques.some((id) => behaviour.techniques.some((wanted) => isAbout(id, wanted)));
  return isMistaken && data.some((source) => behaviour.dataSources.includes(source));
}
