import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { source } from '../../base/source.ts';
import { stringOffsets } from './string-offsets.ts';
import { parseToml } from './toml.ts';

/** Each way to write one character in a basic string, and what it stands for. */
const pieces: readonly (readonly [written: string, meant: string])[] = [
  ['a', 'a'],
  [' ', ' '],
  ["'", "'"],
  ['é', 'é'],
  ['🦊', '🦊'],
  ['\\"', '"'],
  ['\\\\', '\\'],
  ['\\n', '\n'],
  ['\\t', '\t'],
  ['\\e', '\u001b'],
  ['\\x41', 'A'],
  ['\\u00e9', 'é'],
  ['\\U0001F98A', '🦊'],
];
const longPieces: typeof pieces = [
  ...pieces,
  ['\n', '\n'],
  ['\r\n', '\n'],
  ['\\\n   ', ''],
  ['\\  \r\n\r\n\t', ''],
  ['"', '"'],
];

interface Written {
  readonly file: string;
  readonly value: string;
  /** For each code unit of the value, where the piece that it came from begins in the file. */
  readonly offsets: readonly number[];
}

function write(open: string, chosen: typeof pieces, close: string): Written {
  let file = `k = ${open}`;
  let value = '';
  const offsets: number[] = [];
  for (const [written, meant] of chosen) {
    const step = written === meant ? 1 : 0;
    for (let n = 0; n < meant.length; n++) offsets.push(file.length + n * step);
    file += written;
    value += meant;
  }
  return { file: `${file}${close}\n`, value, offsets: [...offsets, file.length] };
}

function check({ file, value, offsets }: Written): void {
  const parsed = parseToml(source('t', file));
  assert.ok(parsed.ok, file);
  assert.equal(parsed.value.value['k'], value);
  const place = parsed.value.positions.value(['k']);
  assert.ok(place);
  assert.deepEqual(stringOffsets(file, place), offsets);
}

const listOf = (from: typeof pieces) => fc.array(fc.constantFrom(...from), { maxLength: 12 });
/** A line-ending backslash trims all white space that follows, which the pieces cannot know; nor three quotes. */
const isPlain = (chosen: typeof pieces) => !/\\\s+\\?\s|"""|"$/.test(chosen.map(([w]) => w).join(''));

test('basic strings', () => {
  fc.assert(fc.property(listOf(pieces), (chosen) => check(write('"', chosen, '"'))));
});

test('literal strings take backslashes as they are', () => {
  const literal = pieces.filter(([written]) => !written.includes("'")).map(([w]) => [w, w] as const);
  fc.assert(fc.property(listOf(literal), (chosen) => check(write("'", chosen, "'"))));
});

for (const [name, open] of [
  ['a line feed', '"""\n'],
  ['a carriage return and line feed', '"""\r\n'],
] as const) {
  test(`basic strings over several lines, after ${name} that does not count`, () => {
    fc.assert(fc.property(listOf(longPieces).filter(isPlain), (chosen) => check(write(open, chosen, '"""'))));
  });
}

test('literal strings over several lines, which end in up to two quotes more', () => {
  const literal: typeof pieces = [
    ['a', 'a'],
    ['\\n', '\\n'],
    ['\n', '\n'],
    ['\r\n', '\n'],
    ['"""', '"""'],
  ];
  fc.assert(fc.property(listOf(literal), (chosen) => check(write("'''\r\n", chosen, "'''"))));
  check(write("'''", [["''", "''"]], "'''"));
});

test('all white space after a line-ending backslash is left out', () => {
  check(
    write(
      '"""',
      [
        ['a', 'a'],
        ['\\ \n\n  \t\r\n ', ''],
        ['b', 'b'],
      ],
      '"""',
    ),
  );
});
