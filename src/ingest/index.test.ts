import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { accountOf, auditEvent, AUTO, lines, readBytes } from '../../tests/support/ingest.ts';
import { InputNotFound, readInputs } from './index.ts';
import type { Batch } from './types.ts';

const root = mkdtempSync(join(tmpdir(), 'winnow-ingest-'));
after(() => rmSync(root, { recursive: true }));

const event = (auditID: string): string => lines(auditEvent({ auditID }));

const MANY = 2000;
const manyEvents = Array.from({ length: MANY }, (_, index) => event(`${index}-${Math.sin(index)}`)).join('');

function write(path: string, content: string | Uint8Array): string {
  const whole = join(root, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

interface Found {
  readonly ids: string[];
  readonly refused: string[];
  readonly skipped: Record<string, number>;
  readonly bytes: Record<string, string>;
}

/** `file: audit id` of each event, and what else the batches tell. */
async function read(...inputs: string[]): Promise<Found> {
  const found: Found = { ids: [], refused: [], skipped: {}, bytes: {} };
  for await (const batch of readInputs(inputs, AUTO)) note(batch, found);
  return found;
}

function note(batch: Batch, { ids, refused, skipped, bytes }: Found): void {
  const name = (file: string) => (file.startsWith(root) ? relative(root, file) : file);
  for (const { document, origin } of batch.events) {
    const { audit } = document.kubernetes as { readonly audit: { readonly auditID: string } };
    ids.push(`${name(origin.file)}: ${audit.auditID}`);
  }
  for (const { code, origin } of batch.refusals) refused.push(`${name(origin.file)}: ${code}`);
  for (const [reason, count] of batch.skipped) skipped[reason] = (skipped[reason] ?? 0) + count;
  bytes[name(batch.file)] = `${batch.bytesRead}/${batch.fileSize}`;
}

test('files, in the order given, each once', async () => {
  const [b, a] = [write('order/b.log', event('1')), write('order/a.log', event('2'))];
  assert.deepEqual((await read(b, a, b)).ids, ['order/b.log: 1', 'order/a.log: 2']);
});

test('a file that becomes shorter while it is read, at the end of a line too, is told of', async () => {
  const path = write('rotated.log', manyEvents.repeat(4));
  const { size } = statSync(path);
  const refused: string[] = [];
  let wasCut = false;
  for await (const batch of readInputs([path], AUTO)) {
    for (const { code, message } of batch.refusals) refused.push(`${code}: ${message}`);
    if (wasCut) continue;
    truncateSync(path, manyEvents.length);
    wasCut = true;
  }
  const last = refused.pop() ?? '';
  const [, before, after] =
    /^INP019: the file had (\d+) bytes when the scan began, and ended after (\d+)$/.exec(last) ?? [];
  assert.equal(Number(before), size);
  // Pieces are read ahead of their use.
  assert.ok(Number(after) >= manyEvents.length && Number(after) < size, last);
});

test('a packed file that is filled up with zeros was read to its end', async () => {
  const padded = write('padded.gz', Buffer.concat([gzipSync(event('1')), Buffer.alloc(3 * 1024 * 1024)]));
  const { ids, refused } = await read(padded);
  assert.deepEqual([ids, refused], [['padded.gz: 1'], []]);
});

test('folders all the way down, sorted, without what is hidden and what is no log', async () => {
  write('tree/z.json', event('z'));
  write('tree/a/audit.log.1', event('a1'));
  write('tree/a/audit.log', event('a'));
  write('tree/firehose-2026-03-02-09', event('f'));
  write('tree/.hidden.log', event('h'));
  write('tree/.cache/x.log', event('c'));
  write('tree/README', 'text');
  write('tree/notes.md', 'text');
  write('tree/image.png', 'text');
  symlinkSync(join(root, 'tree'), join(root, 'tree/a/circle'));
  const { ids, skipped } = await read(join(root, 'tree'));
  assert.deepEqual(ids, [
    'tree/a/audit.log: a',
    'tree/a/audit.log.1: a1',
    'tree/firehose-2026-03-02-09: f',
    'tree/z.json: z',
  ]);
  assert.deepEqual(skipped, { 'file that is no log by its name': 3, 'link to a folder': 1 });
});

test(
  'a link to nothing and a pipe in a folder stop nobody',
  { skip: process.platform === 'win32' },
  async () => {
    write('odd/a.log', event('a'));
    symlinkSync(join(root, 'odd/gone.log'), join(root, 'odd/b.log'));
    execFileSync('mkfifo', [join(root, 'odd/c.log')]);
    const { ids, skipped, refused } = await read(join(root, 'odd'));
    assert.deepEqual(ids, ['odd/a.log: a']);
    assert.deepEqual(skipped, { 'pipe, socket or device in a folder': 1 });
    assert.deepEqual(refused, ['odd/b.log: INP002']);
  },
);

test('patterns, sorted; files that are named are read whatever their names', async () => {
  write('glob/2.log', event('2'));
  write('glob/1.log', event('1'));
  write('glob/3.md', event('3'));
  assert.deepEqual((await read(join(root, 'glob/*.log'))).ids, ['glob/1.log: 1', 'glob/2.log: 2']);
  assert.deepEqual((await read(join(root, 'glob/3.md'))).ids, ['glob/3.md: 3']);
  assert.deepEqual((await read(join(root, 'gl*b'))).ids, ['glob/1.log: 1', 'glob/2.log: 2']);
});

test('an input that names nothing ends the run before it begins', async () => {
  mkdirSync(join(root, 'empty'));
  for (const input of ['missing.log', 'missing/*.log', 'empty']) {
    await assert.rejects(
      read(join(root, input)),
      (error) => error instanceof InputNotFound && error.diagnostic.code === 'INP001',
    );
  }
});

test('gzip and zstd by their first bytes, in several members, with bytes counted as they lie in the file', async () => {
  const packed = Buffer.concat([gzipSync(event('1')), gzipSync(event('2'))]);
  const gz = write('packed/gzip.log', packed);
  const zst = write(
    'packed/zstd',
    Buffer.concat([zstdCompressSync(event('3')), zstdCompressSync(event('4'))]),
  );
  const { ids, bytes } = await read(gz, zst);
  assert.deepEqual(ids, ['packed/gzip.log: 1', 'packed/gzip.log: 2', 'packed/zstd: 3', 'packed/zstd: 4']);
  assert.equal(bytes['packed/gzip.log'], `${packed.length}/${packed.length}`);
});

test('of a compressed file that ends early, everything before its end is used', async () => {
  for (const [name, packed] of [
    ['gzip', gzipSync(manyEvents)],
    ['zstd', zstdCompressSync(manyEvents)],
  ] as const) {
    const { ids, refused } = await read(
      write(`early/${name}`, packed.subarray(0, Math.floor(packed.length * 0.9))),
    );
    assert.ok(ids.length > MANY * 0.8, `${name}: ${ids.length}`);
    assert.deepEqual(
      refused.filter((refusal) => refusal.endsWith('INP003')),
      [`early/${name}: INP003`],
    );
  }
});

test('of a damaged compressed file too, and the other files are read', async () => {
  const packed = gzipSync(manyEvents);
  packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 100);
  const { ids, refused } = await read(write('damaged/a.gz', packed), write('damaged/b.log', event('last')));
  assert.ok(ids.length > MANY * 0.3, String(ids.length));
  assert.equal(ids.at(-1), 'damaged/b.log: last');
  assert.ok(refused.includes('damaged/a.gz: INP003'));
});

test('zeros behind compressed data are padding, anything else is damage', async () => {
  const packed = gzipSync(manyEvents);
  const zeros = Buffer.concat([packed, Buffer.alloc(40_000)]);
  const padded = await read(write('padded/zeros.gz', zeros));
  const dirty = await read(write('padded/dirt.gz', Buffer.concat([packed, Buffer.from('dirt')])));
  assert.deepEqual([padded.ids.length, padded.refused], [MANY, []]);
  assert.equal(dirty.ids.length, MANY);
  assert.ok(dirty.refused.includes('padded/dirt.gz: INP003'));
});

test('a file that goes away between finding and reading is refused', async () => {
  const [gone, other] = [write('gone/a.log', event('1')), write('gone/b.log', event('2'))];
  const batches = readInputs([other, gone], AUTO);
  const found: Found = { ids: [], refused: [], skipped: {}, bytes: {} };
  note((await batches.next()).value as Batch, found);
  rmSync(gone);
  for await (const batch of batches) note(batch, found);
  assert.deepEqual([found.ids, found.refused], [['gone/b.log: 2'], ['gone/a.log: INP002']]);
});

test('an empty file is read', async () => {
  const { ids, refused, bytes } = await read(write('empty.log', ''));
  assert.deepEqual([ids, refused, bytes], [[], [], { 'empty.log': '0/0' }]);
});

test('YAML files, with documents behind one another', () => {
  const text = [
    '# a comment',
    'kind: Event',
    'apiVersion: audit.k8s.io/v1',
    'auditID: "1"',
    'big: 9007199254740993',
    '---',
    'kind: Event',
    'verb: get',
    'stageTimestamp: 2026-03-02T09:05:43Z',
    '---',
    'a: [',
    '',
  ].join('\n');
  const batch = readBytes(text, { file: 'x.yaml' });
  const places = batch.events.map(({ origin, document, time }) => [
    origin.line,
    (document.kubernetes as { readonly audit: { readonly big?: unknown } }).audit.big,
    time,
  ]);
  assert.equal(JSON.stringify(places), '[[2,9007199254740993,null],[7,null,1772442343000]]');
  assert.deepEqual(accountOf(batch).refused, ['INP014 11']);
});

test('YAML that unfolds without end is refused', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
  );
  const batch = readBytes(`a0: &a0 [x]\n${levels.join('\n')}\n`, { file: 'bomb.yml' });
  assert.deepEqual(accountOf(batch).refused, ['INP014 1']);
});

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

test('UTF-16 with its mark is read, in both orders, and so is UTF-8 with one', () => {
  const text = lines(auditEvent({ userAgent: 'grün 🌱' }));
  for (const bytes of [utf16(text), utf16(text).swap16(), Buffer.from(`\ufeff${text}`)]) {
    const { events, refusals } = readBytes(bytes, { cuts: [1, 3, 700, 701] });
    assert.deepEqual(
      [events.length, refusals.length, events[0]?.document.user_agent],
      [1, 0, { original: 'grün 🌱' }],
    );
  }
});

test('UTF-32 and binary files are refused by name, once', () => {
  const utf32 = Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]);
  const binary = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 31));
  for (const bytes of [utf32, binary])
    assert.deepEqual(accountOf(readBytes(bytes, { cuts: [600, 1200] })).refused, ['INP015 ']);
});
