/**
 * Memory of whole scans, each a process of the built program that reads standard input: by the length of the input, which it should
 * not grow with, and by the rules, with one thread and with two. When V8 collects differs from run to run, and figures by a tenth.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { checkoutConditions, checkoutFolder } from '../../tests/support/checkout.ts';
import type { EventKind } from '../events.ts';
import { eventBlocks } from '../events.ts';
import { row } from '../measure.ts';
import { sizeOf } from '../size.ts';

const program = fileURLToPath(new URL('../../dist/bin/winnow.js', import.meta.url));
/** Says at the end how many kilobytes the process had at most; other threads run it too. */
const TELL_MEMORY =
  'data:text/javascript,import { writeSync } from "node:fs"; import { isMainThread } from "node:worker_threads";' +
  'if (isMainThread) process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));';

const TIMES = [1, 5, 20];

export async function benchMemory(): Promise<void> {
  if (!existsSync(program)) {
    console.log('memory: the program is not built, nothing to run (npm run build)\n');
    return;
  }
  const { events } = sizeOf(20_000);
  await byLength(events);
  await byRules(5 * events);
}

async function byLength(events: number): Promise<void> {
  console.log('memory by length of the input: the most that a scan with the shipped rules had, in MB');
  console.log(row(['events', 'MB of input', 'from bytes', '÷ the shortest', 'decoded', '÷ the shortest']));
  const least: number[] = [];
  for (const times of TIMES) {
    const cells: string[] = [];
    let written = 0;
    for (const [i, engine] of ['bytes', 'index'].entries()) {
      // Half of them audit events, half processes.
      const scanned = await peakOf(['raw', 'linux'], events * times, ['--engine', engine]);
      written = scanned.written;
      least[i] ??= scanned.peak;
      cells.push(scanned.peak.toFixed(0), (scanned.peak / (least[i] ?? NaN)).toFixed(2));
    }
    console.log(row([(events * times).toLocaleString('en'), (written / 1e6).toFixed(0), ...cells]));
  }
  console.log('');
}

async function byRules(events: number): Promise<void> {
  console.log(`memory by rules: ${events.toLocaleString('en')} events, from bytes, in MB`);
  console.log(row(['rules', 'audit', 'Linux processes', 'audit, two threads', 'Linux processes'], 42));
  for (const [name, words] of ruleSets()) {
    const cells: string[] = [];
    for (const threads of ['1', '2'])
      for (const kind of ['raw', 'linux'] as const)
        cells.push((await peakOf([kind], events, [...words, '--threads', threads])).peak.toFixed(0));
    console.log(row([name, ...cells], 42));
  }
  console.log('');
}

function ruleSets(): [name: string, words: readonly string[]][] {
  const sets: [string, readonly string[]][] = [
    ['shipped, of high severity', ['--severity', 'high']],
    ['shipped', []],
  ];
  const conditions = checkoutConditions();
  if (conditions === undefined) return sets;
  const alerts = new Set(conditions.filter(({ isAlert }) => isAlert).map(({ file }) => file));
  return [
    ...sets,
    [
      `alert rules of the checkout, ${alerts.size}`,
      [...alerts].flatMap((file) => ['--rules', join(checkoutFolder, file)]),
    ],
    ['all rules of the checkout', ['--rules', checkoutFolder]],
  ];
}

interface Peak {
  /** Bytes of input. */
  readonly written: number;
  /** Megabytes of the process. */
  readonly peak: number;
}

async function peakOf(kinds: readonly EventKind[], events: number, words: readonly string[]): Promise<Peak> {
  const command = ['--import', TELL_MEMORY, program, 'scan', '-', '-o', 'ndjson', ...words];
  const scanning = spawn(process.execPath, command, { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
  const [stdin, , stderr, told] = scanning.stdio as unknown as [Writable, null, Readable, Readable];
  const [said, kilobytes] = [text(stderr), text(told)];
  const ended = once(scanning, 'close');
  let written = 0;
  for (const block of eventBlocks(kinds, events)) {
    written += block.length;
    if (!stdin.write(block)) await Promise.race([once(stdin, 'drain'), ended]);
  }
  stdin.end();
  await ended;
  if (!(await said).includes(`: ${events.toLocaleString('en')} events from`))
    throw new Error(`the scan did not read ${events} events:\n${await said}`);
  return { written, peak: Number(await kilobytes) / 1000 };
}
