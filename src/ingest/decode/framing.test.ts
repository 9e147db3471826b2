import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../data/document.ts';
import type { Origin } from '../../model/event.ts';
import { placeOf } from '../../../tests/support/ingest.ts';
import { Framing } from './framing.ts';

interface Seen {
  readonly limit?: number;
  readonly held?: number;
}

/** What framing finds, as short texts: `place json`, `place "line"`, `place !code`, `~repair`. */
function frame(
  bytes: string | Buffer,
  { limit = 1000, held = 1000 }: Seen = {},
  cuts: readonly number[] = [],
): string[] {
  const found: string[] = [];
  const say = (origin: Origin, what: string) => void found.push(`${placeOf(origin)} ${what}`);
  const sink = {
    json: (_text: string, value: JsonValue, origin: Origin) => say(origin, JSON.stringify(value)),
    line: (text: string, origin: Origin) => say(origin, `"${text}"`),
    refuse: (code: string, origin: Origin) => say(origin, `!${code}`),
    repair: (what: string) => void found.push(`~${what}`),
  };
  const framing = new Framing({ file: 'f' }, sink, limit, held);
  const whole = Buffer.from(bytes as string);
  const edges = [0, ...cuts, whole.length];
  for (let at = 1; at < edges.length; at++)
    framing.push(Buffer.from(whole.subarray(edges[at - 1], edges[at])));
  framing.end();
  return found;
}

interface Row extends Seen {
  readonly name: string;
  readonly text: string | Buffer;
  readonly found: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'nothing', text: '', found: [] },
  { name: 'one object a line', text: '{"a":1}\n{"a":2}\n', found: ['1 {"a":1}', '2 {"a":2}'] },
  { name: 'the last line without its end', text: '{"a":1}\n{"a":2}', found: ['1 {"a":1}', '2 {"a":2}'] },
  { name: 'CRLF and blank lines', text: '{"a":1}\r\n\r\n  \n{"a":2}\r\n', found: ['1 {"a":1}', '4 {"a":2}'] },
  {
    name: 'byte order marks of files that were joined, with and without the last line feed',
    text: '\uFEFF{"a":1}\n\uFEFF{"a":2}\n\uFEFF\uFEFF\n\uFEFFtext\n{"a":3}\uFEFF{"a":4}\n',
    found: ['1 {"a":1}', '2 {"a":2}', '4 "text"', '5 {"a":3}', '5@47 {"a":4}'],
  },
  {
    name: 'a byte order mark behind an object that was cut, or that goes on',
    text: '{"a":\n\uFEFF{"a":2}\n{"b":[\n\uFEFF{}]}\n',
    found: ['1 !INP007', '2 {"a":2}', '3 !INP006'],
  },
  {
    name: 'a byte order mark in a text is part of it',
    text: '{"\uFEFF":"\uFEFF"}\n',
    found: ['1 {"\uFEFF":"\uFEFF"}'],
  },
  {
    name: 'objects without anything between them',
    text: '{"a":1}{"a":2}{"a":3}',
    found: ['1 {"a":1}', '1@7 {"a":2}', '1@14 {"a":3}'],
  },
  { name: 'spaces between objects', text: '{"a":1} {"a":2}\n', found: ['1 {"a":1}', '1@8 {"a":2}'] },
  {
    name: 'brackets and quotes inside strings',
    text: '{"a":"}{\\"]"}{"b":"\\\\"}',
    found: ['1 {"a":"}{\\"]"}', '1@13 {"b":"\\\\"}'],
  },
  {
    name: 'an object over many lines',
    text: '{\n  "a": [\n    {}\n  ]\n}\n{"b":1}\n',
    found: ['1 {"a":[{}]}', '6 {"b":1}'],
  },
  {
    name: 'objects over many lines, end to end',
    text: '{\n"a":1\n}{\n"b":2\n}\n',
    found: ['1 {"a":1}', '3@9 {"b":2}'],
  },
  { name: 'a list on one line', text: '[{"a":1},{"a":2}]\n', found: ['1@1 {"a":1}', '1@9 {"a":2}'] },
  {
    name: 'a list with a record a line',
    text: '[\n{"a":1},\n{"a":2}\n]\n',
    found: ['2 {"a":1}', '3 {"a":2}'],
  },
  {
    name: 'a list over many lines',
    text: '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]',
    found: ['2 {"a":1}', '5 {"a":2}'],
  },
  {
    name: 'lists inside a list, and an empty one',
    text: '[[{"a":1}],[]]\n{"b":1}\n',
    found: ['1@2 {"a":1}', '2 {"b":1}'],
  },
  {
    name: 'an object with a line that begins with an object',
    text: '{"records":[\n{"a":1},\n{"a":2}\n]}\n',
    found: ['1 {"records":[{"a":1},{"a":2}]}'],
  },
  {
    name: 'other text',
    text: 'hello\n{"a":1}\n[GIN] 200\n',
    found: ['1 "hello"', '2 {"a":1}', '3 "[GIN] 200"'],
  },
  {
    name: 'text behind an object',
    text: '{"a":1} and more\n{"a":2}\n',
    found: ['1 {"a":1}', '1@8 !INP006', '2 {"a":2}'],
  },
  { name: 'a line cut inside a string', text: '{"a":"x\n{"a":2}\n', found: ['1 !INP007', '2 {"a":2}'] },
  {
    name: 'a line cut between tokens',
    text: '{"a":{"b":1\n{"a":2}\n{"a":3}\n',
    found: ['1 !INP007', '2 {"a":2}', '3 {"a":3}'],
  },
  {
    name: 'a line cut where an object could follow',
    text: '{"a":\n{"a":2}\n{"a":3}\n',
    found: ['1 !INP007', '2 {"a":2}', '3 {"a":3}'],
  },
  { name: 'the file cut inside an object', text: '{"a":1}\n{"a":{"b":', found: ['1 {"a":1}', '2 !INP007'] },
  {
    name: 'the file cut inside a list',
    text: '[{"a":1},\n{"a":',
    found: ['1@1 {"a":1}', '2 !INP007', '1 !INP017'],
  },
  { name: 'brackets that do not match', text: '{"a":[}]\n{"a":2}\n', found: ['1 !INP006', '2 {"a":2}'] },
  { name: 'no JSON inside brackets', text: '{a}\n{"a":2}\n', found: ['1 !INP006', '2 {"a":2}'] },
  {
    name: 'truncated by CloudWatch',
    text: '{"auditID":"7","a":"[Truncated...]\n{"a":2}\n',
    found: ['1 !INP008', '2 {"a":2}'],
  },
  {
    name: 'NUL bytes in front, behind and alone',
    text: '\0\0{"a":1}\0\0\n\0\0\0\n{"a":2}',
    found: ['~NUL bytes left out', '1 {"a":1}', '~NUL bytes left out', '3 {"a":2}'],
  },
  {
    name: 'invalid UTF-8',
    text: Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d, 0x0a]),
    found: ['~invalid UTF-8 replaced', '1 {"a":"\ufffd"}'],
  },
  { name: 'a replacement character that was written', text: '{"a":"\ufffd"}\n', found: ['1 {"a":"\ufffd"}'] },
  { name: 'duplicate keys', text: '{"a":1,"a":2}\n', found: ['1 {"a":2}'] },
  {
    name: 'an object longer than the limit',
    limit: 10,
    text: '{"a":"123456789"}\n{"a":2}\n',
    found: ['1 !INP004', '2 {"a":2}'],
  },
  {
    name: 'one of several on a line longer than the limit',
    limit: 10,
    text: '{"a":1}{"a":"123456789"}{"a":2}\n{"a":3}',
    found: ['1 {"a":1}', '1@7 !INP004', '1@24 {"a":2}', '2 {"a":3}'],
  },
  {
    name: 'other text longer than the limit',
    limit: 10,
    held: 4,
    text: `${'x'.repeat(50)}\n{"a":2}\n`,
    found: ['1 !INP004', '2 {"a":2}'],
  },
  {
    name: 'a line that is not held, with whole objects',
    held: 4,
    text: '{"a":1}{"a":"2345"}\n{"b":1}',
    found: ['1 {"a":1}', '1@7 {"a":"2345"}', '2 {"b":1}'],
  },
  {
    name: 'a line that is not held, cut off',
    held: 4,
    text: '{"a":"23456\n{"b":1}',
    found: ['1 !INP007', '2 {"b":1}'],
  },
];

for (const { name, text, found, ...seen } of rows) {
  test(`framing: ${name}`, () => assert.deepEqual(frame(text, seen), found));
}

test('framing does not depend on where the bytes are cut', () => {
  for (const { name, text, found, ...seen } of rows) {
    const { length } = Buffer.from(text as string);
    for (let cut = 1; cut < length; cut++) {
      assert.deepEqual(frame(text, seen, [cut]), found, `${name}, cut at ${cut}`);
    }
    const everywhere = Array.from({ length: Math.max(0, length - 1) }, (_, index) => index + 1);
    assert.deepEqual(frame(text, seen, everywhere), found, `${name}, cut everywhere`);
  }
});

test('a line of 100 MB breaks nothing', () => {
  const whole = Buffer.concat([
    Buffer.from('{"a":1}\n{"a":"'),
    Buffer.alloc(100e6, 0x78),
    Buffer.from('"}\n{"a":2}\n'),
  ]);
  const cuts = Array.from({ length: 100 }, (_, index) => (index + 1) * 1_000_000);
  const found = frame(whole, { limit: 64 * 1024 * 1024, held: 4 * 1024 * 1024 }, cuts);
  assert.deepEqual(found, ['1 {"a":1}', '2 !INP004', '3 {"a":2}']);
});
