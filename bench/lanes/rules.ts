/** The cost of an event by the number of rules: it should grow far less than the rules do. */
import type { EventKind } from '../events.ts';
import { eventLines } from '../events.ts';
import { about, inputOf, parseAll } from '../input.ts';
import type { Lane } from '../measure.ts';
import { measure, row, SPEEDS, speeds, spreadText, timesAsFast } from '../measure.ts';
import { BenchReader } from '../reader.ts';
import type { RuleSet } from '../rule-sets.ts';
import { madeUp, realSets } from '../rule-sets.ts';
import { sizeOf } from '../size.ts';

const COUNTS = [100, 250, 500, 1000, 2000];

export function benchRules(): void {
  const alerts = realSets().find(({ name }) => name.startsWith('alert'));
  for (const kind of ['raw', 'linux'] as const) {
    growWithRules(kind, 'made-up rules', COUNTS.map(madeUp));
    if (alerts !== undefined) growWithRules(kind, 'alert rules of the checkout', partsOf(alerts));
  }
}

/** Rules that stand spread over the whole set, so that each part has some of every kind. */
function partsOf({ rules }: RuleSet): RuleSet[] {
  const counts = [...COUNTS.filter((count) => count < rules.length), rules.length];
  return counts.map((count) => ({
    name: `${count}`,
    rules: Array.from({ length: count }, (_, i) => rules[Math.floor((i * rules.length) / count)]).filter(
      (rule) => rule !== undefined,
    ),
  }));
}

function growWithRules(kind: EventKind, what: string, sets: readonly RuleSet[]): void {
  const { events, rounds } = sizeOf(10_000);
  const input = inputOf(`cost by number of ${what}, ${kind}`, eventLines(kind, events));
  const readers = sets.map(({ rules }) => new BenchReader(rules));
  const lanes: Lane[] = [
    { name: 'JSON.parse', run: () => parseAll(input) },
    ...readers.map((reader, i) => ({ name: sets[i]?.name ?? '', run: () => reader.scan(input.bytes) })),
  ];
  const [parse, ...costs] = measure(lanes, rounds);
  const [fewest] = costs;
  if (parse === undefined || fewest === undefined) return;
  console.log(about(input, rounds));
  console.log(row(['rules', ...SPEEDS, 'cost ÷ the fewest’s']));
  costs.forEach((cost, i) => {
    const grown = spreadText(timesAsFast(fewest, cost));
    console.log(row([String(sets[i]?.rules.length), ...speeds(cost, parse, input.bytesOfAnEvent), grown]));
  });
  console.log('');
}
