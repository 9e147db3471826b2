/** All benchmark lanes, or those that are named: `npm run bench -- bytes growth`. */
import { benchBytes } from './lanes/bytes.ts';
import { benchDecode } from './lanes/decode.ts';
import { benchEsql } from './lanes/esql.ts';
import { benchHostile } from './lanes/hostile.ts';
import { benchMemory } from './lanes/memory.ts';
import { benchParsed } from './lanes/parsed.ts';
import { benchRules } from './lanes/rules.ts';
import { benchScanner } from './lanes/scanner.ts';
import { benchStart } from './lanes/start.ts';
import { benchState } from './lanes/state.ts';
import { benchThreads } from './lanes/threads.ts';
import { benchWhole } from './lanes/whole.ts';

interface BenchLane {
  readonly doc: string;
  readonly run: () => void | Promise<void>;
}

const lanes: Readonly<Record<string, BenchLane>> = {
  decode: { doc: 'bytes without rules', run: benchDecode },
  scanner: { doc: 'the scanner of bytes alone: no events, no decisions', run: benchScanner },
  bytes: { doc: 'from bytes to matches: 1 to 2,000 rules, and those of a checkout', run: benchBytes },
  hostile: { doc: 'every event matches; long, deep, escaped and many values', run: benchHostile },
  parsed: { doc: 'rules over parsed events, and the interpreter', run: benchParsed },
  rules: { doc: 'cost of an event by the number of rules', run: benchRules },
  memory: { doc: 'memory by the length of the input', run: benchMemory },
  start: { doc: 'start of the program, and loading of all rules of a checkout', run: benchStart },
  threads: { doc: 'whole scans on one core and on two', run: benchThreads },
  whole: { doc: 'whole scans, and where their time goes', run: benchWhole },
  esql: { doc: 'queries in ES|QL', run: benchEsql },
  state: { doc: 'a day through every rule with memory', run: benchState },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in lanes));
if (unknown.length > 0) {
  const known = Object.entries(lanes).map(([name, { doc }]) => `  ${name.padEnd(10)}${doc}`);
  console.error(`There is no benchmark lane ${unknown.join(', ')}; there are:\n${known.join('\n')}`);
  process.exit(3);
}
for (const [name, { run }] of Object.entries(lanes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = performance.now();
  await run();
  console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
}
