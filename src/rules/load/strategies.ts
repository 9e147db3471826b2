/**
 * How rules of each type are compiled, and whether they run. A type that the engine learns to run changes its entry
 * here and nothing else in loading.
 */
import { asksModel } from '../../plan/candidates.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { Test } from '../../plan/test.ts';
import type { RuleFile } from '../format/rule-file.ts';
import type { RuleOf, RuleType } from '../format/schema.ts';
import type { RuleStatus } from '../rule.ts';
import type { Compiled, Toolkit } from './compile.ts';
import { compileQuery } from './compile.ts';

export interface CompiledRule extends Compiled {
  /** The condition on the indicators of a threat match rule. */
  readonly threatPlan?: Plan;
}

export interface Strategy {
  compile(rule: RuleFile, toolkit: Toolkit): CompiledRule;
  /** Of a rule that compiled without errors. */
  status(compiled: CompiledRule): RuleStatus;
}

const runnable: RuleStatus = { runnable: true };
const notRunnable = (reason: string, explanation: string) => (): RuleStatus => ({
  runnable: false,
  reason,
  explanation,
});

const EVENTS = { query: 'query', filters: 'filters' };
const INDICATORS = { query: 'threat_query', filters: 'threat_filters' };

/** A query over events, in the language that the rule names; a saved query may name none. */
function compileEvents(rule: RuleFile, toolkit: Toolkit): CompiledRule {
  const { language = 'kuery' } = rule.document.rule as RuleOf<'saved_query' | 'threshold'>;
  return compileQuery(rule, EVENTS, toolkit.languages[language], toolkit);
}

function compileEql(rule: RuleFile, toolkit: Toolkit): CompiledRule {
  const { event_category_override: category } = rule.document.rule as RuleOf<'eql'>;
  return compileQuery(rule, EVENTS, toolkit.languages.eql, toolkit, category);
}

/** Both queries of an indicator match; the second is about the indicators. */
function compileThreatMatch(rule: RuleFile, toolkit: Toolkit): CompiledRule {
  const events = compileEvents(rule, toolkit);
  const { threat_language: language = 'kuery' } = rule.document.rule as RuleOf<'threat_match'>;
  const threats = compileQuery(rule, INDICATORS, toolkit.languages[language], toolkit);
  return {
    ...events,
    ...(threats.plan === undefined ? {} : { threatPlan: threats.plan }),
    diagnostics: [...events.diagnostics, ...threats.diagnostics],
  };
}

/** What the anomalies fulfil that become alerts (engine A5.8): records of the rule's jobs that score high enough. */
function compileAnomalies({ document: { rule } }: RuleFile): CompiledRule {
  const { machine_learning_job_id: jobs, anomaly_threshold: threshold } = rule as RuleOf<'machine_learning'>;
  const some = (path: string, test: Test): Predicate => ({ kind: 'some', field: { name: path, path }, test });
  const args = [
    some('result_type', { kind: 'text', oneOf: ['record'], fold: 'exact' }),
    some('is_interim', { kind: 'boolean', is: false }),
    some('job_id', { kind: 'text', oneOf: jobs, fold: 'exact' }),
    some('record_score', { kind: 'numberOrder', order: 'gte', than: String(threshold), strings: 'coerce' }),
  ];
  return { plan: { kind: 'filter', where: { kind: 'and', args }, pipes: [] }, diagnostics: [] };
}

const compileEsql = (rule: RuleFile, toolkit: Toolkit): CompiledRule =>
  compileQuery(rule, EVENTS, toolkit.languages.esql, toolkit);

/** Until somebody is there to be asked. */
export const withoutProvider: RuleStatus = {
  runnable: false,
  reason: 'needs a provider',
  explanation: 'COMPLETION asks a language model, and no provider of one is given (--completion).',
};

const savedElsewhere = notRunnable(
  'type:saved_query',
  'The query is stored in Kibana under the saved_id; the file has none.',
);

const notCountable = notRunnable(
  'plan:sequence',
  'A threshold counts single events, and the query asks for several together.',
);

/** Until it is known that anomalies are among the input. */
export const withoutAnomalies: RuleStatus = {
  runnable: false,
  reason: 'type:machine_learning',
  explanation:
    'Machine learning rules read the anomalies that a job of Elasticsearch finds, and none are given; Winnow runs no such jobs.',
};

/** Until indicators are given. */
export const withoutIndicators: RuleStatus = {
  runnable: false,
  reason: 'no indicators given',
  explanation: 'Indicator match rules compare events with indicators of threats, and none are given.',
};

export const strategies: Readonly<Record<RuleType, Strategy>> = {
  query: { compile: compileEvents, status: () => runnable },
  saved_query: {
    compile: compileEvents,
    status: (compiled) => (compiled.query === undefined ? savedElsewhere() : runnable),
  },
  eql: { compile: compileEql, status: () => runnable },
  esql: {
    compile: compileEsql,
    status: ({ plan }) => (plan?.kind === 'pipeline' && asksModel(plan) ? withoutProvider : runnable),
  },
  threshold: {
    compile: compileEvents,
    status: ({ plan }) => (plan?.kind === 'filter' && plan.pipes.length === 0 ? runnable : notCountable()),
  },
  new_terms: { compile: compileEvents, status: () => runnable },
  threat_match: { compile: compileThreatMatch, status: () => runnable },
  machine_learning: { compile: compileAnomalies, status: () => withoutAnomalies },
};
