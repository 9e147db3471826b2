/**
 * Memory of whole scans by the length of their input, each in a process of its own that reads standard input with the shipped
 * rules. It should not grow.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { eventBlocks } from '../events.ts';
import { row } from '../measure.ts';
import { sizeOf } from '../size.ts';

const child = fileURLToPath(new URL('../memory-child.ts', import.meta.url));
const TIMES = [1, 5, 20];

export async function benchMemory(): Promise<void> {
  const { events } = sizeOf(20_000);
  console.log('memory by length of the input: the most that a scan with the shipped rules had, in MB');
  console.log(row(['events', 'MB of input', 'from bytes', '÷ the shortest', 'decoded', '÷ the shortest']));
  const least: number[] = [];
  for (const times of TIMES) {
    const cells: string[] = [];
    let written = 0;
    for (const [i, evaluator] of ['bytes', 'index'].entries()) {
      const scanned = await peakOf(events * times, evaluator);
      written = scanned.written;
      least[i] ??= scanned.peak;
      cells.push(scanned.peak.toFixed(0), (scanned.peak / (least[i] ?? NaN)).toFixed(2));
    }
    console.log(row([(events * times).toLocaleString('en'), (written / 1e6).toFixed(0), ...cells]));
  }
  console.log('');
}

interface Peak {
  /** Bytes of input. */
  readonly written: number;
  /** Megabytes of the process. */
  readonly peak: number;
}

async function peakOf(events: number, evaluator: string): Promise<Peak> {
  const scanning = spawn(process.execPath, [child, evaluator], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = text(scanning.stdout);
  const ended = once(scanning, 'close');
  let written = 0;
  // Half of them audit events, half processes.
  for (const block of eventBlocks(['raw', 'linux'], events)) {
    written += block.length;
    if (!scanning.stdin.write(block)) await Promise.race([once(scanning.stdin, 'drain'), ended]);
  }
  scanning.stdin.end();
  await ended;
  const { events: read, peak } = JSON.parse(await said) as { events: number; peak: number };
  if (read !== events) throw new Error(`the scan read ${read} events of ${events}`);
  return { written, peak };
}
