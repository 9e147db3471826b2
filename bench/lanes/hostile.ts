/** What costs most: rules that every event matches, and events that are made to be hard. */
import { byteTable } from '../byte-table.ts';
import { eventLines } from '../events.ts';
import { hostileLines } from '../hostile.ts';
import { inputOf } from '../input.ts';
import { madeUp, matching, realSets } from '../rule-sets.ts';
import { sizeOf } from '../size.ts';

export function benchHostile(): void {
  const { events, rounds } = sizeOf(5_000);
  const sets = [1, 10, 100].map(matching);
  byteTable(inputOf('every event matches, audit', eventLines('raw', events)), sets, rounds);
  byteTable(inputOf('every event matches, Linux', eventLines('linux', events)), sets, rounds);
  const some = [madeUp(1000), ...realSets().filter(({ name }) => /alert/.test(name))];
  for (const [title, lines] of hostileLines(Math.ceil(events / 5)))
    byteTable(inputOf(`hostile: ${title}`, lines), some, rounds);
}
