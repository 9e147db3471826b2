/** A table of scans from bytes to matches, beside JSON.parse of the same lines alone and with the index and the rules. */
import type { Input } from './input.ts';
import { about, parseAll } from './input.ts';
import type { Cost } from './measure.ts';
import { costText, measure, row, SPEEDS, speeds } from './measure.ts';
import { BenchReader } from './reader.ts';
import type { BenchRule, RuleSet } from './rule-sets.ts';

export function byteTable(input: Input, sets: readonly RuleSet[], rounds: number): void {
  console.log(about(input, rounds));
  console.log(
    row(['rules', ...SPEEDS, 'scan µs', 'JSON.parse µs', 'and index µs', 'from bytes', 'matches'], 22, 18),
  );
  for (const { name, rules } of sets) console.log(row([name, ...figures(rules, input, rounds)], 22, 18));
  console.log('');
}

function figures(rules: readonly BenchRule[], input: Input, rounds: number): string[] {
  const reader = new BenchReader(rules);
  const [parse, index, scan] = measure(
    [
      { name: 'JSON.parse', run: () => parseAll(input) },
      { name: 'JSON.parse + index', run: () => reader.parse(input.lines) },
      { name: 'scan', run: () => reader.scan(input.bytes) },
    ],
    rounds,
  ) as [Cost, Cost, Cost];
  const { events, idle, matches } = reader;
  return [
    ...speeds(scan, parse, input.bytesOfAnEvent),
    ...[scan, parse, index].map(costText),
    `${((100 * idle) / events).toFixed(1)} %`,
    (matches / events).toFixed(2),
  ];
}
