/** The numbers of a query that are no values: `with maxspan=5m`, `with runs=3`, `head 10` (eql §1). */
import { span } from '../../../base/span.ts';
import type { Count, Duration, Unit } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import type { Token } from './token.ts';

const UNITS: Readonly<Record<string, Unit>> = { ms: 'ms', s: 's', m: 'm', h: 'h', d: 'd' };
/** Spellings of other products, by their first letters. */
const MEANT: readonly (readonly [RegExp, Unit])[] = [
  [/^(ms|milli)/i, 'ms'],
  [/^s/i, 's'],
  [/^m(?!o)/i, 'm'],
  [/^h/i, 'h'],
  [/^d/i, 'd'],
];

export function maxspan(c: Cursor): Duration | undefined {
  if (!c.at('with')) return undefined;
  const { start } = c.next();
  refuseOther(c, start, 'runs', 'maxspan', '"with runs" stands behind one event: [ … ] with runs=3');
  c.expect('maxspan');
  c.expect('=');
  return duration(c);
}

export function runs(c: Cursor): Count | undefined {
  if (!c.at('with')) return undefined;
  const { start } = c.next();
  refuseOther(
    c,
    start,
    'maxspan',
    'runs',
    '"with maxspan" stands behind the keys of the sequence: sequence by host.id with maxspan=5m',
  );
  if (!c.acceptWord('runs')) throw c.unexpected('"runs"');
  c.expect('=');
  return count(c, 'the number of runs');
}

function refuseOther(c: Cursor, start: number, other: string, here: string, hint: string): void {
  if (c.peek().text !== other) return;
  throw c.report.fatal(
    'EQL119',
    `"with ${other}" is at the wrong place, where "with ${here}" may stand`,
    span(start, c.next().end),
    hint,
  );
}

/** A whole number, taken; anything else is reported. */
export function count(c: Cursor, what: string): Count {
  const { start } = c.peek();
  const sign = c.acceptAny(['-', '+']);
  const token = c.peek();
  if (token.kind !== 'number') throw c.unexpected(what);
  c.next();
  const at = c.since(start);
  if (sign === '-' || !/^\d+$/.test(token.text)) {
    c.report.say(
      'EQL122',
      `${what} is a whole number without a sign, not ${c.text.slice(at.start, at.end)}`,
      at,
    );
  }
  return { value: Number(token.text), span: at };
}

function duration(c: Cursor): Duration {
  const { value, span: at } = count(c, 'the time span');
  const unit = timeUnit(c, value);
  const whole = c.since(at.start);
  const milliseconds = value * MILLISECONDS[unit];
  if (value === 0) c.report.say('EQL122', 'the time span is zero', whole, 'it is at least 1ms');
  else if (milliseconds > Number.MAX_SAFE_INTEGER) c.report.say('EQL122', 'the time span is too long', whole);
  return { count: value, unit, span: whole };
}

export const MILLISECONDS: Readonly<Record<Unit, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function timeUnit(c: Cursor, value: number): Unit {
  const token = c.peek();
  if (token.kind !== 'identifier') {
    c.report.say(
      'EQL120',
      'the time span has no unit',
      spanOf(c.last),
      `the units are ms, s, m, h and d: ${value}s`,
    );
    return 's';
  }
  c.next();
  const known = Object.hasOwn(UNITS, token.text) ? UNITS[token.text] : undefined;
  if (known === undefined)
    c.report.say('EQL120', `"${token.text}" is not a unit of time`, spanOf(token), unitHint(token, value));
  return known ?? 's';
}

function unitHint(token: Token, value: number): string {
  const meant = MEANT.find(([spelling]) => spelling.test(token.text))?.[1];
  return `the units are ms, s, m, h and d${meant === undefined ? '' : `: ${value}${meant}`}`;
}
