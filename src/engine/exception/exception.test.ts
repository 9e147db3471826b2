import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, request, rule } from '../../../tests/support/engine.ts';
import { location } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { eql } from '../../lang/eql/index.ts';
import { kql } from '../../lang/kql/index.ts';
import type { Language } from '../../lang/kit/language.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { RuleOf } from '../../rules/format/schema.ts';
import type { LoadedRule, RuleException } from '../../rules/rule.ts';
import type { EngineOptions } from '../engine.ts';
import { Engine } from '../engine.ts';
import { indexingMatcher, interpretingMatcher } from '../matcher.ts';
import { canOverlap } from './overlap.ts';
import { exceptionWarnings } from './warnings.ts';

const place = { source: source('e.yaml', 'exceptions\n'), span: { start: 0, end: 10 } };

const exception = (name: string, where: Predicate, more: Partial<RuleException> = {}): RuleException => ({
  list: 'shared',
  item: name.toLowerCase(),
  name,
  where,
  place,
  ...more,
});

const reads = (exceptions: readonly RuleException[], keys: Partial<RuleOf<'query'>> = {}): LoadedRule => ({
  ...rule(isText('event.action', 'get'), { rule_id: 'reads', name: 'Reads', ...keys }),
  exceptions,
});

const by = (user: string, line: number, more: Partial<EventEnvelope> = {}): EventEnvelope =>
  event(
    { ...request(), user: { name: user } },
    { key: `key ${line}`, origin: { file: 'log', line }, ...more },
  );

const alice = exception('Alice', isText('user.name', 'alice'), {
  owner: 'me',
  reason: 'because',
  expires: '2027-01-31T23:59:59.999Z',
});
const people = exception('People', isText('user.name', 'alice', 'bob'));
const nobody = exception('Nobody', isText('user.name', 'nobody'));

const engineFor = (rules: readonly LoadedRule[], options: Partial<EngineOptions> = {}): Engine =>
  new Engine(rules, { matcher: indexingMatcher, ignoreIndex: false, ...options }, ports);

const all = (engine: Engine, events: readonly EventEnvelope[]) => [
  ...events.flatMap((one) => engine.take(one)),
  ...engine.end(),
];

test('an excepted alert is marked with its first exception, and counted apart', () => {
  for (const matcher of [interpretingMatcher, indexingMatcher]) {
    const engine = engineFor(
      [reads([alice, people, nobody]), rule(isText('user.name', 'alice'), { rule_id: 'other' })],
      {
        matcher,
      },
    );
    const alerts = all(engine, [by('alice', 1), by('bob', 2), by('eve', 3)]);
    assert.deepEqual(
      alerts.map(({ ruleId, excepted, sources }) => `${ruleId} ${sources[0]?.line} ${excepted?.name ?? '-'}`),
      ['reads 1 Alice', 'other 1 -', 'reads 2 People', 'reads 3 -'],
    );
    const [marked, plain] = alerts.map(({ document }) => document['winnow'] as Record<string, unknown>);
    assert.deepEqual(marked?.['excepted'], {
      list: 'shared',
      item: 'alice',
      name: 'Alice',
      owner: 'me',
      reason: 'because',
      expires: '2027-01-31T23:59:59.999Z',
    });
    assert.equal(plain?.['excepted'], undefined);
    const { alerts: counts, groups, rules } = engine.summary();
    const { owner, expires } = alice;
    const shared = { list: 'shared', events: 0 };
    assert.equal(counts.total, 2);
    assert.equal(counts.bySeverity.medium, 2);
    assert.deepEqual(counts.excepted, {
      alerts: 2,
      events: 0,
      items: [
        { ...shared, item: 'alice', name: 'Alice', owner, expires, alerts: 1, rules: ['Reads'] },
        { ...shared, item: 'people', name: 'People', alerts: 1, rules: ['Reads'] },
        { ...shared, item: 'nobody', name: 'Nobody', alerts: 0, rules: [] },
      ],
    });
    assert.deepEqual(
      groups.map(({ ruleId, count }) => [ruleId, count]),
      [
        ['other', 1],
        ['reads', 1],
      ],
    );
    assert.equal(rules.neverMatched, 0);
  }
});

test('an exception that takes nothing for 90 days is told, from run to run', () => {
  const DAY = 86_400_000;
  const on = (user: string, day: number) => by(user, day, { time: Date.UTC(2026, 0, 1) + day * DAY });
  /** A single event after weeks shows nothing about the time. */
  const take = (engine: Engine, one: EventEnvelope): void => {
    engine.passTime(one.time ?? 0);
    engine.take(one);
  };
  const since = (engine: Engine) =>
    engine.summary().alerts.excepted.items.map(({ name, unusedSince = '-' }) => `${name} ${unusedSince}`);
  const first = engineFor([reads([alice, nobody])]);
  for (const one of [on('eve', 0), on('alice', 30), on('eve', 89)]) take(first, one);
  assert.deepEqual(since(first), ['Alice -', 'Nobody -']);
  const later = exception('Later', isText('user.name', 'later'));
  const second = engineFor([reads([alice, nobody, later])]);
  second.restore([...first.snapshot()].map((part): unknown => JSON.parse(part)));
  take(second, on('eve', 90));
  assert.deepEqual(since(second), ['Alice -', 'Later -', 'Nobody 2026-01-01T00:00:00.000Z']);
  take(second, on('eve', 120));
  assert.deepEqual(since(second), [
    'Alice 2026-01-31T00:00:00.000Z',
    'Later -',
    'Nobody 2026-01-01T00:00:00.000Z',
  ]);
});

test('a request is excepted only in all of its stages', () => {
  const started = exception('Started', isText('kubernetes.audit.stage', 'ResponseStarted'));
  const exec = (line: number, stage: string): EventEnvelope =>
    event(request({ subresource: 'exec', stage }), { requestKey: 'r', origin: { file: 'log', line } });
  const both = [exec(1, 'ResponseStarted'), exec(2, 'ResponseComplete')];
  const [kept] = all(engineFor([reads([started])]), both);
  assert.equal(kept?.excepted, undefined);
  const user = exception('User', isText('user.name', 'dev.alice'));
  const [excepted] = all(engineFor([reads([started, user])]), both);
  assert.equal(excepted?.excepted?.name, 'Started');
});

test('an exception that cannot be decided excepts nothing', () => {
  const endless: Predicate = {
    kind: 'compute',
    expression: {
      kind: 'comparison',
      op: 'eq',
      left: { kind: 'field', field: { name: 'a', path: 'a' } },
      right: { kind: 'field', field: { name: 'b', path: 'b' } },
    },
  };
  const many = Array.from({ length: 20_000 }, (_, n) => `x${n}`);
  const wide = event({ ...request(), a: many, b: [...many.map((text) => `${text}y`), 'x19999'] });
  const [alert] = all(engineFor([reads([exception('Endless', endless)])]), [wide]);
  assert.equal(alert?.ruleId, 'reads');
  assert.equal(alert?.excepted, undefined);
});

test('with ticks, excepted alerts take no room from others', () => {
  const engine = engineFor([reads([alice], { max_signals: 1 })], { mode: 'compat', overflow: 'drop' });
  const alerts = all(engine, [by('alice', 1), by('eve', 2), by('alice', 3)]);
  assert.deepEqual(
    alerts.map(({ sources, excepted }) => [sources[0]?.line, excepted?.name]),
    [
      [1, 'Alice'],
      [2, undefined],
      [3, 'Alice'],
    ],
  );
});

const compiled = (language: Language, text: string) => {
  const result = language.compile(source('query', text), { types: builtinFieldTypes });
  assert.ok(result.ok, text);
  return result.value;
};

const where = (text: string): Predicate => {
  const plan = compiled(kql, text);
  return plan.kind === 'filter' ? plan.where : assert.fail();
};

const sequence = (text: string, exceptions: readonly RuleException[]): LoadedRule => {
  const made = rule(where('*'), { rule_id: 'sequence', name: 'Sequence' });
  const document = {
    ...made.document,
    rule: { ...made.document.rule, type: 'eql', language: 'eql', query: text },
  };
  return { ...made, document: document as LoadedRule['document'], plan: compiled(eql, text), exceptions };
};

const step = (name: string, second: number): EventEnvelope =>
  event({
    '@timestamp': new Date(Date.UTC(2026, 2, 2, 9, 0, second)).toISOString(),
    event: { category: 'process' },
    process: { name },
    host: { id: 'h' },
  });

const PAIR =
  'sequence by host.id with maxspan=1m [process where process.name == "a"] [process where process.name == "b"]';

test('a rule that asks for several events does not see an excepted one, which is counted', () => {
  const hides = exception('Hides', isText('process.name', 'a'));
  const engine = engineFor([sequence(PAIR, [hides])]);
  assert.deepEqual(all(engine, [step('a', 1), step('b', 2), step('c', 3)]), []);
  assert.deepEqual(engine.summary().alerts.excepted, {
    alerts: 0,
    events: 1,
    items: [{ list: 'shared', item: 'hides', name: 'Hides', alerts: 0, events: 1, rules: ['Sequence'] }],
  });
  const free = all(engineFor([sequence(PAIR, [nobody])]), [step('a', 1), step('b', 2)]);
  assert.equal(free.filter(({ buildingBlock }) => !buildingBlock).length, 1);
});

test('hiding the event that must be missing makes a sequence match', () => {
  const text =
    'sequence by host.id with maxspan=1m [process where process.name == "a"] ![process where process.name == "b"]';
  const events = [step('a', 1), step('b', 2), step('c', 500)];
  const found = (exceptions: readonly RuleException[]) =>
    all(engineFor([sequence(text, exceptions)]), events).length;
  assert.equal(found([]), 0);
  assert.notEqual(found([exception('Hides', isText('process.name', 'b'))]), 0);
});

const warnings = (rules: readonly LoadedRule[]): string[] =>
  exceptionWarnings(rules).map((d) => `${d.code} ${location(d)} ${d.message}`);

test('warnings about sequences', () => {
  const on = (text: string, query = PAIR) => warnings([sequence(query, [exception('X', where(text))])]);
  assert.deepEqual(on('process.name: a'), ['EXC201 e.yaml:1:1 "X" can hide step 1 of "Sequence"']);
  assert.deepEqual(on('user.name: eve'), ['EXC201 e.yaml:1:1 "X" can hide step 1 and step 2 of "Sequence"']);
  assert.deepEqual(on('process.name: c'), []);
  assert.deepEqual(on('host.id: h'), []);
  const missing = PAIR.replace('] [', '] ![');
  assert.deepEqual(on('user.name: eve', missing), [
    'EXC202 e.yaml:1:1 "X" can hide the missing event (step 2) of "Sequence", which makes it match',
  ]);
  assert.deepEqual(on('process.name: (b or c)', missing), [
    'EXC202 e.yaml:1:1 "X" can hide the missing event (step 2) of "Sequence", which makes it match',
  ]);
  assert.deepEqual(on('process.name: c', `${PAIR} until [process where process.name == "c"]`), [
    'EXC202 e.yaml:1:1 "X" can hide the event after "until" of "Sequence", which makes it match',
  ]);
});

test('an exception of many rules is one warning', () => {
  const shared = exception('X', where('process.name: a'));
  assert.deepEqual(warnings([1, 2, 3].map(() => sequence(PAIR, [shared]))), [
    'EXC201 e.yaml:1:1 "X" can hide step 1 of "Sequence" (and of 2 more rules)',
  ]);
});

test('an exception that asks for nothing', () => {
  const wide = (text: string) => warnings([reads([exception('X', where(text))])]);
  assert.deepEqual(wide('not user.name: eve'), [
    'EXC204 e.yaml:1:1 "X" fits even an event without any field',
  ]);
  assert.deepEqual(wide('not user.name: eve and @timestamp <= "2027-01-31"'), [
    'EXC204 e.yaml:1:1 "X" fits even an event without any field',
  ]);
  assert.deepEqual(wide('not user.name: eve and host.name: *'), []);
});

test('which conditions can hold for one event', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['user.name: a', 'user.name: a', true],
    ['user.name: a', 'user.name: b', false],
    ['user.name: a', 'host.name: b', true],
    ['user.name: (a or b)', 'user.name: (b or c)', true],
    ['user.name: (a or b)', 'user.name: (c or d)', false],
    ['user.name: a*', 'user.name: abc', true],
    ['user.name: a*', 'user.name: bcd', false],
    ['user.name: a*', 'user.name: *b', true],
    ['not user.name: a', 'user.name: a', false],
    ['not user.name: a', 'user.name: (a or b)', true],
    ['not user.name: a*', 'user.name: (ab or ac)', false],
    ['user.name: a', 'not user.name: *', false],
    ['not user.name: a', 'not user.name: *', true],
    ['destination.port: 443', 'destination.port: 80', false],
    ['destination.port: 443', 'destination.port > 400', true],
    ['destination.port: 80', 'destination.port > 400', false],
    ['source.ip: "10.0.0.0/8"', 'source.ip: "10.1.2.3"', true],
    ['source.ip: "10.0.0.0/8"', 'source.ip: "11.1.2.3"', false],
    ['user.name: a and host.name: x', 'user.name: a and host.name: y', false],
    ['(user.name: a and host.name: x) or user.name: b', 'host.name: y', true],
    ['unmapped: 1', 'unmapped: 2', false],
  ];
  for (const [a, b, expected] of cases) {
    assert.equal(canOverlap(where(a), where(b)), expected, `${a} | ${b}`);
    assert.equal(canOverlap(where(b), where(a)), expected, `${b} | ${a}`);
  }
  assert.equal(canOverlap(where('process.name: a'), eqlWhere('process.name : "A"')), true);
  assert.equal(canOverlap(where('process.name: a'), eqlWhere('process.name : "b*"')), false);
  assert.equal(canOverlap(where('process.name: a'), eqlWhere('length(process.name) > 4')), true);
});

const eqlWhere = (text: string): Predicate => {
  const plan = compiled(eql, `any where ${text}`);
  return plan.kind === 'filter' ? plan.where : assert.fail();
};
