/** What the alerts of a run have in common, rule by rule, in memory that does not grow with their number. */
import type { Alert, Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { Explanation, KnownBenign } from '../../model/benign.ts';
import { isExplained } from '../../model/benign.ts';
import type { AlertGroup, AlertSummary } from '../../model/summary.ts';
import type { Rule } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { CountedValues } from './distinct.ts';
import { DistinctCounter, byText } from './distinct.ts';
import type { CountedExplained } from './explained.ts';
import { ExplainedTally } from './explained.ts';
import type { Counted, Counter, RuleOf } from './tallies.ts';
import { idOf } from './tallies.ts';

const SHOWN = 5;

interface Group {
  readonly rule: LoadedRule;
  readonly actors: DistinctCounter;
  readonly unexplainedActors: DistinctCounter;
  readonly targets: DistinctCounter;
  readonly explained: ExplainedTally;
  example: string;
  severity: Severity;
  riskScore: number;
  count: number;
  first: number | undefined;
  last: number | undefined;
}

interface CountedAlerts {
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly total: number;
  readonly buildingBlocks: number;
  readonly sequenceParts: number;
  readonly leads: number;
  readonly explained: CountedExplained;
}

interface CountedGroup extends Pick<Group, 'example' | 'severity' | 'riskScore' | 'count'> {
  readonly rule: string;
  readonly actors: CountedValues;
  readonly targets: CountedValues;
  readonly unexplainedActors: CountedValues;
  readonly explained: CountedExplained;
  readonly first: number | null;
  readonly last: number | null;
}

export class AlertTally implements Counter {
  readonly #about: (rule: LoadedRule) => KnownBenign;
  readonly #explained = new ExplainedTally();
  readonly #groups = new Map<LoadedRule, Group>();
  readonly #bySeverity: Record<Severity, number> = { low: 0, medium: 0, high: 0, critical: 0 };
  #total = 0;
  #buildingBlocks = 0;
  #leads = 0;
  #sequenceParts = 0;

  /** `about` says what is known to be benign about a rule. */
  constructor(about: (rule: LoadedRule) => KnownBenign) {
    this.#about = about;
  }

  get total(): number {
    return this.#total;
  }

  /** Alerts about one event of a sequence. */
  get sequenceParts(): number {
    return this.#sequenceParts;
  }

  /** A sequence is one alert, however many stand beside it. */
  add(rule: LoadedRule, alert: Alert): void {
    if (alert.group?.index !== undefined) {
      this.#sequenceParts++;
      return;
    }
    this.#total++;
    this.#bySeverity[alert.severity]++;
    if (alert.buildingBlock) this.#buildingBlocks++;
    if (alert.lead === true) this.#leads++;
    const group = this.#groups.get(rule) ?? newGroup(rule, alert);
    this.#groups.set(rule, group);
    count(group, alert);
    this.#explained.take(explainersOf(alert));
  }

  counted(): Counted {
    const values: CountedAlerts = {
      bySeverity: this.#bySeverity,
      total: this.#total,
      buildingBlocks: this.#buildingBlocks,
      sequenceParts: this.#sequenceParts,
      leads: this.#leads,
      explained: this.#explained.counted(),
    };
    return { values, list: [...this.#groups.values()].map(countedGroup) };
  }

  restore({ values, list = [] }: Counted, ruleOf: RuleOf): void {
    const { bySeverity, total, buildingBlocks, sequenceParts, leads, explained } = values as CountedAlerts;
    this.#leads = leads;
    this.#explained.restore(explained);
    Object.assign(this.#bySeverity, bySeverity);
    this.#total = total;
    this.#buildingBlocks = buildingBlocks;
    this.#sequenceParts = sequenceParts;
    for (const one of list as readonly CountedGroup[]) {
      const rule = ruleOf(one.rule);
      if (rule !== undefined) this.#groups.set(rule, groupOf(rule, one));
    }
  }

  summary(): Pick<AlertSummary, 'total' | 'bySeverity' | 'buildingBlocks' | 'leads' | 'explained'> {
    return {
      total: this.#total,
      bySeverity: { ...this.#bySeverity },
      buildingBlocks: this.#buildingBlocks,
      explained: this.#explained.share(),
      ...(this.#leads === 0 ? {} : { leads: this.#leads }),
    };
  }

  /** Those with unexplained alerts first, then the most severe, then by risk score, number of alerts and name. */
  groups(): AlertGroup[] {
    return [...this.#groups.values()]
      .map((group) => groupSummary(group, this.#about(group.rule)))
      .sort(byWeight);
  }
}

/** The profiles that explain all of the alert. */
const explainersOf = ({ explanations = [] }: Alert): readonly Explanation[] =>
  explanations.filter(({ whole }) => whole);

const countedGroup = ({ rule, actors, targets, first, last, ...group }: Group): CountedGroup => ({
  ...group,
  unexplainedActors: group.unexplainedActors.counted(),
  explained: group.explained.counted(),
  rule: idOf(rule),
  actors: actors.counted(),
  targets: targets.counted(),
  first: first ?? null,
  last: last ?? null,
});

const groupOf = (rule: LoadedRule, { actors, targets, first, last, ...group }: CountedGroup): Group => ({
  ...group,
  unexplainedActors: new DistinctCounter().restore(group.unexplainedActors),
  explained: new ExplainedTally().restore(group.explained),
  rule,
  actors: new DistinctCounter().restore(actors),
  targets: new DistinctCounter().restore(targets),
  first: first ?? undefined,
  last: last ?? undefined,
});

const newGroup = (rule: LoadedRule, { severity, riskScore, reason }: Alert): Group => ({
  rule,
  example: reason,
  actors: new DistinctCounter(),
  unexplainedActors: new DistinctCounter(),
  targets: new DistinctCounter(),
  explained: new ExplainedTally(),
  severity,
  riskScore,
  count: 0,
  first: undefined,
  last: undefined,
});

function count(group: Group, alert: Alert): void {
  const { entity, severity, riskScore, time } = alert;
  group.count++;
  group.explained.take(explainersOf(alert));
  if (!isExplained(alert.explanations)) {
    if (group.unexplainedActors.size === 0) group.example = alert.reason;
    group.unexplainedActors.add(entity.actor);
  }
  group.actors.add(entity.actor);
  if (entity.target !== '') group.targets.add(entity.target);
  if (rank(severity) > rank(group.severity)) group.severity = severity;
  group.riskScore = Math.max(group.riskScore, riskScore);
  if (time === undefined) return;
  group.first = Math.min(group.first ?? time, time);
  group.last = Math.max(group.last ?? time, time);
}

const groupSummary = (group: Group, benign: KnownBenign): AlertGroup => ({
  ruleId: group.rule.document.rule.rule_id,
  ruleName: group.rule.document.rule.name,
  severity: group.severity,
  riskScore: group.riskScore,
  count: group.count,
  first: group.first,
  last: group.last,
  actors: group.actors.top(SHOWN),
  actorCount: group.actors.size,
  actorsOver: group.actors.over,
  targets: group.targets.top(SHOWN),
  targetCount: group.targets.size,
  targetsOver: group.targets.over,
  unexplainedActors: group.unexplainedActors.top(SHOWN),
  example: group.example,
  benign,
  explained: group.explained.share(),
  techniques: techniquesOf(group.rule.document.rule),
});

/** Techniques and, where a rule names them, their sub-techniques instead; each once, in the rule's order. */
function techniquesOf({ threat = [] }: Rule): AlertGroup['techniques'] {
  const named = threat
    .flatMap(({ technique }) => technique)
    .flatMap((technique) => (technique.subtechnique.length === 0 ? [technique] : technique.subtechnique));
  return [...new Map(named.map(({ id, name }) => [id, { id, name }])).values()];
}

const rank = (severity: Severity): number => severities.indexOf(severity);

const isAllExplained = ({ count: alerts, explained }: AlertGroup): boolean => explained.explained === alerts;

const byWeight = (a: AlertGroup, b: AlertGroup): number =>
  Number(isAllExplained(a)) - Number(isAllExplained(b)) ||
  rank(b.severity) - rank(a.severity) ||
  b.riskScore - a.riskScore ||
  b.count - a.count ||
  byText(a.ruleName, b.ruleName) ||
  byText(a.ruleId, b.ruleId);
