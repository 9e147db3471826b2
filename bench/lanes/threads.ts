/**
 * What a second core is worth, by the clock on the wall: what waits costs too. Beside it, what the machine gives at most: two
 * processes with one thread each, at the same time. Loading rules and the start of threads are left out; all take turns.
 */
import { fork } from 'node:child_process';
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

const { events: EVENTS, rounds: ROUNDS } = sizeOf(400_000, 3);

/** Rounds that are not counted: code that both threads run takes longer to become fast. */
const WARMING = 2;

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
      `threads: ${EVENTS.toLocaleString('en')} events, ${availableParallelism()} cores; thousand events a second and times as fast, median (least–most) of ${ROUNDS} rounds`,
    );
    console.log(
      `matches of ${existsSync(checkoutFolder) ? 'alert rules of the checkout' : 'made-up rules'}, scans with the shipped rules of high severity`,
    );
    console.log(row(['what', 'one thread', 'two threads', 'two ÷ one', 'two processes ÷ one'], 42));
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
  const speeds: [one: number, two: number, processes: number][] = [];
  for (let round = -WARMING; round < ROUNDS; round++) {
    const alone = await one.round();
    const together = await two.round();
    if (together.found !== alone.found)
      throw new Error(`two threads found ${together.found}, one ${alone.found}`);
    const processes = await Promise.all(both.map((other) => other.round()));
    if (round < 0) continue;
    speeds.push([alone.speed, together.speed, processes.reduce((sum, { speed }) => sum + speed, 0)]);
  }
  await Promise.all([one, two, ...both].map((each) => each.end()));
  const absolute = [0, 1].map((which) => spreadText(spreadOf(speeds.map((round) => round[which] ?? NaN)), 0));
  const ratios = [1, 2].map((which) =>
    spreadText(spreadOf(speeds.map((all) => (all[which] ?? NaN) / all[0]))),
  );
  console.log(row([name, ...absolute, ...ratios], 42));
}

interface Round {
  readonly found: number;
  /** Thousand events a second. */
  readonly speed: number;
}

/** A process that does the work each time that it is asked. */
class Child {
  readonly #process;

  constructor(work: string, file: string, threads: number) {
    this.#process = fork(child, [work, file, String(threads)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  async round(): Promise<Round> {
    this.#process.send('round');
    const answered = once(this.#process, 'message') as Promise<[Record<string, number>]>;
    const ended = once(this.#process, 'exit').then(() => undefined);
    const answer = await Promise.race([answered, ended]);
    if (answer === undefined) throw new Error('a process of the lane ended early');
    const [{ events = NaN, found = NaN, milliseconds = NaN }] = answer;
    return { found, speed: events / milliseconds };
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
