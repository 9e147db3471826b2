/** What rules remember, as people may ask, and what the summary says of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports } from '../../tests/support/engine.ts';
import { rulesOf } from '../../tests/support/rules.ts';
import { source } from '../base/source.ts';
import type { JsonObject } from '../data/document.ts';
import type { LoadedRule, RuleException } from '../rules/rule.ts';
import type { EngineOptions } from './engine.ts';
import { Engine } from './engine.ts';
import { indexingMatcher } from './matcher.ts';
import { keyText } from './state/key.ts';

const rules = await rulesOf({
  steps: `type = "eql"
query = 'sequence by user.name with maxspan=1m [any where kind == "a"] [any where kind == "b"] [any where kind == "c"]'`,
  silence: `type = "eql"
query = 'sequence by user.name with maxspan=1m [any where kind == "x"] ![any where kind == "y"]'`,
  pairs: `type = "eql"
query = 'sample by user.name [any where kind == "a"] [any where kind == "z"]'`,
  counts: `type = "threshold"
query = 'kind: a'
threshold = { field = ["user.name"], value = 5, cardinality = [{ field = "host.name", value = 2 }] }`,
  terms: `type = "new_terms"
query = 'kind: *'
new_terms.field = "new_terms_fields"
new_terms.value = ["user.name"]
new_terms.history_window_start = [{ field = "history_window_start", value = "now-1d" }]`,
});

const engineFor = (options: Partial<EngineOptions> = {}) =>
  new Engine(rules, { matcher: indexingMatcher, ignoreIndex: false, ...options }, ports);

const START = Date.parse('2026-03-02T10:00:00.000Z');
const at = (second: number, document: JsonObject) =>
  event(
    { '@timestamp': new Date(START + second * 1000).toISOString(), user: { name: 'eve' }, ...document },
    { origin: { file: 'log', line: second } },
  );

const statesOf = (engine: Engine, id: string, key?: string) => {
  const rule = rules.find(({ document }) => document.rule.rule_id === id);
  assert.ok(rule);
  return engine.stateOf(rule, key);
};

test('what a rule waits for, since when and until when', () => {
  const engine = engineFor();
  const events = [at(1, { kind: 'a', host: { name: 'h' } }), at(2, { kind: 'b' }), at(3, { kind: 'x' })];
  for (const one of events) engine.take(one);
  const log = (line: number) => ({ file: 'log', line });
  assert.deepEqual(statesOf(engine, 'steps'), [
    {
      kind: 'sequence',
      key: ['eve'],
      since: START + 1000,
      events: [log(1), log(2)],
      step: 3,
      steps: 3,
      until: START + 61_000,
    },
  ]);
  assert.deepEqual(statesOf(engine, 'silence'), [
    { kind: 'absence', key: ['eve'], since: START + 3000, events: [log(3)], until: START + 63_000 },
  ]);
  assert.deepEqual(statesOf(engine, 'pairs'), [{ kind: 'sample', key: ['eve'], items: [1, 0] }]);
  assert.deepEqual(statesOf(engine, 'counts'), [
    {
      kind: 'threshold',
      key: ['eve'],
      count: 1,
      needed: 5,
      cardinality: 1,
      neededCardinality: 2,
      from: START + 1000,
      usedUpTo: undefined,
    },
  ]);
  assert.deepEqual(statesOf(engine, 'terms', keyText(['eve'])), [
    { kind: 'terms', key: ['eve'], first: START + 1000, last: START + 3000 },
  ]);
  assert.deepEqual(statesOf(engine, 'terms', keyText(['bob'])), []);
});

test('late and untimed matches, learning and parts of sequences are counted', () => {
  const engine = engineFor();
  for (const [second, kind] of [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [2, 'a'],
  ] as const)
    engine.take(at(second, { kind }));
  engine.take({ ...at(4, { kind: 'a' }), time: undefined });
  engine.end();
  const { state, alerts } = engine.summary();
  const { late, untimed, learning, sequenceParts } = state;
  assert.deepEqual(
    { total: alerts.total, late, untimed, learning, sequenceParts },
    {
      total: 1,
      late: 4,
      untimed: 4,
      learning: [{ rule: 'terms', until: START + 1000 + 86_400_000, count: 1 }],
      sequenceParts: 3,
    },
  );
});

test('a rule that has changed begins anew, and one that moved does not', () => {
  const engine = engineFor({ lateness: 60_000 });
  engine.take(at(1, { kind: 'a' }));
  const saved = [...engine.snapshot()].map((part): unknown => JSON.parse(part));
  const changed = rules.map((rule) =>
    rule.document.rule.rule_id === 'counts'
      ? { ...rule, document: { ...rule.document, rule: { ...rule.document.rule, from: 'now-1h' } } }
      : rule,
  );
  const other = new Engine(
    changed.toReversed(),
    { matcher: indexingMatcher, ignoreIndex: false, lateness: 60_000, coldStart: 'alert' },
    ports,
  );
  assert.deepEqual(
    other.restore(saved).anew.map(({ document }) => document.rule.rule_id),
    ['counts'],
  );
  const told = [...other.take(at(2, { kind: 'b' })), ...other.take(at(3, { kind: 'c' })), ...other.end()];
  assert.deepEqual(
    told
      .filter(({ group }) => group?.index === undefined)
      .map(({ ruleId, sources }) => [ruleId, sources.length]),
    [
      ['terms', 1],
      ['steps', 3],
    ],
  );
});

const listNamed = (id: string) => ({ id, list_id: id, type: 'detection', namespace_type: 'single' }) as const;

const exceptionOf = (user: string): RuleException => ({
  list: 'users',
  item: user,
  name: user,
  where: isText('user.name', user),
  place: { source: source('e.yaml', 'exceptions'), span: { start: 0, end: 10 } },
});

test('a rule whose exceptions are others goes on and is named, whatever they are called and in whatever order', () => {
  const excepting = (...users: readonly string[]): readonly LoadedRule[] =>
    rules.map((rule) => ({
      ...rule,
      document: {
        ...rule.document,
        rule: { ...rule.document.rule, exceptions_list: users.map((user) => listNamed(user)) },
      },
      exceptions: users.map((user) => exceptionOf(user)),
    }));
  const engineWith = (some: readonly LoadedRule[]): Engine =>
    new Engine(some, { matcher: indexingMatcher, ignoreIndex: false }, ports);
  const restored = (before: readonly LoadedRule[], now: readonly LoadedRule[]) => {
    const saved = [...engineWith(before).snapshot()].map((part): unknown => JSON.parse(part));
    const { anew, otherExceptions } = engineWith(now).restore(saved);
    return [anew, otherExceptions].map((some) => some.length);
  };
  const all = rules.length;
  assert.deepEqual(restored(excepting('a', 'b'), excepting('b', 'a')), [0, 0]);
  assert.deepEqual(restored(excepting('a'), excepting('a', 'b')), [0, all]);
  assert.deepEqual(restored(excepting('a'), excepting('b')), [0, all]);
  assert.deepEqual(restored(excepting(), excepting('a')), [0, all]);
  assert.deepEqual(restored(excepting('a'), excepting()), [0, all]);
  const [one, ...others] = rules;
  assert.ok(one);
  assert.deepEqual(restored(others, [{ ...one, exceptions: [exceptionOf('a')] }, ...others]), [1, 0]);
});

test('something else than a snapshot is refused, and one of another schema restores nothing', () => {
  assert.throws(() => engineFor().restore([{}]), /no snapshot/);
  assert.equal(engineFor().restore([{ schema: 0 }]).anew.length, rules.length);
});
