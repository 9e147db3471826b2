/** `--since` and `--until`: dates as people write them, and date maths as rules do (kql §4.8). All of it is UTC. */
import { resolveDate } from '../../data/date-math.ts';
import { BadValue } from './option.ts';

/**
 * Milliseconds since the epoch. What a date leaves open is its beginning for `from` and its end for `to`, so that
 * `--since 2025-01-31 --until 2025-01-31` is one whole day.
 */
export function parseInstant(raw: string, now: number, edge: 'from' | 'to'): number {
  const text = raw.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T');
  const instant = resolveDate(text, now, edge === 'from' ? 'down' : 'up');
  if (instant !== undefined) return instant;
  throw new BadValue(
    `"${raw}" is not a time`,
    'write 2025-01-31, 2025-01-31T10:30:00Z, now-1h or now/d (UTC; units s, m, h, d, w, M, y)',
  );
}
