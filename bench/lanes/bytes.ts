/**
 * From bytes to matches, in one thread: framing, scanning, decoding what may match, keys against repeats, the index and
 * the rules. Beside it JSON.parse of the same lines alone, and JSON.parse with the index and the rules.
 */
import { eventLines } from '../events.ts';
import { byteTable } from '../byte-table.ts';
import { inputOf } from '../input.ts';
import { madeUp, realSets } from '../rule-sets.ts';
import { shuffledLines } from '../shuffle.ts';
import { sizeOf } from '../size.ts';

export function benchBytes(): void {
  const { events, rounds } = sizeOf(10_000);
  const sets = [...[1, 100, 1000, 2000].map(madeUp), ...realSets()];
  const some = sets.filter(({ name }) => /1000|alert/.test(name));
  for (const kind of ['raw', 'audit', 'linux'] as const) {
    const lines = eventLines(kind, events);
    byteTable(inputOf(titles[kind], lines), sets, rounds);
    byteTable(inputOf('the same, keys shuffled', shuffledLines(lines)), some, rounds);
  }
}

const titles = {
  raw: 'audit events as the API server writes them',
  audit: 'audit events in ECS',
  linux: 'Linux processes in ECS',
} as const;
