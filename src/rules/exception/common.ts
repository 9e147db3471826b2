/** What the formats of exceptions have in common. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { parseMoment } from '../../data/date.ts';
import type { Cursor, CursorCodes } from '../format/cursor.ts';

export const exceptionCodes: CursorCodes = { missing: 'EXC010', wrong: 'EXC011', unknown: 'EXC012' };

const DAY = 24 * 60 * 60 * 1000;

/** The last millisecond of a day, or the moment itself; undefined when nothing is here or it cannot be read. */
export function expiryAt(cursor: Cursor): number | undefined {
  if (!cursor.isSet) return undefined;
  const moment = typeof cursor.value === 'string' ? parseMoment(cursor.value) : undefined;
  if (moment === undefined || !EXACT.has(moment.precision)) {
    cursor.wrong('a date such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z');
    return undefined;
  }
  return moment.precision === 'day' ? moment.milliseconds + DAY - 1 : moment.milliseconds;
}

const EXACT: ReadonlySet<string> = new Set(['day', 'hour', 'minute', 'second', 'millisecond']);

/** What `read` makes, unless it found an error on the way: then nothing, and the error stays in `found`. */
export function unlessBroken<T>(found: readonly Diagnostic[], read: () => T): T[] {
  const before = found.length;
  const made = read();
  return found.slice(before).some(({ severity }) => severity === 'error') ? [] : [made];
}
