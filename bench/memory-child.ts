/** A scan of standard input with the shipped rules; says how many events there were and the most memory that it had. */
import { scan } from '../src/app/scan.ts';
import type { Evaluator } from '../src/app/types.ts';
import { collectInLittleMemory } from '../src/cli/memory.ts';

// As the program does.
collectInLittleMemory();
const evaluator = process.argv[2] as Evaluator;
const { input } = await scan(
  {
    inputs: ['-'],
    ingest: { shape: 'auto', keepRequestReceived: false },
    rules: [],
    filter: { rules: [], tags: [], deprecated: false, buildingBlocks: false },
    ignoreIndex: false,
    evaluator,
  },
  {},
  new AbortController().signal,
);
// In kilobytes.
console.log(JSON.stringify({ events: input.events, peak: process.resourceUsage().maxRSS / 1000 }));
