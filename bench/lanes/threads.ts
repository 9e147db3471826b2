/**
 * What a second core is worth, by the clock on the wall: what waits costs too. A program with one thread that may use the whole
 * machine is no measure of one core, as the system reads and V8 compiles and collects beside it: for one core the process is
 * held on one, each in turn, and on two for two. Beside it stand one thread that may use both, and what the machine gives at
 * most: two such processes at the same time. Loading rules and the start of threads are left out; all take turns.
 */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkoutFolder } from '../../tests/support/checkout.ts';
import { eventBlocks } from '../events.ts';
import { row, spreadOf, spreadText } from '../measure.ts';
import { sizeOf } from '../size.ts';

const { events: EVENTS, rounds: ROUNDS } = sizeOf(400_000, 5);

/** Rounds that are not counted: code that both threads run takes longer to become fast. */
const WARMING = 2;

const CORES = availableParallelism();

/** What holds a process on some cores; Linux has it. */
const canHold = spawnSync('taskset', ['--version']).status === 0;

const child = fileURLToPath(new URL('../threads-child.ts', import.meta.url));

const kinds = [
  ['raw', 'audit'],
  ['linux', 'Linux processes'],
] as const;

const works = [
  ['matches', 'from bytes to matches'],
  ['scan', 'whole scans'],
] as const;

export async function benchThreads(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'));
  try {
    console.log(
      `threads: ${EVENTS.toLocaleString('en')} events, ${CORES} cores; thousand events a second and times as fast, median (least–most) of ${ROUNDS} rounds`,
    );
    console.log(
      `matches of ${existsSync(checkoutFolder) ? 'alert rules of the checkout' : 'made-up rules'}, scans with the shipped rules of high severity`,
    );
    if (!canHold) console.log('`taskset` is not here, so that one core is not measured');
    console.log(row(['what', ...columns], 34));
    for (const [kind, events] of kinds) {
      const file = join(folder, `${kind}.ndjson`);
      await write(file, kind);
      for (const [work, name] of works) await compare(`${events}, ${name}`, work, file);
    }
    console.log('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function write(file: string, kind: 'raw' | 'linux'): Promise<void> {
  const to = await open(file, 'w');
  for (const block of eventBlocks([kind], EVENTS)) await to.write(block);
  await to.close();
}

async function compare(name: string, work: string, file: string): Promise<void> {
  const [one, two] = [new Child(work, file, 1), new Child(work, file, 2)] as const;
  const both = [new Child(work, file, 1), new Child(work, file, 1)];
  const rounds: Speeds[] = [];
  for (let round = -WARMING; round < ROUNDS; round++) {
    const speeds = await speedsOf(one, two, both, Math.abs(round) % CORES);
    if (round >= 0) rounds.push(speeds);
  }
  await Promise.all([one, two, ...both].map((each) => each.end()));
  const ratios = [
    ({ oneCore, twoCores }: Speeds) => twoCores / oneCore,
    ({ oneThread, twoThreads }: Speeds) => twoThreads / oneThread,
    ({ oneThread, twoProcesses }: Speeds) => twoProcesses / oneThread,
  ];
  const cells = [
    ...(['oneCore', 'oneThread', 'twoThreads'] as const).map((which) =>
      spreadText(spreadOf(rounds.map((speeds) => speeds[which])), 0),
    ),
    ...ratios.map((ratio) => spreadText(spreadOf(rounds.map(ratio)))),
  ];
  console.log(row([name, ...cells], 34));
}

/** Thousand events a second. */
interface Speeds {
  /** NaN where a process cannot be held on a core. */
  readonly oneCore: number;
  readonly twoCores: number;
  readonly oneThread: number;
  readonly twoThreads: number;
  readonly twoProcesses: number;
}

const columns = [
  'one core',
  'one thread',
  'two threads',
  'two cores ÷ one',
  'two threads ÷ one',
  'two processes ÷ one',
];

async function speedsOf(one: Child, two: Child, both: readonly Child[], core: number): Promise<Speeds> {
  const free = await one.round();
  const together = await two.round();
  if (together.found !== free.found)
    throw new Error(`two threads found ${together.found}, one ${free.found}`);
  const processes = await Promise.all(both.map((other) => other.round()));
  return {
    oneCore: await one.heldOn([core]),
    twoCores: await two.heldOn([0, 1]),
    oneThread: free.speed,
    twoThreads: together.speed,
    twoProcesses: processes.reduce((sum, { speed }) => sum + speed, 0),
  };
}

interface Round {
  readonly found: number;
  /** Thousand events a second. */
  readonly speed: number;
}

/** A process that does the work each time that it is asked. */
class Child {
  readonly #process;
  readonly #ended: Promise<undefined>;

  constructor(work: string, file: string, threads: number) {
    this.#process = fork(child, [work, file, String(threads)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ended = once(this.#process, 'exit').then(() => undefined);
  }

  async round(): Promise<Round> {
    this.#process.send('round');
    const answered = once(this.#process, 'message') as Promise<[Record<string, number>]>;
    const answer = await Promise.race([answered, this.#ended]);
    if (answer === undefined) throw new Error('a process of the lane ended early');
    const [{ events = NaN, found = NaN, milliseconds = NaN }] = answer;
    return { found, speed: events / milliseconds };
  }

  /** The speed of a round in which the process, with all of its threads, may use these cores and no other. */
  async heldOn(cores: readonly number[]): Promise<number> {
    if (!canHold) return NaN;
    this.#hold(cores);
    const { speed } = await this.round();
    this.#hold([...Array(CORES).keys()]);
    return speed;
  }

  #hold(cores: readonly number[]): void {
    const { status, stderr } = spawnSync('taskset', ['-acp', cores.join(), String(this.#process.pid)]);
    if (status !== 0) throw new Error(`taskset: ${stderr.toString()}`);
  }

  async end(): Promise<void> {
    this.#process.disconnect();
    await this.#ended;
  }
}
