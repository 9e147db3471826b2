/**
 * The engine against the definitions: samples, new terms and missing events are looked for once more in the plainest way,
 * over every tuple of events there is, from the rule's text to the alert.
 */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';
import type { Values } from '../support/references.ts';
import { found, manyOf, SECOND, START, tuples } from '../support/references.ts';
import { rulesOf } from '../support/rules.ts';
import { law } from './law.ts';

/** Seconds: how far a run looks back, how often it comes, and how long the history is. */
const LOOK_BACK = 30;
const INTERVAL = 20;
const HISTORY = 70;
const MAXSPAN = 6;

const rules = await rulesOf({
  pair: sample('by user.name [any where kind == "a"] [any where kind == "b"]'),
  triple: sample(
    'by user.name, ?host.name [any where kind in ("a", "b")] [any where kind in ("b", "c")] [any where kind == "b"]',
  ),
  twice: sample('[any where kind == "a"] by user.name [any where kind == "a"] by host.name'),
  after: sequence('[any where kind == "a"] ![any where kind == "b"]'),
  before: sequence('![any where kind == "b"] [any where kind == "a"]'),
  around: sequence('![any where kind == "b"] [any where kind == "a"] ![any where kind == "c"]'),
  one: newTerms(['user.name']),
  two: newTerms(['user.name', 'host.name']),
  three: newTerms(['user.name', 'host.name', 'kind']),
});

function sample(query: string): string {
  return `type = "eql"\nfrom = "now-${LOOK_BACK}s"\ninterval = "${INTERVAL}s"\nquery = 'sample ${query}'`;
}

function sequence(steps: string): string {
  return `type = "eql"
from = "now-${LOOK_BACK}s"
interval = "${INTERVAL}s"
query = 'sequence by user.name with maxspan=${MAXSPAN}s ${steps}'`;
}

function newTerms(fields: readonly string[]): string {
  return `type = "new_terms"
query = 'kind: *'
from = "now-${LOOK_BACK}s"
interval = "${INTERVAL}s"
new_terms.field = "new_terms_fields"
new_terms.value = ${JSON.stringify(fields)}
new_terms.history_window_start = [{ field = "history_window_start", value = "now-${HISTORY}s" }]`;
}

/** An event with all values of each field; none for a missing one. */
interface Happening {
  readonly id: number;
  /** Seconds since the start. */
  readonly at: number;
  readonly kind: Values;
  readonly user: Values;
  readonly host: Values;
}

const happenings = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 25 }),
      kind: manyOf('a', 'b', 'c'),
      user: manyOf('eve', 'bob'),
      host: manyOf('h', 'i'),
    }),
    { maxLength: 14 },
  )
  .map((list) => {
    let at = 0;
    return list.map(({ gap, ...values }, id): Happening => ({ id, at: (at += gap), ...values }));
  });

const eventOf = ({ id, at, kind, user, host }: Happening): EventEnvelope => ({
  key: `event ${id}`,
  time: START + at * SECOND,
  document: {
    '@timestamp': new Date(START + at * SECOND).toISOString(),
    kind: [...kind],
    user: { name: [...user] },
    host: host.length === 1 ? { name: host[0] ?? null } : { name: [...host] },
  },
  origin: { file: 'log', line: id },
});

function ruleOf(id: string): LoadedRule {
  const rule = rules.find(({ document }) => document.rule.rule_id === id);
  assert.ok(rule, id);
  return rule;
}

/** The moments at which a rule runs that can have something in its window. */
function* ticks(events: readonly Happening[]): Generator<number> {
  const [first, last] = [events[0]?.at ?? 0, events.at(-1)?.at ?? 0];
  for (let tick = Math.ceil(first / INTERVAL) * INTERVAL; tick <= last + LOOK_BACK; tick += INTERVAL)
    yield tick;
}

const inside = (events: readonly Happening[], from: number, to: number): Happening[] =>
  events.filter(({ at }) => at >= from && at <= to);

/** An item of a sample: whether an event fits it, and its keys. */
interface Item {
  readonly fits: (event: Happening) => boolean;
  readonly keys: (event: Happening) => string[];
}

const keysOf = (...parts: readonly (readonly (string | null)[])[]): string[] =>
  tuples(parts).map((key) => JSON.stringify(key));

/** A missing value of an optional key is a value of its own (eql §6.1). */
const optional = (values: Values): readonly (string | null)[] => (values.length === 0 ? [null] : values);

const isA =
  (...kinds: string[]) =>
  ({ kind }: Happening): boolean =>
    kind.some((one) => kinds.includes(one));

const byUser = ({ user }: Happening): string[] => keysOf(user);
const byHost = ({ host }: Happening): string[] => keysOf(host);
const byBoth = ({ user, host }: Happening): string[] => keysOf(user, optional(host));

const samples: Readonly<Record<string, readonly Item[]>> = {
  pair: [
    { fits: isA('a'), keys: byUser },
    { fits: isA('b'), keys: byUser },
  ],
  triple: [
    { fits: isA('a', 'b'), keys: byBoth },
    { fits: isA('b', 'c'), keys: byBoth },
    { fits: isA('b'), keys: byBoth },
  ],
  twice: [
    { fits: isA('a'), keys: byUser },
    { fits: isA('a'), keys: byHost },
  ],
};

/** The first of all tuples, one event for each item, of one key and of events that all differ (eql §6.4). */
const sampleOf = (items: readonly Item[], key: string, events: readonly Happening[]) =>
  tuples(
    items.map(({ fits, keys }) => events.filter((event) => fits(event) && keys(event).includes(key))),
  ).find((tuple) => new Set(tuple).size === tuple.length);

const keysIn = (items: readonly Item[], events: readonly Happening[]): string[] => [
  ...new Set(events.flatMap((event) => items.flatMap(({ keys }) => keys(event)))),
];

const textOf = (tuple: readonly Happening[]): string => tuple.map(({ id }) => id).join('+');

/** As soon as a key has one within the look-back; what came up to then does not count again for it. */
function samplesInStream(items: readonly Item[], events: readonly Happening[]): string[] {
  const usedUpTo = new Map<string, number>();
  return events.flatMap((event, index) =>
    keysIn(items, [event]).flatMap((key) => {
      const since = inside(events.slice(0, index + 1), event.at - LOOK_BACK, event.at);
      const tuple = sampleOf(
        items,
        key,
        since.filter(({ id }) => id > (usedUpTo.get(key) ?? -1)),
      );
      if (tuple === undefined) return [];
      usedUpTo.set(key, event.id);
      return [textOf(tuple)];
    }),
  );
}

/** One for each key and run; the same events for the same key are one alert, whichever run finds them. */
function samplesOfRuns(items: readonly Item[], events: readonly Happening[]): string[] {
  const all = new Map<string, string>();
  for (const tick of ticks(events)) {
    const window = inside(events, tick - LOOK_BACK, tick);
    for (const key of keysIn(items, window)) {
      const tuple = sampleOf(items, key, window);
      if (tuple !== undefined) all.set(`${key} ${textOf(tuple)}`, textOf(tuple));
    }
  }
  return [...all.values()];
}

/** Every case makes an engine for each rule. */
const ENGINES = { cost: 3 };

for (const [id, items] of Object.entries(samples))
  law(
    `the sample "${id}" is found where some tuple of different events is one`,
    [happenings],
    (list) => {
      const events = list.map(eventOf);
      const says = (_: JsonObject, lines: readonly number[]): string => lines.join('+');
      assert.deepEqual(
        found(ruleOf(id), events, { mode: 'stream' }, says),
        samplesInStream(items, list).sort(),
        'stream',
      );
      assert.deepEqual(
        found(ruleOf(id), events, { mode: 'compat' }, says),
        samplesOfRuns(items, list).sort(),
        'compat',
      );
    },
    ENGINES,
  );

type Terms = (event: Happening) => string[];

/** The rule's query holds for it; of what is not, the history knows nothing. */
const isAsked = ({ kind }: Happening): boolean => kind.length > 0;

const terms: Readonly<Record<string, Terms>> = {
  one: (event) => keysOf(event.user).filter(() => isAsked(event)),
  two: (event) => keysOf(event.user, event.host).filter(() => isAsked(event)),
  three: ({ user, host, kind }) => keysOf(user, host, kind),
};

const says = (document: JsonObject, lines: readonly number[]): string =>
  `${lines.join('+')} ${JSON.stringify(document['kibana.alert.new_terms'])}`;

/** New is what no event before it had since the start of the history that ends at it (engine A5.5). */
function newInStream(termsOf: Terms, events: readonly Happening[], coldStart: 'learn' | 'alert'): string[] {
  const began = events[0]?.at ?? 0;
  return events.flatMap((event, index) => {
    const since = event.at - HISTORY;
    if (coldStart === 'learn' && since < began) return [];
    const seen = new Set(inside(events.slice(0, index), since, event.at).flatMap(termsOf));
    return termsOf(event).flatMap((key) => (seen.has(key) ? [] : [`${event.id} ${key}`]));
  });
}

/** Of the combinations in the window, those that the history has at no moment up to the start of the window. */
function newOfRuns(termsOf: Terms, events: readonly Happening[]): string[] {
  const all = new Set<string>();
  for (const tick of ticks(events)) {
    const [from, history] = [tick - LOOK_BACK, inside(events, tick - HISTORY, tick)];
    for (const key of new Set(inside(events, from, tick).flatMap(termsOf))) {
      const having = history.filter((event) => termsOf(event).includes(key));
      if (having.every(({ at }) => at > from)) all.add(`${having[0]?.id} ${key}`);
    }
  }
  return [...all];
}

for (const [id, termsOf] of Object.entries(terms))
  law(
    `new terms of ${id} field${id === 'one' ? '' : 's'} are those that the history does not have`,
    [happenings],
    (list) => {
      const events = list.map(eventOf);
      for (const coldStart of ['learn', 'alert'] as const)
        assert.deepEqual(
          found(ruleOf(id), events, { mode: 'stream', coldStart }, says),
          newInStream(termsOf, list, coldStart).sort(),
          `stream, ${coldStart}`,
        );
      assert.deepEqual(
        found(ruleOf(id), events, { mode: 'compat' }, says),
        newOfRuns(termsOf, list).sort(),
        'compat',
      );
    },
    ENGINES,
  );

/** What must not come before and after an event of kind `a`. */
const absences: Readonly<Record<string, { readonly before?: string; readonly after?: string }>> = {
  after: { after: 'b' },
  before: { before: 'b' },
  around: { before: 'b', after: 'c' },
};

/** Of the same key, by the rule of eql §6.3 word by word. */
function isAlone(
  event: Happening,
  key: string,
  { before, after }: { readonly before?: string; readonly after?: string },
  events: readonly Happening[],
): boolean {
  const timesOf = (kind: string | undefined): number[] =>
    events.flatMap((one) => (kind !== undefined && isA(kind)(one) && one.user.includes(key) ? one.at : []));
  const last = Math.max(...timesOf(before).filter((at) => at < event.at));
  const next = Math.min(...timesOf(after).filter((at) => at > event.at));
  if (before === undefined) return next - event.at > MAXSPAN;
  return after === undefined ? event.at - last > MAXSPAN : next - last > MAXSPAN;
}

const alone = (which: string, events: readonly Happening[]): string[] =>
  events
    .filter(isA('a'))
    .flatMap((event) =>
      event.user.flatMap((key) =>
        isAlone(event, key, absences[which] ?? {}, events) ? `${event.id} ${key}` : [],
      ),
    );

/** Every run judges what its window holds, as if that were all there is. */
const aloneInRuns = (which: string, events: readonly Happening[]): string[] => [
  ...new Set([...ticks(events)].flatMap((tick) => alone(which, inside(events, tick - LOOK_BACK, tick)))),
];

for (const which of Object.keys(absences))
  law(
    `what must not come ${which} an event is missing where the definition says so`,
    [happenings],
    (list) => {
      const rule = ruleOf(which);
      const events = list.map(eventOf);
      // The alert does not say which of the values of its event it is about.
      const lines = (_: JsonObject, [line]: readonly number[]): string => `${line}`;
      const ids = (expected: readonly string[]): string[] =>
        expected.map((one) => one.split(' ')[0] ?? '').sort();
      assert.deepEqual(found(rule, events, { mode: 'stream' }, lines), ids(alone(which, list)), 'stream');
      assert.deepEqual(
        found(rule, events, { mode: 'compat' }, lines),
        ids(aloneInRuns(which, list)),
        'compat',
      );
    },
    ENGINES,
  );
