/** What an engine counts in single numbers, wherever it is counted. */
import type { LoadedRule } from '../../rules/rule.ts';
import type { StageFolder } from '../request-stages.ts';
import type { Suppressor } from '../suppress/suppressor.ts';
import type { Counter } from './tallies.ts';
import { idOf, rulesOf } from './tallies.ts';

interface CountedBeside {
  readonly looped: number;
  readonly folded: number;
  readonly releasedEarly: number;
  readonly suppressed: readonly (readonly [rule: string, count: number])[];
}

export interface Beside {
  readonly loops: { count: number };
  readonly stages: StageFolder;
  readonly suppressors: ReadonlyMap<LoadedRule, Suppressor>;
}

export const besideCounter = ({ loops, stages, suppressors }: Beside): Counter => ({
  counted: () => {
    const { folded, releasedEarly } = stages;
    const suppressed = [...suppressors].map(([rule, one]) => [idOf(rule), one.suppressed] as const);
    const values: CountedBeside = { looped: loops.count, folded, releasedEarly, suppressed };
    return { values };
  },
  restore: ({ values }, ruleOf) => {
    const { looped, folded, releasedEarly, suppressed } = values as CountedBeside;
    loops.count = looped;
    Object.assign(stages, { folded, releasedEarly });
    for (const [id, count] of suppressed)
      for (const rule of rulesOf([id], ruleOf)) {
        const suppressor = suppressors.get(rule);
        if (suppressor !== undefined) suppressor.suppressed = count;
      }
  },
});
