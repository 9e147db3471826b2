/** Single events behind `head` or `tail` (eql §7): which of them stay depends on the others. */
import type { LoadedRule } from '../../rules/rule.ts';
import { piped } from '../state/pipes.ts';
import { PipedStream } from './piped-stream.ts';
import type { Stateful, StreamOperator } from './strategy.ts';
import { within } from './strategy.ts';

export function pipedEvents(rule: LoadedRule): Stateful | undefined {
  const { plan } = rule;
  if (plan?.kind !== 'filter' || plan.pipes.length === 0) return undefined;
  return {
    kind: 'stateful',
    conditions: [plan.where],
    stream: ({ onEviction }) => PipedStream.around(everyEvent(rule), plan.pipes, rule, onEviction),
    windowed: () => ({
      run: (run, matches) =>
        piped(within(run, matches), plan.pipes)
          .map(({ event, windowTime }) => ({
            detection: { rule, events: [event] as const },
            leaves: windowTime,
          }))
          .reverse(),
    }),
  };
}

const everyEvent = (rule: LoadedRule): StreamOperator => ({
  take: ({ event }) => [{ rule, events: [event] }],
  deadline: Infinity,
  advance: () => [],
  end: () => [],
  memory: () => ({ lists: {} }),
  restore: () => undefined,
  states: () => [],
});
