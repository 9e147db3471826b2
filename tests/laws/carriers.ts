/** Lines that carry records as texts, for the laws about bytes: in every form that is known, changed in many ways. */
import * as fc from 'fast-check';
import type { JsonValue } from '../../src/data/document.ts';
import { auditEvent } from '../support/ingest.ts';
import { lineOfEach } from './byte-records.ts';

/** JSON of an object whose keys come in an order of their own, may come twice or be missing, and others beside them. */
interface Written {
  readonly keys: readonly (readonly [key: string, value: string])[];
}

const often = <T>(usual: T, ...rare: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 6 * rare.length, arbitrary: fc.constant(usual) },
    { weight: rare.length, arbitrary: fc.constantFrom(...rare) },
  );

const json = (value: JsonValue): string => JSON.stringify(value);

const usual = fc
  .tuple(
    fc.nat({ max: 60 }),
    fc.constantFrom('get', 'k (linux)', 'evil', 'é\u2028', 'a"b\\c\n\t/', '😀', '\u0000\u007f'),
  )
  .map(([id, word]) =>
    json(
      auditEvent({ auditID: `id-${id}`, userAgent: word, stage: id % 9 === 0 ? 'RequestReceived' : 'Panic' }),
    ),
  );
/** What stands in the text. */
const inner = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: usual }, ...Object.values(lineOfEach)),
    often('', '\n', '\r\n', ' ', '\n\n', 'x', '}', '\0'),
    often('', ' ', '\n', '\ufeff', '2026-03-02T09:05:43.012Z '),
  )
  .map(([text, end, begin]) => `${begin}${text}${end}`);

type Escape = (text: string, which: number) => string;
const unit = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** Ways to write a text in JSON. */
const escapes: readonly Escape[] = [
  json,
  json,
  json,
  json,
  (text) => json(text).replaceAll('/', '\\/'),
  (text) => `"${text.replaceAll(/[^]/g, (char) => (char > ' ' && char < '"' ? char : unit(char)))}"`,
  (text) => json(text).replaceAll(/[^ -~]/g, unit),
  (text) => json(text).replaceAll('\\"', '\\u0022'),
  (text, which) =>
    json(text.slice(0, which % (text.length + 1)) + '\ud800' + text.slice(which % (text.length + 1))),
  (text, which) => json(text).replace(/\\"/, which % 2 === 0 ? '\\ud83dx\\"' : '\\uDE00\\"'),
  (text, which) =>
    json(text).replace('\\"', ['\\x"', '\\u00g0"', '\\u 022"', '\\U0022', '"', '\\'][which % 6] as string),
  (text, which) => json(text.slice(0, which % (text.length + 1))),
];
const carried = fc
  .tuple(inner, often(0, ...escapes.keys()), fc.nat())
  .map(([text, way, which]) => (escapes[way] as Escape)(text, which));

/** An object of these keys, in their order or another one, with a chance of some being left out, others added or repeated. */
function object(
  keys: readonly (readonly [string, fc.Arbitrary<string>])[],
  others: readonly string[],
): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.tuple(...keys.map(([, value]) => value)),
      often(false, true),
      fc.nat(),
      fc.option(
        fc.tuple(
          fc.constantFrom(...others),
          fc.constantFrom('1', '"x"', 'null', '{}', '[]', '{"a":{"message":"{}"}}', json(json(auditEvent()))),
        ),
      ),
      often('', ...keys.map(([key]) => key)),
      often('', ...keys.map(([key]) => key)),
      often('', ' ', '\t'),
    )
    .map(([values, isShuffled, order, other, left, twice, space]) => {
      const written = keys.map(([key], i): Written['keys'][number] => [key, values[i] as string]);
      const all: Written['keys'] = [
        ...written.filter(([key]) => key !== left),
        ...(other === null || order % 4 > 0 ? [] : [other]),
        ...written
          .filter(([key]) => key === twice)
          .map(([key, value]): Written['keys'][number] => [key, order % 3 === 0 ? 'null' : value]),
      ];
      const ordered = isShuffled
        ? all
            .map((one, i) => [(i * 7 + order) % 11, one] as const)
            .sort(([a], [b]) => a - b)
            .map(([, one]) => one)
        : all;
      return `{${ordered.map(([key, value]) => `${space}${json(key)}:${space}${value}`).join(',')}}`;
    });
}

const text = (usually: string, ...rarely: JsonValue[]): fc.Arbitrary<string> =>
  often(json(usually), ...rarely.map(json));
const time = often('1772442343012', '"2026-03-02T09:05:43.012904Z"', 'null', '[1]', '{}');
const others = [
  '@timestamp',
  'a',
  'kubernetes',
  'attrs',
  'logtag',
  'stream',
  'log',
  'message',
  'event',
  'verb',
  'kind',
  'data',
  'aws',
  'items',
  'id',
];

const dockerLine = object(
  [
    ['log', carried],
    ['stream', text('stdout', 'stderr', '', null, 5)],
    ['time', time],
  ],
  others,
);
const shipped = fc.oneof(
  object(
    [
      ['message', carried],
      ['timestamp', time],
    ],
    others,
  ),
  object(
    [
      ['date', time],
      ['log', carried],
    ],
    others,
  ),
  object(
    [
      ['@timestamp', text('2026-03-02T09:05:43.012904Z', null)],
      ['message', carried],
    ],
    others,
  ),
);
const logEvents = fc
  .tuple(
    fc.array(
      object(
        [
          ['id', text('3', 3)],
          ['timestamp', time],
          ['message', carried],
        ],
        others,
      ),
      { maxLength: 4 },
    ),
    often('', 'null', '[]', '[{"message":"{}"}]', '5', '"x"', '{}'),
    often(false, true),
  )
  .map(([events, odd, isBare]) =>
    isBare ? (events[0] ?? 'null') : `[${[...events, odd].filter(Boolean).join(',')}]`,
  );
const subscription = object(
  [
    ['messageType', text('DATA_MESSAGE', 'CONTROL_MESSAGE', null)],
    ['owner', text('123456789012', '', 'a/b', null, 5, 'é')],
    [
      'logGroup',
      text(
        '/aws/eks/prod/cluster',
        '/aws/eks/a.b-c/cluster',
        '/aws/eks//cluster',
        '/aws/eks/a/b/cluster',
        '/aws/eks/a/cluster/',
        '/AWS/eks/a/cluster',
        'other',
        '/aws/eks/a',
        '/aws/eks/\u00e9/cluster',
        '',
      ),
    ],
    ['logStream', text('kube-apiserver-audit-0123', 'kube-scheduler-1', 'kube-apiserver-0', '', null)],
    ['subscriptionFilters', often('["a"]', '[]', '"x"', '{}', 'null')],
    ['logEvents', logEvents],
  ],
  others,
);
const word = (usually: string): fc.Arbitrary<string> => text(usually, '', null, 5, 'é', 'evil');
const azureRecord = object(
  [
    ['operationName', word('Microsoft.ContainerService/managedClusters/diagnosticLogs/Read')],
    ['category', text('kube-audit', 'kube-audit-admin', 'kube-scheduler', '', null)],
    [
      'resourceId',
      text(
        '/SUBSCRIPTIONS/6E/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/PROD',
        '/subscriptions/6e/resourceGroups/shop/providers/x/managedClusters/prod/agentPools/a',
        '/SUBSCRIPTIONS/6E/MANAGEDCLUSTERS//X/managedclusters/evil',
        '/providers/x/resourcegroups/\u00e9/managedclusters/a',
        '/managedclusters/\u212a',
        '/managedclusters/',
        'other',
        '',
        null,
      ),
    ],
    ['serviceBuild', word('1.2')],
    [
      'properties',
      object(
        [
          ['log', carried],
          ['stream', word('stdout')],
          ['pod', word('kube-apiserver-1')],
          ['containerID', word('0c')],
        ],
        others,
      ),
    ],
    ['time', time],
  ],
  [...others, 'level', 'Cloud', 'records', 'tenantId'],
);
const item = fc.oneof({ weight: 5, arbitrary: usual }, ...Object.values(lineOfEach));
const items = fc
  .tuple(
    fc.array(item, { maxLength: 4 }),
    often('', 'null', '[]', '5', '"x"', '{}', '{"verb":"get","auditID":"x"}'),
    often(',', ' , ', ',\t'),
  )
  .map(([events, odd, comma]) => `[${[...events, odd].filter(Boolean).join(comma)}]`);
const eventList = object(
  [
    ['kind', text('EventList', 'Event', 'List', null)],
    ['apiVersion', text('audit.k8s.io/v1', 'v1', null)],
    ['metadata', often('{}', 'null', '{"items":[{}]}')],
    ['items', fc.oneof({ weight: 9, arbitrary: items }, item)],
  ],
  others,
);
const line = fc
  .tuple(
    fc.oneof(
      dockerLine,
      shipped,
      subscription,
      azureRecord,
      eventList,
      carried.map((text) => text),
      usual.map((one) => `2026-03-02T09:05:43.012Z ${one}`),
    ),
    often('', ' ', '\r', 'x', '{}'),
    often('', ' ', '2026-03-02T09:05:43.012Z ', '2026-03-02T09:05:43.012Z stdout F ', '2026-03-02T09:05:4 '),
    often(-1, ...Array.from({ length: 40 }, (_, i) => i * 37)),
  )
  .map(([one, end, begin, cut]) => {
    const whole = `${begin}${one}${end}`;
    return cut === -1
      ? whole
      : whole.slice(0, cut % (whole.length + 1)) + whole.slice((cut % (whole.length + 1)) + 1);
  });

const log = fc
  .array(fc.oneof({ weight: 5, arbitrary: line }, usual), { minLength: 1, maxLength: 6 })
  .map((lines) => lines.map((one) => `${one}\n`).join(''));
/** A list with a line for each item, or nearly so. */
const list = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.oneof({ weight: 4, arbitrary: item }, { weight: 1, arbitrary: line }),
        often(',\n', ' ,\n', ', \t\n', '\n', ',', ',,\n', ' \n', ']\n', ',\n[', '],\n', ' ,\r\n'),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    often('[\n', '[', ' [\n', '[[', ''),
    often(']\n', '\n]\n', ']]\n', ''),
    fc.option(log),
  )
  .map(([lines, begin, end, behind]) => `${begin}${lines.flat().join('')}${end}${behind ?? ''}`);

/** Logs of such lines, between others, and lists. */
export const linesThatCarry: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: log },
  { weight: 1, arbitrary: list },
);
