/**
 * The scanner alone: lines walked over, checked, fingerprinted and looked up, candidates listed but not decided, and no
 * events made. Beside it JSON.parse of the same lines.
 */
import type { JsonObject } from '../../src/data/document.ts';
import { Findings } from '../../src/ingest/decode/fast/findings.ts';
import { scannerFor } from '../../src/ingest/decode/fast/line-scanner.ts';
import type { IngestOptions } from '../../src/ingest/types.ts';
import type { Interest } from '../../src/model/interest.ts';
import { eventLines } from '../events.ts';
import { hostileLines } from '../hostile.ts';
import type { Input } from '../input.ts';
import { about, inputOf, parseAll } from '../input.ts';
import type { Cost } from '../measure.ts';
import { costText, measure, row, SPEEDS, speeds } from '../measure.ts';
import { BenchReader } from '../reader.ts';
import type { RuleSet } from '../rule-sets.ts';
import { madeUp, realSets } from '../rule-sets.ts';
import { sizeOf } from '../size.ts';

export function benchScanner(): void {
  const { events, rounds } = sizeOf(10_000);
  const sets = [madeUp(1), ...realSets().filter(({ name }) => /^(?:alert|all)/.test(name))];
  const [, long = []] = hostileLines(Math.ceil(events / 10)).find(([title]) => title === 'long texts') ?? [];
  const inputs = [
    inputOf('scanner alone, audit events as the API server writes them', eventLines('raw', events)),
    inputOf('scanner alone, Linux processes in ECS', eventLines('linux', events)),
    inputOf('scanner alone, Linux processes with long texts', long),
  ];
  for (const input of inputs) {
    console.log(about(input, rounds));
    console.log(row(['rules', ...SPEEDS, 'scanner µs', 'JSON.parse µs', 'looked at']));
    for (const set of sets) console.log(row([set.name, ...figures(set, input, rounds)]));
    console.log('');
  }
}

function figures({ rules }: RuleSet, input: Input, rounds: number): string[] {
  const { options } = new BenchReader(rules);
  // All else stays alive: what is looked up is chosen anew by the events, as in a scan.
  const interest = Object.create(options.interest, { decide: { value: () => [] } }) as Interest;
  let records = 0;
  const [parse, scanned] = measure(
    [
      { name: 'JSON.parse', run: () => parseAll(input) },
      {
        name: 'scanner',
        run: () => {
          records = scanAll(interest, options, input.bytes);
          return input.lines.length;
        },
      },
    ],
    rounds,
  ) as [Cost, Cost];
  const share = (100 * records) / input.lines.length;
  return [
    ...speeds(scanned, parse, input.bytesOfAnEvent),
    ...[scanned, parse].map(costText),
    `${share.toFixed(0)} %`,
  ];
}

const findings = new Findings();
const documentOf = (text: string): JsonObject => JSON.parse(text) as JsonObject;

function scanAll(interest: Interest, options: IngestOptions, bytes: Buffer): number {
  const scanner = scannerFor(interest, options);
  let records = 0;
  for (let at = 0; at < bytes.length;) {
    findings.clear();
    const scanned = scanner.scan(bytes, at, bytes.length, documentOf, findings);
    records += scanned.records;
    at = scanned.stopped ? bytes.indexOf(0x0a, scanned.end) + 1 : scanned.end;
  }
  return records;
}
