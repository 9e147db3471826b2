/**
 * Decoding alone, without a rule: bytes to records that were looked at and passed over, and bytes to documents in ECS, each
 * checked for repeats. Beside them JSON.parse of the same lines.
 */
import { Matcher } from '../../src/exec/index/matcher.ts';
import { Repeats } from '../../src/ingest/normalise/repeats.ts';
import { FileContent } from '../../src/ingest/read-file.ts';
import type { ReadingOptions } from '../../src/ingest/types.ts';
import type { Arrival } from '../../src/model/event.ts';
import { isIdle } from '../../src/model/event.ts';
import { AUTO } from '../../tests/support/ingest.ts';
import { interestOf } from '../../tests/support/interest.ts';
import { eventLines } from '../events.ts';
import { hostileLines } from '../hostile.ts';
import type { Input } from '../input.ts';
import { about, inputOf, parseAll } from '../input.ts';
import type { Cost } from '../measure.ts';
import { measure, row, speeds, SPEEDS } from '../measure.ts';
import { shuffledLines } from '../shuffle.ts';
import { sizeOf } from '../size.ts';

const CHUNK = 1024 * 1024;

/** Of no rule: every record can be passed over. */
const bytesOnly: ReadingOptions = { ...AUTO, interest: interestOf(new Matcher([]), 0, []) };

export function benchDecode(): void {
  const { events, rounds } = sizeOf(10_000);
  const [raw, linux] = [eventLines('raw', events), eventLines('linux', events)];
  const hostile = hostileLines(Math.ceil(events / 10)).find(([title]) => title === 'all of this')?.[1] ?? [];
  table(inputOf('decoding audit events as the API server writes them', raw), rounds);
  table(inputOf('the same, keys shuffled', shuffledLines(raw)), rounds);
  table(inputOf('decoding audit events in ECS', eventLines('audit', events)), rounds);
  table(inputOf('decoding Linux processes in ECS', linux), rounds);
  table(inputOf('the same, keys shuffled', shuffledLines(linux)), rounds);
  table(inputOf('the same, with sets of fields that ECS does not know', linux.map(withOwnSets)), rounds);
  const wrapped = inputOf('audit events in lines of a container runtime', raw.map(inRuntimeLine));
  table({ ...wrapped, lines: raw }, rounds);
  for (const [title, each] of carriers) table(inputOf(`audit events in ${title}`, raw.map(each)), rounds);
  table(inputOf('audit events in messages of CloudWatch, twenty in each', together(raw, 20)), rounds, 20);
  table(inputOf('decoding hostile events', hostile), rounds);
}

const withOwnSets = (line: string): string =>
  line.replace('{', '{"acme":{"team":"shop","cost":1.5},"app":"cart","kubernetes_labels":{"tier":"web"},');

const inRuntimeLine = (line: string): string => `2026-03-02T09:05:43.012904123Z stdout F ${line}`;

const json = JSON.stringify;
const TIME = '2026-03-02T09:05:43.012904123Z';

/** What carries events as texts. */
const carriers: readonly (readonly [title: string, each: (line: string) => string])[] = [
  ["Docker's files", (log) => json({ log: `${log}\n`, stream: 'stdout', time: TIME })],
  [
    'AKS records',
    (log) => json({ category: 'kube-audit', resourceId: AKS, properties: { log }, time: TIME }),
  ],
  ['messages of CloudWatch', (line) => messageOf([line])],
];
const AKS = '/SUBSCRIPTIONS/6E/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/PROD';

const messageOf = (lines: readonly string[]): string =>
  json({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/aws/eks/prod/cluster',
    logStream: 'kube-apiserver-audit-8dd4ee',
    subscriptionFilters: ['all'],
    logEvents: lines.map((message, id) => ({ id: String(id), timestamp: 1772442343012, message })),
  });

const together = (lines: readonly string[], size: number): string[] =>
  Array.from({ length: Math.ceil(lines.length / size) }, (_, i) =>
    messageOf(lines.slice(i * size, (i + 1) * size)),
  );

function table(input: Input, rounds: number, eventsOfLine = 1): void {
  const [parse, bytes, documents] = measure(
    [
      { name: 'JSON.parse', run: () => eventsOfLine * parseAll(input) },
      { name: 'bytes', run: () => read(input.bytes, bytesOnly) },
      { name: 'documents', run: () => read(input.bytes, AUTO) },
    ],
    rounds,
  ) as [Cost, Cost, Cost];
  const line = (name: string, cost: Cost): string =>
    row([name, ...speeds(cost, parse, input.bytesOfAnEvent / eventsOfLine)]);
  console.log(about(input, rounds));
  console.log(row(['way', ...SPEEDS], 22, 22));
  console.log(line('JSON.parse', parse));
  console.log(line('bytes', bytes));
  console.log(`${line('documents', documents)}\n`);
}

function read(bytes: Buffer, options: ReadingOptions): number {
  const content = new FileContent<Arrival>('bench.log', options, new Repeats());
  let events = 0;
  const take = (): void => {
    for (const event of content.collector.take('bench.log', 0, undefined).events)
      if (isIdle(event)) events += event.count;
      else if (event.judged !== undefined || typeof event.document === 'object') events++;
  };
  for (let at = 0; at < bytes.length; at += CHUNK) {
    content.push(bytes.subarray(at, at + CHUNK));
    take();
  }
  content.end();
  take();
  return events;
}
