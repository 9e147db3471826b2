/** The quick ways of the engine against the obvious ones: keys, times, waiting matches, fields that were seen. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import { hasLeaf, valuesAt } from '../../src/data/document.ts';
import { dateReader, resolveDate } from '../../src/data/date-math.ts';
import { textOf } from '../../src/data/scalar.ts';
import { textAt, textsAt } from '../../src/engine/alert/read.ts';
import type { Waiting } from '../../src/engine/clock/waiting.ts';
import { WaitingMatches } from '../../src/engine/clock/waiting.ts';
import { byTime } from '../../src/engine/match.ts';
import { keyReader, keyText, requiredField } from '../../src/engine/state/key.ts';
import { FieldTally } from '../../src/engine/tally/fields.ts';
import { event } from '../support/engine.ts';
import { documents } from './generators.ts';
import { law } from './law.ts';

const paths = ['a', 'b', 'a.b', 'b.c', 'a.b.c', 'a.0', 'a.0.b', 'c', 'B', '0', 'zz'];
const path = fc.constantFrom(...paths);

/** One by one, as the definition says it. */
function keysBySearch(fields: readonly string[], document: JsonObject): string[] {
  let keys: string[][] = [[]];
  for (const field of fields) {
    const values = [...new Set(valuesAt(document, field).map(textOf))];
    keys = keys.flatMap((key) => values.map((value) => [...key, value]));
  }
  return keys.map(keyText);
}

const fields = fc.array(path, { minLength: 1, maxLength: 3 });
law('a key reader finds each combination of values once', [fields, documents], (wanted, document) =>
  assert.deepEqual(
    keyReader(wanted.map(requiredField))({ document }, () => {}),
    keysBySearch(wanted, document),
  ),
);

law('texts are those of the values, without empty ones', [path, documents], (at, document) => {
  const texts = valuesAt(document, at)
    .map(textOf)
    .filter((text) => text !== '');
  assert.deepEqual(textsAt(document, at), texts);
  const first = textAt(document, at);
  assert.equal(first === undefined, texts.length === 0);
  assert.ok(first === undefined || texts.includes(first));
});

const step = fc
  .tuple(fc.constantFrom('+', '-', '/'), fc.integer({ min: 0, max: 400 }), fc.constantFrom(...'yMwdhHms'))
  .map(([sign, count, unit]) => `${sign}${sign === '/' || count === 0 ? '' : count}${unit}`);
const anchor = fc.constantFrom('now', 'now', 'now', '2026-03-02||', 'never');
const expressions = fc
  .tuple(anchor, fc.array(step, { maxLength: 3 }))
  .map(([first, steps]) => first + steps.join(''));
const times = fc.oneof(
  fc.integer({ min: -1e12, max: 4e12 }),
  fc.constantFrom(0, 8.64e15, -8.64e15, 8.64e15 - 1000),
);
law('an expression that was read once gives the same dates', [expressions, times], (expression, now) =>
  assert.equal(dateReader(expression)(now), resolveDate(expression, now, 'down')),
);

/** Pushes, and in place of null pops. */
const moves = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { freq: 3 }), { maxLength: 60 });
const tiebreaker = fc.option(fc.constantFrom(1, 2, 'x'), { nil: undefined });
law('what waits comes out in the order of time', [moves, fc.array(tiebreaker)], (steps, tiebreakers) => {
  const waiting = new WaitingMatches();
  let model: Waiting[] = [];
  for (const [arrival, time] of steps.entries()) {
    if (time === null) assert.equal(waiting.pop(), model.shift());
    else {
      const one = waitingAt(time, arrival, tiebreakers[arrival]);
      waiting.push(one);
      model = [...model, one].sort((a, b) => byTime(a.match, b.match));
    }
    assert.equal(waiting.first, model[0]);
    assert.equal(waiting.size, model.length);
  }
  const again = new WaitingMatches();
  again.restore(waiting.snapshot());
  for (const one of model) assert.equal(again.pop(), one);
  assert.deepEqual(waiting.snapshot(), model);
});

const waitingAt = (time: number, arrival: number, tie: number | string | undefined): Waiting => ({
  position: 0,
  match: {
    event: event({}),
    holding: [],
    time,
    windowTime: time,
    arrival,
    ...(tie === undefined ? {} : { tiebreaker: tie }),
  },
});

const days = fc.array(documents, { maxLength: 6 });
law('fields are missing that no event had, and events that had none', [fields, days], (wanted, events) => {
  const tally = new FieldTally(wanted);
  const has = (document: JsonObject, field: string): boolean => hasLeaf(document, field);
  for (const document of events) tally.see(document);
  const unseen = [...new Set(wanted)].filter((field) => !events.some((document) => has(document, field)));
  const without = events.filter((document) => !wanted.some((field) => has(document, field)));
  assert.deepEqual(tally.missing(), unseen);
  assert.equal(tally.eventsWithout, without.length);
});
