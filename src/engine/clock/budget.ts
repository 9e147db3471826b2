/** How many matches a run of a rule may look at, and how many alerts may come of them (engine A3, A6). */
import type { Rule, RuleType } from '../../rules/format/schema.ts';

const DEFAULT_MAX_SIGNALS = 100;
/** Kibana's own limit for one run of any rule (engine A3). */
const MOST_SIGNALS = 1000;

/** Matches that a run with suppression looks at, for each alert that it may make; a query looks at all of them. */
const LOOKS: Readonly<Partial<Record<RuleType, number>>> = {
  query: Infinity,
  saved_query: Infinity,
  new_terms: 5,
  threat_match: 5,
};

/** Elasticsearch returns so many matches, whether they are alerts already or not (engine A3). */
export const countsKnown = (type: RuleType): boolean => type === 'eql' || type === 'machine_learning';

export class RunBudget {
  #alerts: number;
  #looks: number;
  /** Groups of alerts that began in this run. */
  readonly #begun = new Set<string>();

  constructor(rule: Rule) {
    const most = Math.min(rule.max_signals ?? DEFAULT_MAX_SIGNALS, MOST_SIGNALS);
    this.#alerts = most;
    const isLimited = rule.alert_suppression !== undefined || countsKnown(rule.type);
    this.#looks = isLimited ? most * (LOOKS[rule.type] ?? 1) : Infinity;
  }

  /** A match that an earlier run made an alert of. */
  lookAtKnown(): void {
    if (this.#looks > 0) this.#looks--;
  }

  /** Whether there is room for a new one; `groups` are those that would begin with it, undefined when it stands alone. */
  takes(groups: readonly string[] | undefined): boolean {
    if (this.#looks <= 0) return false;
    this.#looks--;
    const begins = groups?.filter((group) => !this.#begun.has(group));
    const cost = begins?.length ?? 1;
    if (cost > this.#alerts) return false;
    this.#alerts -= cost;
    for (const group of begins ?? []) this.#begun.add(group);
    return true;
  }
}
