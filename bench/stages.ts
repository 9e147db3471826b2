/** Where the time of a piece of work goes, by stage: the sampling profiler of V8, each sample given to the innermost stage on its stack. */
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** The name of a stage, and what the addresses of its source files have in common. */
export type Stages = Readonly<Record<string, RegExp>>;

export interface Profiled<T> {
  readonly result: T;
  /** By stage, the share of all samples from 0 to 1; `garbage`, and `other` for what no stage has. */
  readonly shares: ReadonlyMap<string, number>;
}

/** Does the work once under the profiler, from where it says `begin` on. */
export async function profiled<T>(
  stages: Stages,
  work: (begin: () => void) => Promise<T>,
): Promise<Profiled<T>> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    const result = await work(() => void session.post('Profiler.start'));
    const { profile } = await session.post('Profiler.stop');
    return { result, shares: sharesOf(profile, stages) };
  } finally {
    session.disconnect();
  }
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, stages: Stages) {
  const stageOf = stagesOfNodes(nodes, stages);
  const times = new Map<string, number>();
  let all = 0;
  samples.forEach((id, i) => {
    const stage = stageOf.get(id) ?? 'other';
    const time = Math.max(0, timeDeltas[i] ?? 0);
    if (stage === IDLE) return;
    all += time;
    times.set(stage, (times.get(stage) ?? 0) + time);
  });
  return new Map([...times].map(([stage, time]) => [stage, time / all]));
}

const IDLE = '(idle)';
/** The profiler itself, when it begins. */
const PROFILER = 'node:inspector';

/** Parents stand before their children. */
function stagesOfNodes(nodes: readonly Profiler.ProfileNode[], stages: Stages): Map<number, string> {
  const stageOf = new Map<number, string>();
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  for (const { id, callFrame } of nodes) {
    const inherited = stageOf.get(parents.get(id) ?? -1) ?? 'other';
    stageOf.set(id, ownStage(callFrame, stages) ?? inherited);
  }
  return stageOf;
}

function ownStage({ functionName, url }: Profiler.ProfileNode['callFrame'], stages: Stages) {
  if (functionName === IDLE || url === PROFILER) return IDLE;
  if (functionName === '(garbage collector)') return 'garbage';
  return Object.entries(stages).find(([, pattern]) => pattern.test(url))?.[0];
}
