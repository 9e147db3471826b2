/** What the alerts of a run have in common, rule by rule, in memory that does not grow with their number. */
import type { Alert, Severity } from '../../model/alert.ts';
import { severities } from '../../model/alert.ts';
import type { AlertGroup, AlertSummary } from '../../model/summary.ts';
import type { Rule } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { DistinctCounter, byText } from './distinct.ts';

const SHOWN = 5;

interface Group {
  readonly rule: LoadedRule;
  readonly example: string;
  readonly actors: DistinctCounter;
  readonly targets: DistinctCounter;
  severity: Severity;
  riskScore: number;
  count: number;
  first: number | undefined;
  last: number | undefined;
}

export class AlertTally {
  readonly #groups = new Map<LoadedRule, Group>();
  readonly #bySeverity: Record<Severity, number> = { low: 0, medium: 0, high: 0, critical: 0 };
  #total = 0;
  #buildingBlocks = 0;
  #leads = 0;
  #sequenceParts = 0;

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
  }

  summary(): Pick<AlertSummary, 'total' | 'bySeverity' | 'buildingBlocks' | 'leads'> {
    return {
      total: this.#total,
      bySeverity: { ...this.#bySeverity },
      buildingBlocks: this.#buildingBlocks,
      ...(this.#leads === 0 ? {} : { leads: this.#leads }),
    };
  }

  /** The most severe first, then by risk score, number of alerts and name. */
  groups(): AlertGroup[] {
    return [...this.#groups.values()].map(groupSummary).sort(byWeight);
  }
}

const newGroup = (rule: LoadedRule, { severity, riskScore, reason }: Alert): Group => ({
  rule,
  example: reason,
  actors: new DistinctCounter(),
  targets: new DistinctCounter(),
  severity,
  riskScore,
  count: 0,
  first: undefined,
  last: undefined,
});

function count(group: Group, { entity, severity, riskScore, time }: Alert): void {
  group.count++;
  group.actors.add(entity.actor);
  if (entity.target !== '') group.targets.add(entity.target);
  if (rank(severity) > rank(group.severity)) group.severity = severity;
  group.riskScore = Math.max(group.riskScore, riskScore);
  if (time === undefined) return;
  group.first = Math.min(group.first ?? time, time);
  group.last = Math.max(group.last ?? time, time);
}

const groupSummary = (group: Group): AlertGroup => ({
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
  example: group.example,
  falsePositives: group.rule.document.rule.false_positives ?? [],
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

const byWeight = (a: AlertGroup, b: AlertGroup): number =>
  rank(b.severity) - rank(a.severity) ||
  b.riskScore - a.riskScore ||
  b.count - a.count ||
  byText(a.ruleName, b.ruleName) ||
  byText(a.ruleId, b.ruleId);
