/** A strategy that judges every match by itself, run at ticks: what survives `max_signals` depends on the type (engine A3). */
import type { Scalar } from '../../data/document.ts';
import { valuesAt } from '../../data/document.ts';
import { numberOf } from '../../data/scalar.ts';
import type { RuleType } from '../../rules/format/schema.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Match } from '../match.ts';
import { byTime } from '../match.ts';
import type { Stateless, WindowOperator } from './strategy.ts';
import { within } from './strategy.ts';

type Order = (a: Match, b: Match) => number;

const oldestFirst: Order = byTime;
const newestFirst: Order = (a, b) => byTime(b, a);
const highestScoreFirst: Order = (a, b) => scoreOf(b) - scoreOf(a) || byTime(a, b);

const orders: Readonly<Partial<Record<RuleType, Order>>> = {
  eql: newestFirst,
  threat_match: newestFirst,
  machine_learning: highestScoreFirst,
};

export function eachMatch(rule: LoadedRule, { detect }: Stateless): WindowOperator {
  const order = orderOf(rule);
  return {
    run: (run, matches) =>
      within(run, matches)
        .sort(order)
        .flatMap(({ event, holding, windowTime }) =>
          detect(event, holding).map((detection) => ({ detection, leaves: windowTime })),
        ),
  };
}

/** Suppression needs the first of each group first (engine A3). */
function orderOf({ document: { rule } }: LoadedRule): Order {
  const suppressed = rule.type === 'threat_match' && rule.alert_suppression !== undefined;
  return suppressed ? oldestFirst : (orders[rule.type] ?? oldestFirst);
}

function scoreOf({ event }: Match): number {
  const [score] = valuesAt(event.document, 'record_score') as readonly (Scalar | undefined)[];
  const number = score === undefined ? undefined : numberOf(score);
  return number === undefined ? 0 : Number(number);
}
