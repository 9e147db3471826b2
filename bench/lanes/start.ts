/**
 * How long the built program takes before the first event: each start is a process of its own, and all kinds take turns. The
 * floor is Node with nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkoutFolder } from '../../tests/support/checkout.ts';
import { eventLines } from '../events.ts';
import { row, spreadOf, spreadText } from '../measure.ts';
import { sizeOf } from '../size.ts';

const program = fileURLToPath(new URL('../../dist/bin/winnow.js', import.meta.url));
/** Says at the end for how many microseconds the process had a processor. */
const TELL_TIME =
  'data:text/javascript,import { writeSync } from "node:fs";' +
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); writeSync(3, String(user + system)); });';

interface Start {
  readonly name: string;
  readonly words: readonly string[];
}

interface Measured {
  /** In seconds: by the clock on the wall, and of processor time in all threads. */
  readonly clock: number[];
  readonly processor: number[];
}

export function benchStart(): void {
  if (!existsSync(program)) {
    console.log('start: the program is not built, nothing to run (npm run build)\n');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  try {
    const log = join(folder, 'one.ndjson');
    writeFileSync(log, `${eventLines('raw', 1).join('\n')}\n`);
    compare(starts(log), sizeOf(1).rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function starts(log: string): Start[] {
  const checkout = existsSync(checkoutFolder)
    ? [
        { name: 'rules list, all of Elastic’s', words: [program, 'rules', 'list', checkoutFolder] },
        { name: 'scan, all of Elastic’s', words: [program, 'scan', log, '--rules', checkoutFolder] },
      ]
    : [];
  return [
    { name: 'node', words: ['-e', '0'] },
    { name: 'winnow --help', words: [program, '--help'] },
    { name: 'rules list, shipped', words: [program, 'rules', 'list'] },
    { name: 'scan, shipped rules', words: [program, 'scan', log] },
    ...checkout,
  ];
}

function compare(all: readonly Start[], rounds: number): void {
  const measured = all.map((): Measured => ({ clock: [], processor: [] }));
  // The first round brings files into the caches of the system.
  for (let round = 0; round <= rounds; round++)
    all.forEach((start, i) => {
      const { clock, processor } = once(start);
      if (round === 0) return;
      measured[i]?.clock.push(clock);
      measured[i]?.processor.push(processor);
    });
  console.log(`start of a process, seconds until its end, median (least–most) of ${rounds} rounds`);
  console.log(row(['what', 'clock', '÷ node', 'processor', '÷ node'], 32));
  const [node] = measured;
  measured.forEach(({ clock, processor }, i) => {
    const cells = [clock, processor].flatMap((values, kind) => [
      spreadText(spreadOf(values)),
      over(values, (kind === 0 ? node?.clock : node?.processor) ?? []).toFixed(1),
    ]);
    console.log(row([all[i]?.name ?? '', ...cells], 32));
  });
  console.log('');
}

/** Round by round. */
const over = (values: readonly number[], floor: readonly number[]): number =>
  spreadOf(values.map((value, round) => value / (floor[round] ?? NaN))).median;

function once({ name, words }: Start): { readonly clock: number; readonly processor: number } {
  const began = performance.now();
  const { status, output } = spawnSync(process.execPath, ['--import', TELL_TIME, ...words], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const clock = (performance.now() - began) / 1000;
  const processor = Number(output?.[3]) / 1e6;
  // Findings, and files of a checkout that are no rules, are told by the exit code.
  if (status === null || status > 2 || !(processor > 0)) throw new Error(`"${name}" ended with ${status}`);
  return { clock, processor };
}
