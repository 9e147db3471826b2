/**
 * Rules over parsed events: parsing, extracting, looking up and deciding, in one thread. Beside it JSON.parse of the same
 * lines alone, and the interpreter, which asks every rule.
 */
import { existsSync } from 'node:fs';
import type { JsonObject } from '../../src/data/document.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { asUndecided } from '../../src/exec/undecided.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { checkoutFolder, checkoutRules } from '../../tests/support/checkout.ts';
import { eventLines } from '../events.ts';
import type { Input } from '../input.ts';
import { about, inputOf } from '../input.ts';
import type { Cost } from '../measure.ts';
import { measure, row, SPEEDS, speeds, timesAsFast } from '../measure.ts';
import { syntheticRules } from '../rules.ts';
import { sizeOf } from '../size.ts';

const NOW = Date.UTC(2026, 1, 4);
/** Evaluations of one rule on one event that the interpreter gets for each event of a round: it is slow. */
const INTERPRETED = 4;

export function benchParsed(): void {
  const checkout = existsSync(checkoutFolder) ? checkoutRules()?.map(({ where }) => where) : undefined;
  if (checkout === undefined)
    console.log('No checkout of rules beside the repository: made-up rules only.\n');
  for (const kind of ['audit', 'linux'] as const) benchEvents(kind, checkout);
}

function benchEvents(kind: 'audit' | 'linux', checkout: readonly Predicate[] | undefined): void {
  const { events, rounds } = sizeOf(10_000);
  const input = inputOf(`rules over parsed events, ${kind}`, eventLines(kind, events));
  console.log(about(input, rounds));
  console.log(row(['rules', ...SPEEDS, '÷ interpreter', 'tried/event', 'matches/event']));
  const sets: (readonly [string, readonly Predicate[]])[] = [1, 100, 1000, 2000].map((count) => [
    `made-up ${count}`,
    syntheticRules(count),
  ]);
  if (checkout !== undefined) sets.push([`checkout ${checkout.length}`, checkout]);
  for (const [name, predicates] of sets) console.log(row([name, ...figures(predicates, input, rounds)]));
  console.log('');
}

function figures(predicates: readonly Predicate[], input: Input, rounds: number): string[] {
  const matcher = new Matcher(predicates);
  let matches = 0;
  let handled = 0;
  const match = (document: JsonObject): void => {
    matches += matcher.match(document, NOW).rules.length;
    handled++;
  };
  const few = someOf(input.lines, predicates);
  const [parse, scan, slow] = measure(
    [
      { name: 'JSON.parse', run: () => forEach(input.lines, () => undefined) },
      { name: 'index', run: () => forEach(input.lines, match) },
      { name: 'interpreter', run: () => forEach(few, (d) => interpretAll(predicates, d)) },
    ],
    rounds,
  ) as [Cost, Cost, Cost];
  const perEvent = (count: number): string => (count / handled).toFixed(2);
  return [
    ...speeds(scan, parse, input.bytesOfAnEvent),
    timesAsFast(scan, slow).median.toFixed(1),
    perEvent(matcher.tried.reduce((sum, tried) => sum + tried, 0)),
    perEvent(matches),
  ];
}

function forEach(lines: readonly string[], handle: (document: JsonObject) => void): number {
  for (const line of lines) handle(JSON.parse(line) as JsonObject);
  return lines.length;
}

const someOf = (lines: readonly string[], predicates: readonly Predicate[]): readonly string[] =>
  lines.slice(0, Math.max(5, Math.ceil((INTERPRETED * lines.length) / predicates.length)));

function interpretAll(predicates: readonly Predicate[], document: JsonObject): void {
  for (const predicate of predicates) {
    try {
      interpret(predicate, document, { now: NOW });
    } catch (error) {
      asUndecided(error);
    }
  }
}
