/** Times and lengths of time as people write them: dates, date maths as rules do (kql §4.8), `5m`. All of it is UTC. */
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

const LENGTHS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s` in milliseconds. */
export function parseLength(raw: string): number {
  const [, digits = '', unit = ''] = /^(\d+)(ms|s|m|h|d)$/.exec(raw.trim()) ?? [];
  if (raw.trim() === '0') return 0;
  if (digits === '')
    throw new BadValue(`"${raw}" is not a length of time`, 'write 30s, 5m, 1h or 0 (units ms, s, m, h, d)');
  return Number(digits) * LENGTHS[unit as keyof typeof LENGTHS];
}
