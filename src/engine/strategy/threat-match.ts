/** Indicator match rules (engine A5.7): events joined with indicators, every value with every value. */
import { interpret } from '../../exec/interpret/index.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { exceptionFor } from '../exception/hide.ts';
import { indexNameOf } from '../index-name.ts';
import type { EngineInputs } from '../ports.ts';
import { fitsIndex } from '../route.ts';
import { IndicatorIndex } from '../state/indicators.ts';
import type { Stateless } from './strategy.ts';

/** Exceptions are for indicators as well as for events. An indicator of an index that nothing tells is one of every rule's. */
export function threatMatches(rule: LoadedRule, { indicators }: EngineInputs): Stateless | undefined {
  const { document, plan, threatPlan } = rule;
  if (plan?.kind !== 'filter' || document.rule.type !== 'threat_match') return undefined;
  const { threat_index: patterns } = document.rule;
  const excepted = exceptionFor(rule);
  const own = indicators.filter(({ document: indicator, time }) => {
    const index = indexNameOf(indicator);
    const fits = index === undefined || fitsIndex(patterns, index);
    return fits && (excepted === undefined || !interpret(excepted, indicator, { now: time ?? 0 }));
  });
  const index = new IndicatorIndex(
    document.rule,
    threatPlan?.kind === 'filter' ? threatPlan.where : undefined,
    own,
  );
  return {
    kind: 'stateless',
    conditions: [plan.where],
    detect: (event: EventEnvelope) => {
      const found = index.matches(event);
      return found === undefined
        ? []
        : [{ rule, events: [event], finding: { kind: 'threatMatch', ...found } }];
    },
  };
}
