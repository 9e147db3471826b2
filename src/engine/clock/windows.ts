/** The windows of one run (engine A1, A2): its own, and those that catch up with runs that did not happen. */
import type { Schedule } from '../schedule.ts';
import type { Run } from '../strategy/strategy.ts';

const MOST_CATCH_UPS = 4;

export interface RunWindows {
  /** The oldest first; each has its own `max_signals`. */
  readonly runs: readonly Run[];
  /** Milliseconds that no window covers. */
  readonly gap: number;
}

/** `previous` is the run before; undefined for the first one, which has nothing to catch up with. */
export function windowsOf(schedule: Schedule, at: number, previous: number | undefined): RunWindows {
  const { from, to } = schedule.windowAt(at);
  const missed = previous === undefined ? 0 : at - previous - (to - from);
  const catchUps = missed <= 0 ? 0 : Math.min(MOST_CATCH_UPS, Math.ceil(missed / schedule.interval));
  const runs = Array.from({ length: catchUps + 1 }, (_, index) => {
    const back = (catchUps - index) * schedule.interval;
    return { at, from: from - back, to: to - back };
  });
  return { runs, gap: Math.max(0, missed - catchUps * schedule.interval) };
}

/** How much further back than its own window a run may look. */
export const furthestCatchUp = (schedule: Schedule): number => MOST_CATCH_UPS * schedule.interval;
