/** Every limit of the engine's memory is reached by some rule, counted for it, and said in the summary. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, ports } from '../../tests/support/engine.ts';
import { rulesOf } from '../../tests/support/rules.ts';
import type { JsonObject } from '../data/document.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { EngineOptions } from './engine.ts';
import { Engine } from './engine.ts';
import type { LimitName } from './limits.ts';
import { limits } from './limits.ts';
import { indexingMatcher } from './matcher.ts';

const START = Date.parse('2026-03-02T10:00:01.000Z');

interface Case {
  /** The keys of the rule as TOML. */
  readonly rule: string;
  /** Events that are sent, one more than fits. */
  readonly events: number;
  readonly documentOf: (i: number) => JsonObject;
  readonly options?: Partial<EngineOptions>;
}

const user = (i: number): JsonObject => ({ user: { name: `user-${i}` }, kind: 'a' });
const same = (): JsonObject => ({ user: { name: 'eve' }, kind: 'a' });

/** As long as all events together. */
const LONG = 'from = "now-9h"';

const indicators: readonly EventEnvelope[] = Array.from({ length: limits.enrichments + 1 }, (_, i) =>
  event({ _id: `${i}`, threat: { indicator: { name: 'eve', number: i } } }),
);

const cases: Readonly<Partial<Record<LimitName, Case>>> = {
  keyCombinations: {
    rule: `type = "threshold"\nquery = 'kind: a'\nthreshold = { field = ["x", "y"], value = 2 }`,
    events: 1,
    documentOf: () => {
      const values = Array.from({ length: 40 }, (_, i) => `${i}`);
      return { kind: 'a', x: values, y: values };
    },
  },
  waitingMatches: {
    rule: `type = "threshold"\nquery = 'kind: a'\nthreshold = { field = [], value = 1000000 }`,
    events: limits.waitingMatches + 1,
    documentOf: same,
    options: { lateness: 10 * limits.waitingMatches },
  },
  sequenceKeys: {
    rule: `type = "eql"\n${LONG}\nquery = 'sequence by user.name [any where kind == "a"] [any where kind == "b"]'`,
    events: limits.sequenceKeys + 1,
    documentOf: user,
  },
  absenceKeys: {
    rule: `type = "eql"\nquery = 'sequence by user.name with maxspan=9h [any where kind == "b"] ![any where kind == "a"]'`,
    events: limits.absenceKeys + 1,
    documentOf: user,
  },
  absenceTimes: {
    rule: `type = "eql"\nquery = 'sequence by user.name with maxspan=9h [any where kind == "b"] ![any where kind == "a"]'`,
    events: limits.absenceTimes + 1,
    documentOf: same,
  },
  undecidedSequences: {
    rule: `type = "eql"\nquery = 'sequence by user.name with maxspan=9h [any where kind == "a"] ![any where kind == "b"]'`,
    events: limits.undecidedSequences + 1,
    documentOf: user,
  },
  sampleKeys: {
    rule: `type = "eql"\n${LONG}\nquery = 'sample by user.name [any where kind == "a"] [any where kind == "b"]'`,
    events: limits.sampleKeys + 1,
    documentOf: user,
  },
  pipedResults: {
    rule: `type = "eql"\ninterval = "9h"\nquery = 'any where kind == "a" | tail 100000'`,
    events: limits.pipedResults + 1,
    documentOf: same,
  },
  thresholdGroups: {
    rule: `type = "threshold"\n${LONG}\nquery = 'kind: a'\nthreshold = { field = ["user.name"], value = 2 }`,
    events: limits.thresholdGroups + 1,
    documentOf: user,
  },
  thresholdEvents: {
    rule: `type = "threshold"\n${LONG}\nquery = 'kind: a'\nthreshold = { field = ["user.name"], value = 1000000 }`,
    events: limits.thresholdEvents + 1,
    documentOf: same,
  },
  terms: {
    rule: `type = "new_terms"\nquery = 'kind: a'\nnew_terms.field = "new_terms_fields"\nnew_terms.value = ["user.name"]
new_terms.history_window_start = [{ field = "history_window_start", value = "now-1d" }]`,
    events: limits.terms + 1,
    documentOf: user,
  },
  enrichments: {
    rule: `type = "threat_match"\nquery = 'kind: a'\nthreat_index = ["*"]\nthreat_language = "kuery"\nthreat_query = '*:*'
threat_mapping = [{ entries = [{ field = "user.name", type = "mapping", value = "threat.indicator.name" }] }]`,
    events: 1,
    documentOf: same,
    options: { inputs: { indicators } },
  },
  windowMatches: {
    rule: `query = 'kind: a'\ninterval = "1h"`,
    events: limits.windowMatches + 1,
    documentOf: same,
    options: { mode: 'compat' },
  },
  queryValues: {
    rule: `type = "esql"\nlanguage = "esql"\n${LONG}\nquery = 'FROM * | WHERE kind == "a" | STATS v = VALUES(x)'`,
    events: limits.queryValues / 500 + 1,
    documentOf: (i) => ({ kind: 'a', x: Array.from({ length: 500 }, (_, j) => `${i} ${j}`) }),
  },
  suppressionGroups: {
    rule: `query = 'kind: a'\nalert_suppression = { group_by = ["user.name"], duration = { value = 9, unit = "h" }, missing_fields_strategy = "suppress" }`,
    events: limits.suppressionGroups + 1,
    documentOf: user,
  },
};

/** A millisecond apart. */
const eventAt = (i: number, document: JsonObject): EventEnvelope =>
  event({ '@timestamp': new Date(START + i).toISOString(), ...document });

for (const [name, { rule, events, documentOf, options }] of Object.entries(cases))
  test(`over the limit "${name}" one is forgotten and counted`, async () => {
    const engine = new Engine(
      await rulesOf({ [name]: rule }),
      { matcher: indexingMatcher, ignoreIndex: false, ...options },
      ports,
    );
    for (let i = 0; i < events; i++) engine.take(eventAt(i, documentOf(i)));
    assert.deepEqual(engine.summary().state.evictions, [{ what: name, count: 1, rules: [name] }]);
  });

/** What completes or repeats what was begun, and whether it is an alert when that was forgotten. */
const afterwards: Readonly<Partial<Record<LimitName, { readonly kind: string; readonly isAlert: boolean }>>> =
  {
    sequenceKeys: { kind: 'b', isAlert: false },
    sampleKeys: { kind: 'b', isAlert: false },
    thresholdGroups: { kind: 'a', isAlert: false },
    terms: { kind: 'a', isAlert: true },
  };

for (const [name, { kind, isAlert }] of Object.entries(afterwards))
  test(`over the limit "${name}" alerts are ${isAlert ? 'too many' : 'missing'}`, async () => {
    const { rule, events, documentOf } = cases[name as LimitName] as Case;
    const engine = new Engine(
      await rulesOf({ [name]: rule }),
      { matcher: indexingMatcher, ignoreIndex: false, coldStart: 'alert' },
      ports,
    );
    for (let i = 0; i < events; i++) {
      const one = eventAt(i, documentOf(i));
      if (name === 'terms') engine.learn(one);
      else engine.take(one);
    }
    const alertsAbout = (i: number) =>
      engine.take(eventAt(events + i, { ...user(i), kind })).filter(({ group }) => group?.index === undefined)
        .length;
    assert.deepEqual(
      { remembered: alertsAbout(events - 1), forgotten: alertsAbout(0) },
      { remembered: isAlert ? 0 : 1, forgotten: isAlert ? 1 : 0 },
    );
  });

/** Counted in another place of the summary, or nothing but speed. */
const others = ['heldAlerts', 'distinctValues', 'indexNames', 'sampleEvents', 'examples'] as const;

test('no limit is left out', () => {
  assert.deepEqual([...Object.keys(cases), ...others].sort(), Object.keys(limits).sort());
});
