/**
 * Rules over events: parsing, extracting, looking up and deciding, in one thread. The figures to read are the ratios, to
 * JSON.parse of the same lines alone and to the interpreter: the machine moves absolute ones by a factor of two.
 */
import type { JsonObject } from '../src/data/document.ts';
import { Matcher } from '../src/exec/index/matcher.ts';
import { interpret } from '../src/exec/interpret/index.ts';
import { asUndecided } from '../src/exec/undecided.ts';
import type { Predicate } from '../src/plan/predicate.ts';
import type { EventKind } from './events.ts';
import { eventLines } from './events.ts';
import type { Lane } from './measure.ts';
import { measure, row } from './measure.ts';
import { checkoutRules } from '../tests/support/checkout.ts';
import { syntheticRules } from './rules.ts';

const EVENTS = 10_000;
const ROUNDS = 5;
const NOW = Date.UTC(2026, 1, 4);
/** Evaluations of one rule on one event that the interpreter gets in a round: it is slow. */
const INTERPRETED = 40_000;

export function benchScan(): void {
  const checkout = checkoutRules()?.map(({ where }) => where);
  if (checkout === undefined)
    console.log('No checkout of rules beside the repository: made-up rules only.\n');
  for (const kind of ['audit', 'linux'] as const) benchEvents(kind, checkout);
}

function benchEvents(kind: EventKind, checkout: readonly Predicate[] | undefined): void {
  const lines = eventLines(kind, EVENTS);
  const bytes = lines.reduce((sum, line) => sum + line.length, 0);
  console.log(`${kind}: ${EVENTS} events of ${Math.round(bytes / EVENTS)} bytes, median of ${ROUNDS} rounds`);
  console.log(
    row(['rules', 'events/s', '÷ JSON.parse', '÷ interpreter', 'tried/event', 'matches/event', 'load ms']),
  );
  const sets: (readonly [string, readonly Predicate[]])[] = [1, 100, 1000, 2000].map((count) => [
    `made-up ${count}`,
    syntheticRules(count),
  ]);
  if (checkout !== undefined) sets.push([`checkout ${checkout.length}`, checkout]);
  for (const [name, predicates] of sets) console.log(row([name, ...figures(predicates, lines)]));
  console.log('');
}

function figures(predicates: readonly Predicate[], lines: readonly string[]): string[] {
  const start = performance.now();
  const matcher = new Matcher(predicates);
  const loading = performance.now() - start;
  let matches = 0;
  let handled = 0;
  const lanes: Lane[] = [
    { name: 'JSON.parse', run: () => forEach(lines, () => undefined) },
    {
      name: 'scan',
      run: () =>
        forEach(lines, (document) => {
          matches += matcher.match(document, NOW).rules.length;
          handled++;
        }),
    },
    {
      name: 'interpreter',
      run: () => forEach(someOf(lines, predicates), (d) => interpretAll(predicates, d)),
    },
  ];
  const [parse = NaN, scan = NaN, slow = NaN] = measure(lanes, ROUNDS).map(({ median }) => 1e6 / median);
  const perEvent = (count: number): string => (count / handled).toFixed(2);
  return [
    Math.round(scan).toLocaleString('en'),
    (scan / parse).toFixed(2),
    (scan / slow).toFixed(1),
    perEvent(matcher.tried.reduce((sum, tried) => sum + tried, 0)),
    perEvent(matches),
    loading.toFixed(0),
  ];
}

function forEach(lines: readonly string[], handle: (document: JsonObject) => void): number {
  for (const line of lines) handle(JSON.parse(line) as JsonObject);
  return lines.length;
}

const someOf = (lines: readonly string[], predicates: readonly Predicate[]): readonly string[] =>
  lines.slice(0, Math.max(5, Math.ceil(INTERPRETED / predicates.length)));

function interpretAll(predicates: readonly Predicate[], document: JsonObject): void {
  for (const predicate of predicates) {
    try {
      interpret(predicate, document, { now: NOW });
    } catch (error) {
      asUndecided(error);
    }
  }
}
