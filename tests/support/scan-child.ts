/**
 * A scan in a process of its own, to be killed: takes its options as JSON, writes a line for each alert, and says on
 * standard error when the events begin. With a state file it writes a checkpoint after every batch.
 */
import { writeSync } from 'node:fs';
import { scan } from '../../src/app/scan.ts';
import type { ScanOptions } from '../../src/app/types.ts';

const options = JSON.parse(process.argv[2] ?? '') as ScanOptions;
const state = options.state && { ...options.state, isDue: () => true };
await scan(
  { ...options, ...(state && { state }) },
  {
    rulesLoaded: () => void writeSync(2, 'begun\n'),
    alert: (alert) => void writeSync(1, `${JSON.stringify(alert)}\n`),
  },
  new AbortController().signal,
);
