/**
 * From bytes to matches, in one thread: framing, scanning, decoding what may match, keys against repeats, the index and
 * the rules. Beside it JSON.parse of the same lines alone, and JSON.parse with the index and the rules.
 */
import { eventLines } from './events.ts';
import type { Cost, Lane } from './measure.ts';
import { costText, measure, row } from './measure.ts';
import { BenchReader } from './reader.ts';
import type { BenchRule, RuleSet } from './rule-sets.ts';
import { madeUp, realSets } from './rule-sets.ts';
import { shuffledLines } from './shuffle.ts';

const EVENTS = 10_000;
const ROUNDS = 5;

export function benchBytes(): void {
  const sets = [...[1, 100, 1000, 2000].map(madeUp), ...realSets()];
  const some = sets.filter(({ name }) => /1000|alert/.test(name));
  for (const kind of ['raw', 'audit', 'linux'] as const) {
    const lines = eventLines(kind, EVENTS);
    table(titles[kind], lines, sets);
    table('the same, keys shuffled', shuffledLines(lines), some);
  }
  table('hostile lines', hostileLines(), some);
}

const titles = {
  raw: 'audit events as the API server writes them',
  audit: 'audit events in ECS',
  linux: 'Linux processes in ECS',
} as const;

function table(title: string, lines: readonly string[], sets: readonly RuleSet[]): void {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  console.log(
    `${title}: ${lines.length} of ${Math.round(bytes.length / lines.length)} bytes; µs of processor time an event, median (least–most) of ${ROUNDS} rounds`,
  );
  console.log(
    row([
      'rules',
      'JSON.parse',
      'JSON.parse + index',
      'scan',
      '÷ JSON.parse',
      'MB/s',
      'from bytes',
      'matches',
    ]),
  );
  for (const { name, rules } of sets) console.log(row([name, ...figures(rules, lines, bytes)]));
  console.log('');
}

function figures(rules: readonly BenchRule[], lines: readonly string[], bytes: Buffer): string[] {
  const reader = new BenchReader(rules);
  const lanes: Lane[] = [
    { name: 'JSON.parse', run: () => lines.map((line) => JSON.parse(line) as unknown).length },
    { name: 'JSON.parse + index', run: () => reader.parse(lines) },
    { name: 'scan', run: () => reader.scan(bytes) },
  ];
  const [parse, index, scan] = measure(lanes, ROUNDS) as [Cost, Cost, Cost];
  const { events, idle, matches } = reader;
  return [
    ...[parse, index, scan].map(costText),
    (parse.median / scan.median).toFixed(2),
    (bytes.length / lines.length / scan.median).toFixed(0),
    `${((100 * idle) / events).toFixed(1)} %`,
    (matches / events).toFixed(2),
  ];
}

/** What costs most: every witness of some rules, long texts, deep nesting, escapes everywhere. */
function hostileLines(): string[] {
  const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) });
  return eventLines('linux', 1000).map((line, i) => {
    const event = JSON.parse(line) as { process: Record<string, unknown> };
    event.process.command_line = `curl host${i}.example "secret${i}" `.repeat(200);
    event.process.deep = deep(50);
    return JSON.stringify(event);
  });
}
