/**
 * Winnow beside rsigma, which runs Sigma rules: `node bench/peers/sigma.ts [audit] [linux] [raw] [10] [100] [1000] [frequent]`. Both
 * are the programs as their users run them, over the same file, with the same conditions, each as rules of its own (`pairs.ts`). All
 * take turns; each run is a process that has read neither rules nor events before. A first run of each tells which rules match which
 * events: they must be the same.
 *
 *     cargo install rsigma --locked --root FOLDER    then   WINNOW_BENCH_RSIGMA=FOLDER/bin/rsigma
 *     npm run build
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventKind } from '../events.ts';
import { eventBlocks } from '../events.ts';
import type { Spread } from '../measure.ts';
import { row, spreadOf, spreadText } from '../measure.ts';
import { sizeOf } from '../size.ts';
import type { PairKind } from './pairs.ts';
import { pairedRules, pipelineOf } from './pairs.ts';
import type { Timed } from './timed.ts';
import { timed } from './timed.ts';

const { events: EVENTS, rounds: ROUNDS } = sizeOf(200_000, 3);
const rsigma = process.env['WINNOW_BENCH_RSIGMA'] ?? 'rsigma';
const program = fileURLToPath(new URL('../../dist/bin/winnow.js', import.meta.url));
const given = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'winnow-sigma-'));
const output = join(folder, 'output');
const CORES = String(availableParallelism());

const kinds: readonly EventKind[] = ['audit', 'linux', 'raw'];
const sizes = ['10', '100', '1000', 'frequent'] as const;
type SizeName = (typeof sizes)[number];

/** What was asked for of them, or all. */
const chosen = <T extends string>(of: readonly T[]): readonly T[] => {
  const named = of.filter((name) => given.includes(name));
  return named.length === 0 ? of : named;
};

interface Peer {
  readonly name: string;
  readonly program: string;
  readonly words: readonly string[];
  /** The file that it reads as standard input. */
  readonly from?: string;
}

interface Task {
  readonly events: string;
  readonly toml: string;
  readonly sigma: string;
  /** Words for the fields' names; none where events have Sigma's. */
  readonly pipeline: readonly string[];
}

function eventsOf(kind: EventKind): string {
  const path = join(folder, `${kind}.ndjson`);
  const file = openSync(path, 'w');
  for (const block of eventBlocks([kind], EVENTS)) writeSync(file, block);
  closeSync(file);
  return path;
}

function taskOf(kind: EventKind, size: SizeName, events: string): Task {
  const pairs: PairKind = kind === 'linux' ? 'linux' : 'audit';
  const own = join(folder, `${kind}-${size}`);
  const task = { events, toml: join(own, 'toml'), sigma: join(own, 'sigma') };
  for (const path of [task.toml, task.sigma]) mkdirSync(path, { recursive: true });
  const areFrequent = size === 'frequent';
  for (const { id, toml, sigma } of pairedRules(pairs, areFrequent ? 10 : Number(size), areFrequent)) {
    writeFileSync(join(task.toml, `${id}.toml`), toml);
    writeFileSync(join(task.sigma, `${id}.yml`), sigma);
  }
  const pipeline = join(own, 'pipeline.yml');
  writeFileSync(pipeline, pipelineOf(pairs));
  return { ...task, pipeline: kind === 'raw' ? [] : ['-p', pipeline] };
}

const winnowScan = ({ events, toml }: Task, threads: string): Peer => ({
  name: `winnow scan, ${threads} thread${threads === '1' ? '' : 's'}`,
  program: process.execPath,
  words: [program, 'scan', events, '-r', toml, '-o', 'ndjson', '--quiet', '--threads', threads],
});

/** On one thread: it has no other way to read a file. */
const rsigmaEval = ({ events, sigma, pipeline }: Task, ...more: readonly string[]): Peer => ({
  name: 'rsigma engine eval',
  program: rsigma,
  words: ['engine', 'eval', '-r', sigma, ...pipeline, '-e', `@${events}`, '--input-format', 'json', ...more],
});

/** On all cores, from standard input to its end. */
const rsigmaDaemon = ({ events, sigma, pipeline }: Task): Peer => ({
  name: 'rsigma engine daemon',
  program: rsigma,
  words: ['engine', 'daemon', '-r', sigma, ...pipeline, '--input', 'stdin', ...DAEMON],
  from: events,
});
const DAEMON = ['--input-format', 'json', '--api-addr', '127.0.0.1:0'];

const PARSE = `for (const line of require('fs').readFileSync(process.argv[1], 'latin1').split('\\n'))
  if (line !== '') JSON.parse(line);`;

/** Nothing but reading and parsing. Events are ASCII. */
const parsing = ({ events }: Task): Peer => ({
  name: 'JSON.parse alone',
  program: process.execPath,
  words: ['-e', PARSE, events],
});

/** `rule event` of each match, in order. */
function matchesOf(peer: Peer, matchOf: (line: Line) => string): readonly string[] {
  const { status, said } = timed(peer.program, peer.words, output);
  if (status > 1) throw new Error(`${peer.name} ended with ${status}: ${said}`);
  const lines = readFileSync(output, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => matchOf(JSON.parse(line) as Line)).toSorted();
}

interface Line {
  readonly [name: string]: unknown;
}

/** An alert about an audit event has its id deeper in. */
function idOf(event: Line): string {
  const audit = (event['kubernetes'] as Line | undefined)?.['audit'] ?? event;
  return String((audit as Line)['auditID'] ?? (event['event'] as Line)['id']);
}

const ofWinnow = (alert: Line): string => `${String(alert['kibana.alert.rule.rule_id'])} ${idOf(alert)}`;
const ofRsigma = (match: Line): string => `${String(match['rule_id'])} ${idOf(match['event'] as Line)}`;

/** How many there are. Two programs that find other things are not compared. */
function agreed(task: Task): number {
  const ours = matchesOf(winnowScan(task, '1'), ofWinnow);
  const theirs = matchesOf(rsigmaEval(task, '--include-event'), ofRsigma);
  const [first] = new Set(ours).symmetricDifference(new Set(theirs));
  if (first !== undefined || ours.length !== theirs.length)
    throw new Error(`winnow has ${ours.length} matches, rsigma ${theirs.length}: look at "${first}"`);
  return ours.length;
}

/** One on one thread and others on all cores, each compared with Winnow, which comes first. */
function compare(title: string, groups: readonly (readonly Peer[])[]): void {
  const runs = groups.map((group) => group.map((): Timed[] => []));
  for (let round = 0; round < ROUNDS; round++)
    groups.forEach((group, g) =>
      group.forEach(({ program: file, words, from }, i) =>
        runs[g]?.[i]?.push(timed(file, words, output, from)),
      ),
    );
  console.log(title);
  console.log(row(['who', 'processor, s', 'events/s', 'winnow is ×', 'clock, s', 'winnow is ×'], 26));
  groups.forEach((group, g) =>
    group.forEach(({ name }, i) => tell(name, runs[g]?.[i] ?? [], runs[g]?.[0] ?? [])),
  );
  console.log('');
}

function tell(name: string, own: readonly Timed[], ours: readonly Timed[]): void {
  const [processor, clock] = [
    spreadOf(own.map((one) => one.seconds)),
    spreadOf(own.map((one) => one.elapsed)),
  ];
  const speed = Math.round(EVENTS / processor.median).toLocaleString('en');
  const ratio = (key: 'seconds' | 'elapsed'): string =>
    own === ours ? '' : spreadText(over(own, ours, key), 1);
  const cells = [
    processor.median.toFixed(2),
    speed,
    ratio('seconds'),
    clock.median.toFixed(2),
    ratio('elapsed'),
  ];
  console.log(row([name, ...cells], 26));
}

/** Round by round. */
const over = (own: readonly Timed[], ours: readonly Timed[], key: 'seconds' | 'elapsed'): Spread =>
  spreadOf(own.map((one, round) => one[key] / (ours[round]?.[key] ?? NaN)));

try {
  if (spawnSync(rsigma, ['--version']).status !== 0) throw new Error(`"${rsigma}" cannot be run`);
  for (const kind of chosen(kinds)) {
    const events = eventsOf(kind);
    for (const size of chosen(sizes)) {
      const task = taskOf(kind, size, events);
      const matches = agreed(task);
      compare(`${EVENTS.toLocaleString('en')} ${kind} events, ${size} rules, ${matches} matches`, [
        [winnowScan(task, '1'), rsigmaEval(task), parsing(task)],
        [winnowScan(task, CORES), rsigmaDaemon(task)],
      ]);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
