/**
 * Made-up audit and process events through every runnable ES|QL rule of a checkout, on one core, beside an
 * engine without rules that reads the same lines. Blocks of events take turns, so that a noisy machine disturbs both
 * alike; the ratio is what the rules cost. Memory is what this process holds after a collection: at half and at the end.
 */
import { existsSync } from 'node:fs';
import { replayPorts } from '../../src/app/ports.ts';
import { nodeRuleFiles } from '../../src/app/rule-files.ts';
import type { JsonObject } from '../../src/data/document.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import { loadRules } from '../../src/rules/load/load.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutFolder } from '../../tests/support/checkout.ts';
import { madeEvent } from '../events.ts';
import { sizeOf } from '../size.ts';
import { row } from '../measure.ts';

const EVENTS = sizeOf(200_000).events;
const BLOCK = 5_000;
/** Milliseconds between events: a million in a day. */
const STEP = 86.4;
const START = Date.UTC(2026, 1, 3);
/** Documents that are made once; each comes many times, at other times. */
const DIFFERENT = 20_000;

export async function benchEsql(): Promise<void> {
  if (!existsSync(checkoutFolder)) {
    console.log('esql: no checkout of rules beside the repository, nothing to run\n');
    return;
  }
  const rules = await runnableRules();
  for (const ignoreIndex of [false, true]) {
    // Without their indices every rule sees every event, which is slow: fewer events tell as much.
    const events = ignoreIndex ? EVENTS / 10 : EVENTS;
    const how = ignoreIndex ? 'every rule reading every event' : 'index patterns at work';
    console.log(
      `esql: ${events.toLocaleString('en')} events, a million a day, ${rules.length} ES|QL rules, ${how}`,
    );
    compare(rules, events, ignoreIndex);
  }
}

async function runnableRules(): Promise<LoadedRule[]> {
  const { rules } = await loadRules([checkoutFolder], nodeRuleFiles, { deprecated: true });
  return rules.filter(({ status, document }) => status.runnable && document.rule.type === 'esql');
}

interface Lane {
  readonly engine: Engine;
  /** Of processor time. */
  seconds: number;
  alerts: number;
}

function compare(rules: readonly LoadedRule[], events: number, ignoreIndex: boolean): void {
  const options = { mode: 'stream', lateness: 60_000, matcher: indexingMatcher, ignoreIndex } as const;
  const laneOf = (own: readonly LoadedRule[]): Lane => ({
    engine: new Engine(own, options, replayPorts),
    seconds: 0,
    alerts: 0,
  });
  const lines = madeLines();
  const [none, all] = [laneOf([]), laneOf(rules)];
  const before = heldMegabytes();
  console.log(row(['events', 'none/s', 'rules/s', 'ratio', 'alerts', 'held MB', 'resident MB'], 12, 13));
  for (let from = 0; from < events; from += BLOCK) {
    const to = Math.min(events, from + BLOCK);
    for (const lane of (from / BLOCK) % 2 === 0 ? [none, all] : [all, none])
      timed(lane, () => readBlock(lane, lines, from, to));
    if (to === events || (from < events / 2 && to >= events / 2)) report(none, all, to, before);
  }
  timed(none, () => none.engine.end());
  timed(all, () => (all.alerts += all.engine.end().length));
  console.log(
    `end of input: ratio ${(none.seconds / all.seconds).toFixed(3)}, ${all.alerts} alerts, ` +
      `evictions: ${evictions(all.engine)}\n`,
  );
}

function madeLines(): string[] {
  const random = seededRandom(2026);
  return Array.from({ length: DIFFERENT }, (_, i) =>
    JSON.stringify(madeEvent(random.chance(0.5) ? 'audit' : 'linux', random, i)),
  );
}

function readBlock(lane: Lane, lines: readonly string[], from: number, to: number): void {
  const random = seededRandom(from);
  for (let i = from; i < to; i++) {
    const line = lines[random.between(0, DIFFERENT - 1)] ?? '{}';
    const time = START + Math.floor(i * STEP) - random.between(0, 2000);
    lane.alerts += lane.engine.take(eventAt(line, i, time)).length;
  }
}

function eventAt(line: string, i: number, time: number): EventEnvelope {
  const document = JSON.parse(line) as Record<string, unknown>;
  document['@timestamp'] = new Date(time).toISOString();
  return { key: `event-${i}`, time, document: document as JsonObject, origin: { file: 'day', line: i + 1 } };
}

function timed(lane: Lane, work: () => void): void {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  lane.seconds += (user + system) / 1e6;
}

/** What is still in use when nothing unused is left. */
function heldMegabytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function report(none: Lane, all: Lane, events: number, before: number): void {
  const rate = ({ seconds }: Lane): string => Math.round(events / seconds).toLocaleString('en');
  console.log(
    row(
      [
        events.toLocaleString('en'),
        rate(none),
        rate(all),
        (none.seconds / all.seconds).toFixed(3),
        String(all.alerts),
        (heldMegabytes() - before).toFixed(0),
        (process.memoryUsage.rss() / 1e6).toFixed(0),
      ],
      12,
      13,
    ),
  );
}

const evictions = (engine: Engine): string =>
  engine
    .summary()
    .state.evictions.map(({ what, count }) => `${what} ${count}`)
    .join(', ') || 'none';
