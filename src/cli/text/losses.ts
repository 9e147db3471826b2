/** What the counters of ES|QL mean (esql §2.2), behind their number. */
import type { Counter } from '../../exec/pipeline/index.ts';

/** Told first where several are: what keeps a rule from firing though the events are there. */
export const lossWords: Readonly<Record<Counter, string>> = {
  mvNull: 'values were null because there were several (mvNull)',
  convFail: 'values could not be converted (convFail)',
  arithmetic: 'results were no number (arithmetic)',
  unmapped: 'reads of fields that the event does not have and no table knows (unmapped)',
  approximate: 'counts are estimates (approximate)',
  overLimit: 'rows or groups went over a limit (overLimit)',
};
