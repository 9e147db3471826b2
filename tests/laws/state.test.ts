/** Laws of the engine's memory, over rules of every type and generated streams of events. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import type { EngineOptions } from '../../src/engine/engine.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Mode } from '../../src/engine/event-times.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import { ports } from '../support/engine.ts';
import { rulesOf } from '../support/rules.ts';
import { law } from './law.ts';

const TERMS = `new_terms.field = "new_terms_fields"
new_terms.history_window_start = [{ field = "history_window_start", value = "now-5m" }]`;
const SUPPRESSED = `alert_suppression.group_by = ["user.name"]
alert_suppression.missing_fields_strategy = "suppress"`;

/** No suppression of rules without memory: which event comes first is what it is about. */
const ordered = {
  single: `query = 'kind: a'`,
  sequence: `type = "eql"
query = 'sequence by user.name with maxspan=20s [any where kind == "a"] [any where kind == "b"] until [any where kind == "d"]'`,
  runs: `type = "eql"
query = 'sequence by user.name, host.name with maxspan=30s [any where kind == "a"] with runs=3 [any where kind == "c"]'`,
  between: `type = "eql"
query = 'sequence by user.name with maxspan=30s [any where kind == "a"] ![any where kind == "c"] [any where kind == "b"]'`,
  absence: `type = "eql"
query = 'sequence by ?host.name with maxspan=10s [any where kind == "b"] ![any where kind == "a"]'`,
  sample: `type = "eql"
from = "now-30s"
query = 'sample by user.name [any where kind == "a"] [any where kind == "b"] [any where kind in ("a", "c")]'`,
  piped: `type = "eql"
interval = "1m"
query = 'sequence by user.name with maxspan=1m [any where kind == "a"] [any where kind == "b"] | tail 1'`,
  threshold: `type = "threshold"
query = 'kind: (a or b)'
from = "now-40s"
threshold = { field = ["user.name"], value = 3, cardinality = [{ field = "host.name", value = 2 }] }`,
  terms: `type = "new_terms"
query = 'kind: *'
from = "now-1m"
new_terms.value = ["user.name", "kind"]
${TERMS}`,
  rows: `type = "esql"
language = "esql"
query = 'FROM logs METADATA _id | WHERE kind == "d" | EVAL about = CONCAT(kind, "!") | KEEP _id, about, user.name, host.name'`,
  groups: `type = "esql"
language = "esql"
interval = "20s"
from = "now-40s"
query = 'FROM logs | WHERE kind != "d" | STATS events = COUNT(*), kinds = COUNT_DISTINCT(kind) BY user.name | WHERE kinds > 1'`,
  beside: `type = "esql"
language = "esql"
interval = "30s"
from = "now-1m"
query = 'FROM logs METADATA _id | INLINE STATS events = COUNT(*) BY host.name | WHERE kind == "c" AND events > 2 | KEEP _id, kind, host.name'`,
  indicator: `type = "threat_match"
query = 'kind: (a or d)'
threat_index = ["*"]
threat_language = "kuery"
threat_query = '*:*'
threat_mapping = [{ entries = [{ field = "user.name", type = "mapping", value = "threat.indicator.name" }] }]`,
  job: `type = "machine_learning"
anomaly_threshold = 50
machine_learning_job_id = "job"`,
};
const more = {
  suppressed: `query = 'kind: c'
${SUPPRESSED}
alert_suppression.duration = { value = 30, unit = "s" }`,
  eachRun: `type = "eql"
interval = "1m"
query = 'sequence by user.name with maxspan=20s [any where kind == "a"] [any where kind == "b"]'
${SUPPRESSED}`,
  few: `query = 'kind: (a or b)'
interval = "1m"
from = "now-2m"
max_signals = 2`,
  alerts: `type = "eql"
index = [".alerts-security.*"]
query = 'sequence by user.name with maxspan=1m [any where kibana.alert.rule.rule_id == "single"] [any where kibana.alert.rule.rule_id == "sequence"]'`,
};

const inAnyOrder = await rulesOf(ordered);
const all = await rulesOf({ ...ordered, ...more });

const START = Date.UTC(2026, 2, 2, 9);

const indicators: readonly EventEnvelope[] = [
  {
    key: 'indicator',
    time: START,
    document: { threat: { indicator: { name: 'eve' } } },
    origin: { file: 'feed', line: 1 },
  },
];

const engine = (rules: typeof all, options: Omit<EngineOptions, 'matcher' | 'ignoreIndex' | 'inputs'>) =>
  new Engine(
    rules,
    { ...options, inputs: { indicators }, matcher: indexingMatcher, ignoreIndex: false },
    ports,
  );

const happenings = fc.array(
  fc.record({
    gap: fc.integer({ min: 1, max: 15 }),
    kind: fc.constantFrom('a', 'b', 'c', 'd'),
    user: fc.constantFrom<JsonObject['x']>('eve', 'bob', ['eve', 'bob'], null),
    host: fc.constantFrom<JsonObject['x']>('h', 'i', null),
    delay: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 25 },
);

interface Happening {
  readonly gap: number;
  readonly kind: string;
  readonly user: JsonObject['x'];
  readonly host: JsonObject['x'];
}

/** In the order of time, every event at a second of its own. */
function eventsOf(list: readonly Happening[]): EventEnvelope[] {
  let time = START;
  return list.map(({ gap, kind, user, host }, index) => {
    time += gap * 1000;
    return {
      key: `event ${index}`,
      time,
      document: {
        '@timestamp': new Date(time).toISOString(),
        kind,
        user: { name: user ?? null },
        host: { name: host ?? null },
        ...(kind === 'c' ? anomalyAt(time) : {}),
      },
      origin: { file: 'log', line: index + 1 },
    };
  });
}

/** What makes an event a record of a job too. */
const anomalyAt = (time: number): JsonObject => ({
  job_id: 'job',
  result_type: 'record',
  is_interim: false,
  record_score: 75,
  timestamp: time,
});

const run = (one: Engine, events: readonly EventEnvelope[]): Alert[] => [
  ...events.flatMap((event) => one.take(event)),
  ...one.end(),
];

/** Equal for equal alerts, and short enough to look at. */
const bytes = (alerts: readonly Alert[]): string[] =>
  alerts.map((alert) => {
    const lines = alert.sources.map(({ line }) => line).join('+');
    return `${alert.ruleId} ${lines} ${ports.digest(JSON.stringify(alert)).slice(0, 8)}`;
  });

/** Names the first difference only: the lists are long, and a law is tried often while it is made smaller. */
function same(actual: readonly string[], expected: readonly string[]): void {
  const at = actual.findIndex((text, index) => text !== expected[index]);
  const first = at === -1 ? actual.length : at;
  if (at !== -1 || actual.length !== expected.length)
    throw new assert.AssertionError({
      message: `alert ${first}: ${actual[first] ?? 'none'} instead of ${expected[first] ?? 'none'}`,
    });
}

const parsed = (parts: readonly string[]): unknown[] => parts.map((part): unknown => JSON.parse(part));

/** Every case makes several engines. */
const ENGINES = { cost: 10 };

for (const mode of ['stream', 'compat'] as const satisfies readonly Mode[]) {
  law(
    `an engine that is saved and restored goes on as before (${mode})`,
    [happenings, fc.nat(25), fc.constantFrom(1, 3000, 4_000_000)],
    (list, at, length) => {
      const events = eventsOf(list);
      const options = { mode, lateness: 7000, coldStart: 'alert' } as const;
      const unbroken = engine(all, options);
      const [first, second] = [engine(all, options), engine(all, options)];
      const before = events.slice(0, at).flatMap((event) => first.take(event));
      const [saved, counted] = [[...first.snapshot(length)], [...first.tallies(length)]];
      assert.deepEqual(second.restore(parsed(saved)), { anew: [], otherExceptions: [] });
      second.restoreTallies(parsed(counted));
      assert.deepEqual([...second.snapshot(length)], saved);
      assert.deepEqual([...second.tallies(length)], counted);
      const after = run(second, events.slice(at));
      same(bytes([...before, ...after]), bytes(run(unbroken, events)));
      assert.deepEqual(second.summary(), unbroken.summary());
    },
    ENGINES,
  );

  law(
    `where one batch ends and the next begins changes nothing (${mode})`,
    [happenings, fc.nat(25)],
    (list, at) => {
      const events = eventsOf(list);
      const options = { mode, lateness: 7000, coldStart: 'alert' } as const;
      const [whole, split] = [engine(all, options), engine(all, options)];
      const first = events.slice(0, at);
      const alerts = first.flatMap((event) => split.take(event));
      const time = first.at(-1)?.time;
      if (time !== undefined) alerts.push(...split.passTime(time));
      alerts.push(...run(split, events.slice(at)));
      same(bytes(alerts), bytes(run(whole, events)));
      assert.deepEqual(split.summary(), whole.summary());
    },
    ENGINES,
  );
}

law(
  'the order of arrival changes nothing within the allowed lateness',
  [happenings],
  (list) => {
    const lateness = 20_000;
    const events = eventsOf(list);
    const arrived = events
      .map((event, index) => ({ event, at: (event.time ?? 0) + (list[index]?.delay ?? 0) * 1000 }))
      .sort((a, b) => a.at - b.at)
      .map(({ event }) => event);
    const options = { mode: 'stream', lateness, coldStart: 'learn' } as const;
    const [one, other] = [engine(inAnyOrder, options), engine(inAnyOrder, options)];
    same(bytes(run(one, arrived)).sort(), bytes(run(other, events)).sort());
    assert.equal(one.summary().state.late, 0);
    assert.deepEqual(one.summary().state.learning, other.summary().state.learning);
  },
  ENGINES,
);

law(
  'alert ids are never told twice',
  [happenings],
  (list) => {
    for (const mode of ['stream', 'compat'] as const) {
      const ids = run(engine(all, { mode, coldStart: 'alert' }), eventsOf(list)).map(({ id }) => id);
      assert.deepEqual(ids.length, new Set(ids).size);
    }
  },
  ENGINES,
);

test('twice the events need no more memory', () => {
  const one = engine(inAnyOrder, { mode: 'stream', lateness: 1000 });
  const sizes: number[] = [];
  for (let i = 0; i < 4000; i++) {
    const list = [{ gap: 1, kind: 'abc'[i % 3] ?? 'a', user: `user ${i % 977}`, host: `host ${i}` }];
    const [event] = eventsOf(list) as [EventEnvelope];
    const time = START + i * 1000;
    one.take({
      ...event,
      key: `${i}`,
      time,
      document: { ...event.document, '@timestamp': new Date(time).toISOString() },
    });
    if (i % 1000 === 999) sizes.push([...one.snapshot()].join('').length);
  }
  const [, half = 0, , whole = 0] = sizes;
  assert.ok(whole < half * 1.1, sizes.join(', '));
  assert.deepEqual(one.summary().state.evictions, []);
});
