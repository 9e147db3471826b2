/**
 * How rules of each type are compiled, and whether they run. A type that the engine learns to run changes its entry
 * here and nothing else in loading.
 */
import type { Plan } from '../../plan/plan.ts';
import type { RuleFile } from '../format/rule-file.ts';
import type { RuleOf, RuleType } from '../format/schema.ts';
import type { RuleStatus } from '../rule.ts';
import type { Compiled, Toolkit } from './compile.ts';
import { compileQuery, sourceOf } from './compile.ts';

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

/** The query with its place, for showing; nothing reads the language yet. */
function keepQuery(rule: RuleFile): CompiledRule {
  const query = sourceOf(rule, 'query');
  return { ...(query === undefined ? {} : { query }), diagnostics: [] };
}

const notByPlan = {
  sequence: notRunnable('plan:sequence', 'Sequences of events are read but not run yet.'),
  sample: notRunnable('plan:sample', 'Samples are read but not run yet.'),
  pipeline: notRunnable('language:esql', 'ES|QL is read but not run yet.'),
  pipes: notRunnable('plan:pipes', 'EQL pipes (head, tail) are read but not run yet.'),
};

function statusByPlan({ plan }: CompiledRule): RuleStatus {
  if (plan?.kind === 'sequence' || plan?.kind === 'sample' || plan?.kind === 'pipeline')
    return notByPlan[plan.kind]();
  return plan === undefined || plan.pipes.length === 0 ? runnable : notByPlan.pipes();
}

const savedElsewhere = notRunnable(
  'type:saved_query',
  'The query is stored in Kibana under the saved_id; the file has none.',
);

export const strategies: Readonly<Record<RuleType, Strategy>> = {
  query: { compile: compileEvents, status: statusByPlan },
  saved_query: {
    compile: compileEvents,
    status: (compiled) => (compiled.query === undefined ? savedElsewhere() : statusByPlan(compiled)),
  },
  eql: { compile: compileEql, status: statusByPlan },
  esql: { compile: keepQuery, status: notRunnable('language:esql', 'ES|QL is not read yet.') },
  threshold: {
    compile: compileEvents,
    status: notRunnable('type:threshold', 'Threshold rules are read but not run yet.'),
  },
  new_terms: {
    compile: compileEvents,
    status: notRunnable('type:new_terms', 'New terms rules are read but not run yet.'),
  },
  threat_match: {
    compile: compileThreatMatch,
    status: notRunnable('type:threat_match', 'Indicator match rules are read but not run yet.'),
  },
  machine_learning: {
    compile: keepQuery,
    status: notRunnable(
      'type:machine_learning',
      'Machine learning rules read the anomalies that a job of Elasticsearch finds; Winnow runs no such jobs.',
    ),
  },
};
