/**
 * Winnow beside other programs over the same bytes: `node bench/peers/main.ts`. Every run is a process of its own, all take turns,
 * and all must find the same matches. What is not installed is left out, and said so:
 *
 *     python -m venv venv && venv/bin/pip install eql      then   WINNOW_BENCH_PYTHON=venv/bin/python
 *     apt install jq
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeRuleFiles } from '../../src/app/rule-files.ts';
import { shippedRules } from '../../src/app/rules.ts';
import type { JsonObject, JsonValue } from '../../src/data/document.ts';
import { loadRules } from '../../src/rules/load/load.ts';
import { makeSample } from '../../src/sample/index.ts';
import type { Spread } from '../measure.ts';
import { row, spreadOf, spreadText } from '../measure.ts';
import { sizeOf } from '../size.ts';
import type { PeerAnswer } from './answer.ts';

const { events: EVENTS, rounds: ROUNDS } = sizeOf(50_000, 3);
const python = process.env['WINNOW_BENCH_PYTHON'] ?? 'python3';
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** One condition, as each of them writes it. */
const ONE_RULE = 'process where event.action == "exec" and process.name == "curl"';
const ONE_IN_JQ =
  'select(.event.category == "process" and .event.action == "exec" and .process.name == "curl") | 1';

interface Peer {
  readonly name: string;
  readonly run: () => PeerAnswer;
}

const folder = mkdtempSync(join(tmpdir(), 'winnow-peers-'));

function writtenTo(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const DAYS = 4;

/** Days of the sample's cluster, attacks included, again and again. Of lists each makes something else, so there are none. */
function eventLines(): string[] {
  const days = Array.from({ length: DAYS }, (_, seed) => makeSample(seed + 1).containers).flat();
  return Array.from({ length: EVENTS }, (_, number) =>
    JSON.stringify(withoutLists({ ...days[number % days.length], labels: { number: String(number) } })),
  );
}

function withoutLists(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(String).join(' ');
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutLists(item ?? null)]));
}

const parsing = (events: string): Peer => ({
  name: 'JSON.parse alone',
  run: () => answerOf(process.execPath, [here('winnow.ts'), events]),
});

const winnow = (events: string, queries: string): Peer => ({
  name: 'winnow',
  run: () => answerOf(process.execPath, [here('winnow.ts'), events, queries]),
});

/** Undefined, and said so, where it is not installed. */
function pythonEql(events: string, queries: string): Peer | undefined {
  if (spawnSync(python, ['-c', 'import eql']).status !== 0) {
    console.log(`python-eql is left out: "${python}" cannot import eql\n`);
    return undefined;
  }
  return { name: 'python-eql', run: () => answerOf(python, [here('python_eql.py'), events, queries]) };
}

function jq(events: string): Peer | undefined {
  if (spawnSync('jq', ['--version']).status !== 0) {
    console.log('jq is left out: it is not installed\n');
    return undefined;
  }
  return { name: 'jq', run: () => jqAnswer(events) };
}

function answerOf(program: string, words: readonly string[]): PeerAnswer {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as PeerAnswer;
}

/** The shell says how long its children had a processor; the start of jq is in it. */
function jqAnswer(events: string): PeerAnswer {
  const script = 'jq -c "$1" "$2" | wc -l; times';
  const { stdout } = spawnSync('sh', ['-c', script, 'sh', ONE_IN_JQ, events], { encoding: 'utf8' });
  const [found = '', , children = ''] = stdout.trim().split('\n');
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => 60 * Number(m) + Number(s));
  return { seconds: seconds.reduce((sum, one) => sum + one, 0), matches: [Number(found)] };
}

function compareOne(events: string): void {
  const queries = writtenTo('one.json', JSON.stringify([ONE_RULE]));
  const peers = [parsing(events), winnow(events, queries), pythonEql(events, queries), jq(events)];
  compare(`one rule: ${ONE_RULE}`, peers);
}

/** The shipped rules for containers that both understand and answer alike. */
async function compareMany(events: string): Promise<void> {
  const { rules } = await loadRules([shippedRules], nodeRuleFiles);
  const all = rules.flatMap(({ plan, query, document: { rule } }) =>
    rule.type === 'eql' && plan?.kind === 'filter' && query !== undefined ? [query.text] : [],
  );
  const asked = writtenTo('all.json', JSON.stringify(all));
  const peer = pythonEql(events, asked);
  if (peer === undefined) return;
  const [own, other] = [
    winnow(events, asked).run(),
    answerOf(python, [here('python_eql.py'), events, asked, 'probe']),
  ];
  const alike = all.filter((_, i) => own.matches[i] === other.matches[i]);
  const queries = writtenTo('alike.json', JSON.stringify(alike));
  compare(`${alike.length} of ${all.length} shipped rules, which both answer alike`, [
    parsing(events),
    winnow(events, queries),
    pythonEql(events, queries),
  ]);
}

function compare(title: string, all: readonly (Peer | undefined)[]): void {
  const peers = all.filter((peer) => peer !== undefined);
  const answers = peers.map((): PeerAnswer[] => []);
  for (let round = 0; round < ROUNDS; round++) peers.forEach(({ run }, i) => answers[i]?.push(run()));
  const seconds = answers.map((own) => own.map((answer) => answer.seconds));
  const [floor = [], ours = []] = seconds;
  console.log(title);
  console.log(row(['who', 'events/s', '÷ JSON.parse', 'winnow is × as fast', 'matches']));
  peers.forEach(({ name }, i) => {
    const own = seconds[i] ?? [];
    console.log(
      row([
        name,
        Math.round(EVENTS / spreadOf(own).median).toLocaleString('en'),
        spreadText(over(floor, own)),
        i < 2 ? '' : spreadText(over(own, ours), 1),
        i === 0 ? '' : String(matchesOf(answers[i] ?? [])),
      ]),
    );
  });
  console.log('');
}

/** Round by round. */
const over = (values: readonly number[], by: readonly number[]): Spread =>
  spreadOf(values.map((value, round) => value / (by[round] ?? NaN)));

const matchesOf = ([first]: readonly PeerAnswer[]): number =>
  (first?.matches ?? []).reduce<number>((sum, count) => sum + (count ?? 0), 0);

try {
  const lines = eventLines();
  const events = writtenTo('events.ndjson', lines.map((line) => `${line}\n`).join(''));
  console.log(
    `${EVENTS.toLocaleString('en')} container events of ${Math.round(lines.join('\n').length / EVENTS)} bytes; processor time, median (least–most) of ${ROUNDS} rounds\n`,
  );
  compareOne(events);
  await compareMany(events);
} finally {
  rmSync(folder, { recursive: true });
}
