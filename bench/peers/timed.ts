/** How long a program takes as a process of its own, from its start to its end. */
import { spawnSync } from 'node:child_process';

export interface Timed {
  /** For which it and its children had a processor, on all cores. */
  readonly seconds: number;
  /** By the clock. */
  readonly elapsed: number;
  /** Its exit code; what it found is said by this as well. */
  readonly status: number;
  /** What it wrote to standard error. */
  readonly said: string;
}

/** The shell writes how long its children had a processor behind what they say on standard error. */
const SCRIPT = 'into=$1; from=$2; shift 2; "$@" > "$into" < "$from"; code=$?; times >&2; exit $code';
const TIMES = /(?:\d+m[\d.]+s\s*){4}$/;

/** Writes what `program` writes to the file `into`; it reads standard input from the file `from`. */
export function timed(program: string, words: readonly string[], into: string, from = '/dev/null'): Timed {
  const start = performance.now();
  const { status, stderr } = spawnSync('sh', ['-c', SCRIPT, 'sh', into, from, program, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const elapsed = (performance.now() - start) / 1000;
  const told = TIMES.exec(stderr)?.[0] ?? '';
  const [, , user = NaN, system = NaN] = [...told.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  );
  return { seconds: user + system, elapsed, status: status ?? NaN, said: stderr.replace(TIMES, '') };
}
