/**
 * Files that nobody wrote like that on purpose: every engine, with one thread or two, from a file, packed or through a pipe,
 * finds the same records in them, and says the same about what it cannot read.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../src/data/document.ts';
import { scan } from '../../src/app/scan.ts';
import type { ScanOptions } from '../../src/app/types.ts';
import { auditEvent } from '../support/ingest.ts';
import { file, folder, ruleText } from '../support/scan-files.ts';

const secrets = file(
  'secrets.toml',
  ruleText(1, 'Secrets read', 'kubernetes.audit.objectRef.resource : "secrets"'),
);

let id = 0;
const read = (resource: string, more: JsonObject = {}): string => {
  const event = auditEvent({
    auditID: `id-${++id}`,
    objectRef: { resource, namespace: 'shop', apiVersion: 'v1' },
  });
  return JSON.stringify({ ...event, ...more });
};
const secret = (): string => read('secrets');
const pod = (): string => read('pods');

/** So many events, with a secret in every third one: enough that bytes are judged. */
const many = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => (i % 3 === 2 ? secret() : pod()));
const text = (...lines: readonly string[]): string => lines.map((one) => `${one}\n`).join('');

/** Any bytes as the user agent of a secret that was read. */
function withAgent(...agent: readonly (number | string)[]): Buffer {
  const [before = '', after = ''] = read('secrets', { userAgent: '~' }).split('~');
  return Buffer.concat([
    Buffer.from(before),
    ...agent.map((one) => (typeof one === 'string' ? Buffer.from(one) : Buffer.of(one))),
    Buffer.from(`${after}\n`),
  ]);
}

const utf16 = (of: string, isBigEndian: boolean): Buffer => {
  const bytes = Buffer.from(of, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};
const utf32 = (of: string): Buffer => Buffer.from(Uint32Array.from(of, (one) => one.charCodeAt(0)).buffer);

interface Odd {
  readonly name: string;
  readonly bytes: readonly (string | Buffer)[];
  readonly events: number;
  readonly alerts: number;
  readonly refused?: readonly string[];
  readonly repaired?: readonly string[];
}

const MARK = '\uFEFF';
const nine = many(9);
const AS_UTF_8 = ['invalid UTF-8 replaced'];
const NUL = ['NUL bytes left out'];

const odd: readonly Odd[] = [
  { name: 'usual', bytes: [text(...nine)], events: 9, alerts: 3 },
  { name: 'nothing', bytes: [''], events: 0, alerts: 0 },
  { name: 'a line feed', bytes: ['\n'], events: 0, alerts: 0 },
  { name: 'no line feed at the end', bytes: [nine.join('\n')], events: 9, alerts: 3 },
  { name: 'CRLF', bytes: [nine.map((one) => `${one}\r\n`).join('')], events: 9, alerts: 3 },
  { name: 'CR', bytes: [nine.map((one) => `${one}\r`).join('')], events: 9, alerts: 3 },
  { name: 'empty lines', bytes: [nine.map((one) => `\n${one}\n \t\n`).join('')], events: 9, alerts: 3 },
  { name: 'nothing between', bytes: [nine.join('')], events: 9, alerts: 3 },
  { name: 'a mark at the beginning', bytes: [MARK, text(...nine)], events: 9, alerts: 3 },
  {
    name: 'joined files with marks',
    bytes: [MARK, text(...nine), MARK, text(...many(9))],
    events: 18,
    alerts: 6,
  },
  { name: 'the same file twice', bytes: [text(...nine), text(...nine)], events: 9, alerts: 3 },
  {
    name: 'NUL between lines',
    bytes: [text(...nine), '\0'.repeat(5000), '\n', text(...many(3))],
    events: 12,
    alerts: 4,
    repaired: NUL,
  },
  { name: 'NUL before records', bytes: [nine.map((one) => `\0\0${one}\n`).join('')], events: 9, alerts: 3 },
  {
    name: 'NUL in a text',
    bytes: [withAgent(0x61, 0, 0x62), text(...many(3))],
    events: 4,
    alerts: 2,
    repaired: NUL,
  },
  {
    name: 'NUL as an escape',
    bytes: [withAgent('\\u0000'), text(...many(3))],
    events: 4,
    alerts: 2,
  },
  { name: 'UTF-16 with a mark', bytes: [utf16(MARK + text(...nine), false)], events: 9, alerts: 3 },
  { name: 'big-endian UTF-16 with a mark', bytes: [utf16(MARK + text(...nine), true)], events: 9, alerts: 3 },
  { name: 'UTF-16', bytes: [utf16(text(...nine), false)], events: 9, alerts: 3, repaired: NUL },
  { name: 'big-endian UTF-16', bytes: [utf16(text(...nine), true)], events: 9, alerts: 3, repaired: NUL },
  {
    name: 'UTF-32 with a mark',
    bytes: [utf32(MARK + text(...nine))],
    events: 0,
    alerts: 0,
    refused: ['INP015'],
  },
  { name: 'UTF-32', bytes: [utf32(text(...nine))], events: 9, alerts: 3, repaired: NUL },
  {
    name: 'half a character as an escape',
    bytes: [withAgent('\\ud800'), text(...many(3))],
    events: 4,
    alerts: 2,
  },
  {
    name: 'half a character',
    bytes: [withAgent(0xed, 0xa0, 0x80), text(...many(3))],
    events: 4,
    alerts: 2,
    repaired: AS_UTF_8,
  },
  {
    name: 'both halves, each by itself',
    bytes: [withAgent(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80), text(...many(3))],
    events: 4,
    alerts: 2,
    repaired: AS_UTF_8,
  },
  {
    name: 'an overlong slash',
    bytes: [withAgent(0xc0, 0xaf), withAgent(0xe0, 0x80, 0xaf)],
    events: 2,
    alerts: 2,
    repaired: AS_UTF_8,
  },
  {
    name: 'an overlong quote',
    bytes: [withAgent(0xc0, 0xa2), text(...many(3))],
    events: 4,
    alerts: 2,
    repaired: AS_UTF_8,
  },
  {
    name: 'beyond Unicode',
    bytes: [withAgent(0xf4, 0x90, 0x80, 0x80), withAgent(0xfe, 0xff)],
    events: 2,
    alerts: 2,
    repaired: AS_UTF_8,
  },
  {
    name: 'half a character before a quote',
    bytes: [withAgent(0xe2, 0x82), withAgent(0xf0)],
    events: 2,
    alerts: 2,
    repaired: AS_UTF_8,
  },
  {
    name: 'a raw line feed in a text',
    bytes: [withAgent(0x0a), text(...many(3))],
    events: 3,
    alerts: 1,
    refused: ['INP007', 'INP005'],
  },
  {
    name: 'a raw tab in a text',
    bytes: [withAgent(0x09), text(...many(3))],
    events: 3,
    alerts: 1,
    refused: ['INP006'],
  },
  {
    name: 'a long record',
    bytes: [text(...nine), withAgent('a'.repeat(3_000_000)), text(...many(3))],
    events: 13,
    alerts: 5,
  },
  {
    name: 'a key with escapes behind one that is spelt like them',
    bytes: [
      text(
        ...['\\\\u006fbje', '\\u006fbjectRef'].map((key) => secret().replace('"objectRef"', `"${key}"`)),
        ...many(3),
      ),
    ],
    events: 5,
    alerts: 2,
  },
  { name: 'a list', bytes: [`[${nine.join(',\n')}]`], events: 9, alerts: 3 },
  {
    name: 'a list that is not closed',
    bytes: [`[${nine.join(',\n')}`],
    events: 9,
    alerts: 3,
    refused: ['INP017'],
  },
  { name: 'cut', bytes: [text(...nine).slice(0, -200)], events: 8, alerts: 2, refused: ['INP007'] },
];

interface Said {
  readonly alerts: readonly unknown[];
  readonly refused: readonly string[];
  readonly summary: object;
  readonly events: number;
  readonly repaired: readonly string[];
}

async function said(input: string, options: Partial<ScanOptions>): Promise<Said> {
  const alerts: unknown[] = [];
  const refused: string[] = [];
  const summary = await scan(
    {
      inputs: [input],
      ingest: { shape: 'auto', keepRequestReceived: false },
      rules: [secrets],
      filter: { rules: [], tags: [], deprecated: false, buildingBlocks: true },
      ignoreIndex: true,
      ...options,
    },
    {
      alert: (alert) => alerts.push(alert),
      refused: ({ code, message }) => refused.push(`${code}: ${message}`),
    },
    new AbortController().signal,
  );
  const { bytes: _, ...read } = summary.input;
  return {
    alerts,
    refused,
    summary: { ...summary, input: read, elapsed: undefined },
    events: read.events,
    repaired: read.repaired.map(({ what }) => what),
  };
}

const ENGINES = ['index', 'compiled', 'interpreter'] as const;

/** What a pipe or a packed file cannot say the same about: its name, and what it holds. */
const withoutPlace = ({ alerts, refused, events, repaired }: Said): unknown => {
  const told = JSON.stringify({ alerts, refused, events, repaired });
  return told.replaceAll(/(plain\.log|packed\.log\.gz|pipe\.log)/g, 'log');
};

for (const { name, bytes, refused = [], repaired = [], ...counts } of odd)
  test(name, async (t) => {
    const content = Buffer.concat(bytes.map((part) => Buffer.from(part as string)));
    const plain = file('plain.log', content);
    const usual = await said(plain, { evaluator: 'bytes', threads: 1 });
    assert.deepEqual(
      {
        events: usual.events,
        alerts: usual.alerts.length,
        refused: usual.refused.map((one) => one.slice(0, 6)),
        repaired: usual.repaired,
      },
      { ...counts, refused, repaired },
      usual.refused.join('\n'),
    );
    assert.deepEqual(await said(plain, { evaluator: 'bytes', threads: 2 }), usual, 'two threads');
    for (const evaluator of ENGINES) assert.deepEqual(await said(plain, { evaluator }), usual, evaluator);
    const packed = join(folder, 'packed.log.gz');
    writeFileSync(packed, gzipSync(content));
    for (const threads of [1, 2])
      assert.deepEqual(withoutPlace(await said(packed, { threads })), withoutPlace(usual), 'packed');
    if (process.platform === 'win32')
      return t.diagnostic('not through a pipe: Windows has none of this kind');
    const pipe = join(folder, 'pipe.log');
    execFileSync('mkfifo', [pipe]);
    createWriteStream(pipe).end(content);
    assert.deepEqual(withoutPlace(await said(pipe, {})), withoutPlace(usual), 'through a pipe');
    rmSync(pipe);
  });
