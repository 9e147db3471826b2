/** Events whose keys come in no order: the worst for whoever expects one. */
import type { Random } from '../src/sample/random.ts';
import { seededRandom } from '../src/sample/random.ts';

/** The same events with the keys of every object in another order each time. */
export function shuffledLines(lines: readonly string[]): string[] {
  const random = seededRandom(7);
  return lines.map((line) => JSON.stringify(shuffled(JSON.parse(line), random)));
}

function shuffled(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [random.next(), key, shuffled(item, random)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, key, item]) => [key, item]));
}
