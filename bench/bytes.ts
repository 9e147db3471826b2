/**
 * From bytes to matches, in one thread: framing, decoding, normalising, keys against repeats, the index and the rules.
 * Once with every record decoded, once with those passed over that no rule can match, beside JSON.parse of the same
 * lines alone.
 */
import { Matcher } from '../src/exec/index/matcher.ts';
import { Repeats } from '../src/ingest/normalise/repeats.ts';
import { FileContent } from '../src/ingest/read-file.ts';
import type { Interest } from '../src/model/interest.ts';
import { fieldsOf } from '../src/plan/fold.ts';
import type { Predicate } from '../src/plan/predicate.ts';
import { checkoutRules } from '../tests/support/checkout.ts';
import { AUTO } from '../tests/support/ingest.ts';
import { interestOf } from '../tests/support/interest.ts';
import { eventLines } from './events.ts';
import type { Cost, Lane } from './measure.ts';
import { costText, measure, row } from './measure.ts';
import { syntheticRules } from './rules.ts';
import { shuffledLines } from './shuffle.ts';

const EVENTS = 10_000;
const ROUNDS = 5;
const NOW = Date.UTC(2026, 1, 4);
const CHUNK = 1024 * 1024;

type RuleSet = readonly [name: string, rules: readonly Predicate[]];

export function benchBytes(): void {
  const sets: RuleSet[] = [1, 100, 1000, 2000].map((count) => [`made-up ${count}`, syntheticRules(count)]);
  const checkout = checkoutRules();
  if (checkout !== undefined) sets.push([`checkout ${checkout.length}`, checkout.map(({ where }) => where)]);
  for (const kind of ['raw', 'linux'] as const) {
    const lines = eventLines(kind, EVENTS);
    table(kind === 'raw' ? 'audit events as the API server writes them' : 'Linux processes', lines, sets);
    table(`the same, keys shuffled`, shuffledLines(lines), sets.slice(2, 3));
  }
  table('hostile lines', hostileLines(), sets.slice(2, 3));
}

function table(title: string, lines: readonly string[], sets: readonly RuleSet[]): void {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  console.log(
    `${title}: ${lines.length} of ${Math.round(bytes.length / lines.length)} bytes; µs of processor time an event, median (least–most) of ${ROUNDS} rounds`,
  );
  console.log(row(['rules', 'JSON.parse', 'all decoded', 'passing over', '÷ JSON.parse', 'passed over']));
  for (const [name, rules] of sets) console.log(row([name, ...figures(rules, lines, bytes)]));
  console.log('');
}

function figures(rules: readonly Predicate[], lines: readonly string[], bytes: Buffer): string[] {
  const matcher = new Matcher(rules);
  const paths = rules.flatMap(fieldsOf).flatMap(({ path }) => (typeof path === 'string' ? [path] : []));
  const interest = interestOf(matcher, rules.length, paths);
  let [idle, events] = [0, 0];
  const lanes: Lane[] = [
    { name: 'JSON.parse', run: () => lines.map((line) => JSON.parse(line) as unknown).length },
    { name: 'all decoded', run: () => read(bytes, matcher).events },
    {
      name: 'passing over',
      run: () => {
        const seen = read(bytes, matcher, interest);
        idle += seen.idle;
        events += seen.events;
        return seen.events;
      },
    },
  ];
  const [parse, decoded, passing] = measure(lanes, ROUNDS) as [Cost, Cost, Cost];
  return [
    ...[parse, decoded, passing].map(costText),
    (parse.median / passing.median).toFixed(2),
    `${((100 * idle) / events).toFixed(1)} %`,
  ];
}

function read(bytes: Buffer, matcher: Matcher, interest?: Interest): { events: number; idle: number } {
  const content = new FileContent(
    'bench.log',
    interest === undefined ? AUTO : { ...AUTO, interest },
    new Repeats(),
  );
  let [events, idle] = [0, 0];
  const take = (): void => {
    for (const event of content.collector.take('bench.log', 0, undefined).events) {
      events++;
      if (event.idle !== undefined) idle++;
      else matcher.match(event.document, NOW);
    }
  };
  for (let at = 0; at < bytes.length; at += CHUNK) {
    content.push(bytes.subarray(at, at + CHUNK));
    take();
  }
  content.end();
  take();
  return { events, idle };
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
