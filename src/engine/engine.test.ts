import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, request, rule } from '../../tests/support/engine.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { Engine } from './engine.ts';
import { textsAt } from './alert/read.ts';
import type { BenignKnowledge } from './ports.ts';
import type { Matcher, MatcherMaker } from './matcher.ts';
import { interpretingMatcher } from './matcher.ts';

const reads = rule(isText('event.action', 'get'), { rule_id: 'reads', name: 'Reads' });
const deletes = rule(isText('event.action', 'delete'), { rule_id: 'deletes', name: 'Deletes' });

const engineFor = (
  rules: readonly LoadedRule[],
  ignoreIndex = false,
  matcher = interpretingMatcher,
): Engine => new Engine(rules, { matcher, ignoreIndex }, ports);

function run(engine: Engine, events: readonly EventEnvelope[]): string[] {
  const found = [...events.flatMap((one) => engine.take(one)), ...engine.end()];
  return found.map(({ ruleId, sources }) => `${ruleId} ${sources.map(({ line }) => line).join('+')}`);
}

const at = (
  line: number,
  document: EventEnvelope['document'],
  more: Partial<EventEnvelope> = {},
): EventEnvelope => event(document, { key: `key ${line}`, origin: { file: 'log', line }, ...more });

test('an event makes an alert of every rule that it fulfils', () => {
  const all = rule({ kind: 'and', args: [] }, { rule_id: 'all' });
  const engine = engineFor([reads, deletes, all]);
  const events = [at(1, request()), at(2, request({ verb: 'delete' })), at(3, { message: 'x' })];
  assert.deepEqual(run(engine, events), ['reads 1', 'all 1', 'deletes 2', 'all 2', 'all 3']);
  assert.equal(engine.alertCount, 5);
});

test('a rule sees the events of its indices only, unless told otherwise', () => {
  const elsewhere = rule(isText('event.action', 'get'), { rule_id: 'elsewhere', index: ['logs-aws.*'] });
  const routed = engineFor([elsewhere, reads]);
  assert.deepEqual(run(routed, [at(1, request())]), ['reads 1']);
  assert.equal(routed.summary().rules.withoutData, 1);
  assert.deepEqual(run(engineFor([elsewhere, reads], true), [at(1, request())]), ['elsewhere 1', 'reads 1']);
});

test('the summary says what fired, what could not and what was missing', () => {
  const silent = rule(isText('process.name', 'sh'), { rule_id: 'silent' });
  const elsewhere = rule(isText('registry.path', 'x'), { rule_id: 'elsewhere', index: ['logs-windows.*'] });
  const engine = engineFor([reads, silent, elsewhere]);
  const exec = request({ subresource: 'exec', stage: 'ResponseStarted' });
  const done = request({ subresource: 'exec' });
  const stages = [at(1, exec, { requestKey: 'r' }), at(2, done, { requestKey: 'r' })];
  const nothing = at(3, { data_stream: { dataset: 'x' }, message: 'x' });
  assert.deepEqual(run(engine, [...stages, nothing]), ['reads 1+2']);
  const { groups, ...summary } = engine.summary();
  assert.deepEqual(summary, {
    alerts: {
      total: 1,
      bySeverity: { low: 0, medium: 1, high: 0, critical: 0 },
      buildingBlocks: 0,
      foldedStages: 1,
      releasedEarly: 0,
      excepted: { alerts: 0, events: 0, items: [] },
      explained: { total: 1, explained: 0, byGrade: { A: 0, B: 0, C: 0, D: 0 }, behaviours: [] },
    },
    state: {
      late: 0,
      untimed: 0,
      ahead: 0,
      evictions: [],
      learning: [],
      remembered: [],
      largest: [],
      sequenceParts: 0,
      suppressed: 0,
      looped: 0,
      folded: 0,
      dropped: 0,
      gaps: [],
    },
    input: { unreadable: 1, missingFields: [{ what: 'process.name', count: 1 }] },
    rules: { neverMatched: 2, withoutData: 1, undecided: [] },
  });
  assert.deepEqual(
    groups.map(({ ruleId, count }) => [ruleId, count]),
    [['reads', 1]],
  );
});

test('a field of alerts silences no rule over alerts once there is one', () => {
  const over = rule(isText('kibana.alert.rule.name', 'Reads'), {
    rule_id: 'over',
    index: ['.alerts-security.*'],
  });
  const engine = engineFor([reads, over]);
  assert.deepEqual(run(engine, [at(1, request()), at(2, { message: 'x' })]), ['reads 1', 'over 1']);
  const { unreadable, missingFields } = engine.summary().input;
  assert.deepEqual({ unreadable, missingFields }, { unreadable: 1, missingFields: [] });
});

test('a question that met a limit is counted with its rule, and is no match', () => {
  const stuck: MatcherMaker = (conditions: readonly Predicate[]): Matcher => ({
    match: ({ asked, undecided }) => {
      conditions.forEach((_, position) => asked[position] === 1 && undecided(position, 'field combinations'));
      return [];
    },
  });
  const engine = engineFor([reads, deletes], false, stuck);
  assert.deepEqual(run(engine, [at(1, request()), at(2, request())]), []);
  assert.deepEqual(engine.summary().rules.undecided, [
    { what: 'field combinations', count: 4, rules: ['Deletes', 'Reads'] },
  ]);
});

test('a rule that was declared runnable and is not, is an error', () => {
  const { plan: _, ...without } = reads;
  assert.throws(() => engineFor([without]), /The rule "Reads" of type query cannot run/);
});

test('the same events give the same bytes', () => {
  const events = [1, 2, 3].map((line) =>
    at(line, request({ stage: 'ResponseStarted', verb: 'get' }), { requestKey: `${line}` }),
  );
  const bytes = (): string => {
    const engine = engineFor([reads]);
    const alerts = [...events.flatMap((one) => engine.take(one)), ...engine.end()];
    return JSON.stringify([alerts, engine.summary()]);
  };
  assert.equal(bytes(), bytes());
});

test('an attack that is folded into the suppressed alert of a benign actor leaves nothing explained', () => {
  const suppressed = rule(isText('event.action', 'get'), {
    alert_suppression: {
      group_by: ['event.action'],
      duration: { value: 1, unit: 'h' },
      missing_fields_strategy: 'suppress',
    },
  });
  const fit = { behaviour: 'BP-0001', title: 'Benign', grade: 'A', profile: 'user.name: "benign"' } as const;
  const benign: BenignKnowledge = {
    about: () => ({ statements: [], behaviours: [] }),
    fitting: (document) => (textsAt(document, 'user.name').includes('benign') ? [fit] : []),
  };
  const by = (line: number, name: string): EventEnvelope => at(line, { ...request(), user: { name } });
  const explainedOf = (...names: readonly string[]) => {
    const engine = new Engine(
      [suppressed],
      { matcher: interpretingMatcher, ignoreIndex: false },
      { ...ports, benign },
    );
    const alerts = [...names.flatMap((name, line) => engine.take(by(line, name))), ...engine.end()];
    const { explained, total } = engine.summary().alerts.explained;
    return [alerts.map(({ document }) => document['kibana.alert.suppression.docs_count']), explained, total];
  };
  assert.deepEqual(explainedOf('benign', 'benign', 'benign'), [[2], 1, 1]);
  assert.deepEqual(explainedOf('benign', 'mallory', 'benign'), [[2], 0, 1]);
});

test('no alert is made of what does not fit into max_signals', () => {
  const ids: string[] = [];
  const digest = (text: string): string => {
    ids.push(text);
    return ports.digest(text);
  };
  const limited = rule(isText('event.action', 'get'), { rule_id: 'limited', max_signals: 2 });
  const engine = new Engine(
    [limited],
    { matcher: interpretingMatcher, ignoreIndex: true },
    { ...ports, digest },
  );
  assert.deepEqual(
    run(
      engine,
      [1, 2, 3, 4, 5].map((line) => at(line, request())),
    ),
    ['limited 1', 'limited 2', 'limited 3+4+5'],
  );
  // One id for each alert that was told, the summary's among them.
  assert.equal(ids.length, 3);
});
