/** Events that cost more than others, one way at a time and all ways at once. */
import type { Random } from '../src/sample/random.ts';
import { seededRandom } from '../src/sample/random.ts';
import { eventLines } from './events.ts';
import { shuffledLines } from './shuffle.ts';

type Process = Record<string, unknown>;
type Worsen = (process: Process, i: number, random: Random) => void;

/** Pieces of rules again and again, so that what looks for them finds them everywhere. */
const longTexts: Worsen = (process, i) => {
  process['command_line'] = `curl host${i}.example "secret${i}" `.repeat(200);
};

const DEPTH = 100;

const deepNesting: Worsen = (process) => {
  let inner: unknown = 'x';
  for (let level = 0; level < DEPTH; level++) inner = level % 2 === 0 ? { a: inner } : [inner];
  process['deep'] = inner;
};

/** Nothing can be compared byte for byte. */
const escapes: Worsen = (process, i, random) => {
  process['command_line'] = `"\\\t\u0001${'é\u4e16😀"\\'.repeat(40)}${i}`;
  process['args'] = Array.from({ length: 20 }, () => `"${random.hex(8)}\n`);
  process['executable'] = `C:\\Straße\\${random.hex(4)}`;
};

const manyValues: Worsen = (process, _, random) => {
  process['args'] = Array.from({ length: 500 }, () => random.hex(6));
};

const ways = { 'long texts': longTexts, 'deep nesting': deepNesting, escapes, 'many values': manyValues };

/** By what makes them so. */
export function hostileLines(count: number): (readonly [title: string, lines: readonly string[]])[] {
  const plain = eventLines('linux', count);
  const all = worsened(plain, Object.values(ways));
  return [
    ...Object.entries(ways).map(([title, way]) => [title, worsened(plain, [way])] as const),
    ['all of this', all],
    ['all of this, keys shuffled', shuffledLines(all)],
  ];
}

function worsened(lines: readonly string[], by: readonly Worsen[]): string[] {
  const random = seededRandom(11);
  return lines.map((line, i) => {
    const event = JSON.parse(line) as { process: Process };
    for (const worsen of by) worsen(event.process, i, random);
    return JSON.stringify(event);
  });
}
