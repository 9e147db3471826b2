/** A loaded rule as reports and lists show it: the one place of the command line that reads rule documents. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { BenignKnowledge } from '../app/types.ts';
import type { Severity } from '../model/alert.ts';
import type { KnownBenign } from '../model/benign.ts';
import type { Threat } from '../rules/format/schema.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';

export interface RuleView {
  readonly ruleId: string;
  readonly name: string;
  readonly type: string;
  /** Absent for rules without a query. */
  readonly language: string | undefined;
  readonly severity: Severity;
  readonly riskScore: number;
  readonly file: string;
  readonly runnable: boolean;
  /** Why it does not run: short and stable, and as a sentence. Both empty for a rule that runs. */
  readonly reason: string;
  readonly explanation: string;
  readonly description: string;
  readonly query: string | undefined;
  readonly indices: readonly string[];
  readonly tags: readonly string[];
  readonly techniques: readonly Technique[];
  readonly benign: KnownBenign;
  readonly references: readonly string[];
  /** Markdown: the triage guide, and what must be set up. */
  readonly note: string;
  readonly setup: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Technique {
  readonly tactic: string;
  readonly id: string;
  readonly name: string;
  readonly reference: string | undefined;
}

/** `about` says what is known to be benign about a rule; without it, nothing is. */
export const viewRules = (rules: RuleSet, about?: BenignKnowledge['about']): readonly RuleView[] =>
  rules.rules.map((rule) => viewRule(rule, about));

const nothing = (): KnownBenign => ({ statements: [], behaviours: [] });

export function viewRule(loaded: LoadedRule, about: BenignKnowledge['about'] = nothing): RuleView {
  const {
    document: { rule },
    file,
    status,
    diagnostics,
  } = loaded;
  return {
    ruleId: rule.rule_id,
    name: rule.name,
    type: rule.type,
    language: 'language' in rule ? rule.language : undefined,
    severity: rule.severity,
    riskScore: rule.risk_score,
    file,
    runnable: status.runnable,
    reason: status.runnable ? '' : status.reason,
    explanation: status.runnable ? '' : status.explanation,
    // In a scan long texts are kept packed, and most reports tell none of them.
    get description() {
      return rule.description;
    },
    get query() {
      return 'query' in rule ? rule.query : undefined;
    },
    indices: 'index' in rule ? (rule.index ?? []) : [],
    tags: rule.tags ?? [],
    techniques: (rule.threat ?? []).flatMap(techniquesOf),
    // Most rules raise no alert, and finding out takes longer than loading the rule.
    get benign() {
      return about(loaded);
    },
    references: rule.references ?? [],
    get note() {
      return rule.note ?? '';
    },
    get setup() {
      return rule.setup ?? '';
    },
    diagnostics,
  };
}

/** Techniques and their sub-techniques; a tactic without any stands for itself. */
function techniquesOf({ tactic, technique }: Threat): Technique[] {
  if (technique.length === 0) return [asTechnique(tactic.name, tactic)];
  return technique.flatMap((entry) => [
    asTechnique(tactic.name, entry),
    ...entry.subtechnique.map((sub) => asTechnique(tactic.name, sub)),
  ]);
}

type AttackEntry = Pick<Threat['tactic'], 'id' | 'name' | 'reference'>;

const asTechnique = (tactic: string, { id, name, reference }: AttackEntry): Technique => ({
  tactic,
  id,
  name,
  reference,
});
