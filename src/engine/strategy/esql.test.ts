import assert from 'node:assert/strict';
import { test } from 'node:test';
import { event, isText, ports, request, rule } from '../../../tests/support/engine.ts';
import { source } from '../../base/source.ts';
import { builtinFieldTypes } from '../../data/fields/index.ts';
import { esql } from '../../lang/esql/index.ts';
import type { Alert } from '../../model/alert.ts';
import type { EventEnvelope } from '../../model/event.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { LoadedRule, RuleException } from '../../rules/rule.ts';
import { Engine } from '../engine.ts';
import { indexingMatcher } from '../matcher.ts';
import type { QueryInputs } from '../ports.ts';

function queryRule(query: string, excepted?: Predicate): LoadedRule {
  const compiled = esql.compile(source('query', query), { types: builtinFieldTypes });
  assert.ok(compiled.ok);
  const made = rule(isText('a', 'b'));
  const exceptions: RuleException[] =
    excepted === undefined
      ? []
      : [
          {
            list: 'l',
            item: 'i',
            name: 'n',
            where: excepted,
            place: { source: source('l', ''), span: { start: 0, end: 0 } },
          },
        ];
  return {
    ...made,
    document: {
      ...made.document,
      rule: {
        ...made.document.rule,
        type: 'esql',
        language: 'esql',
        query,
      } as unknown as LoadedRule['document']['rule'],
    },
    plan: compiled.value,
    ...(exceptions.length === 0 ? {} : { exceptions }),
  };
}

function alertsOf(one: LoadedRule, events: readonly EventEnvelope[], queries: QueryInputs = {}): Alert[] {
  const inputs = { indicators: [], queries };
  const engine = new Engine([one], { matcher: indexingMatcher, ignoreIndex: false, inputs }, ports);
  return [...events.flatMap((each) => engine.take(each)), ...engine.end()];
}

const login = (user: string, minute: number) =>
  event({ '@timestamp': `2026-01-01T00:0${minute}:00Z`, event: { action: 'login' }, user: { name: user } });

const GROUPS =
  'FROM * | WHERE event.action == "login" | STATS n = COUNT(*) BY user.name | EVAL who = TO_UPPER(user.name)';

test('METADATA shows the index behind a data stream, and the fields that were not indexed', () => {
  const one = queryRule(
    'FROM logs-* METADATA _index, _ignored | WHERE _index LIKE ".ds-logs-test-*" AND _ignored == "message"',
  );
  const of = (fields: Readonly<Record<string, string>>) =>
    event({ '@timestamp': '2026-01-01T00:00:00Z', 'data_stream.dataset': 'test', ...fields });
  const found = (fields: Readonly<Record<string, string>>) => alertsOf(one, [of(fields)]).length;
  assert.deepEqual(
    [
      found({ _ignored: 'message' }),
      found({ _ignored: 'error.message' }),
      found({}),
      found({ _ignored: 'message', 'data_stream.dataset': 'other' }),
    ],
    [1, 0, 0, 0],
  );
});

test('an alert about a group has the columns of the row, and the events of the group beside it', () => {
  const alerts = alertsOf(queryRule(GROUPS), [login('eve', 1), login('bob', 1), login('eve', 2)]);
  assert.deepEqual(
    alerts.map(({ document, sources }) => [document['user.name'], document.n, document.who, sources.length]),
    [
      ['eve', 2, 'EVE', 2],
      ['bob', 1, 'BOB', 1],
    ],
  );
});

test('an exception may be about a computed column', () => {
  const alerts = alertsOf(queryRule(GROUPS, isText('who', 'EVE')), [login('eve', 1), login('bob', 1)]);
  assert.deepEqual(
    alerts.map(({ document, excepted }) => [document.who, excepted?.name]),
    [
      ['EVE', 'n'],
      ['BOB', undefined],
    ],
  );
});

test('an exception on fields of events hides them before they are counted', () => {
  const alerts = alertsOf(queryRule(GROUPS, isText('user.name', 'eve')), [login('eve', 1), login('bob', 1)]);
  assert.deepEqual(
    alerts.map(({ document }) => document.who),
    ['BOB'],
  );
});

test('rows of the stages of one request are one alert, rows of one event are several', () => {
  const query =
    'FROM * METADATA _id, _index, _version | EVAL v = SPLIT("x y", " ") | MV_EXPAND v | KEEP _id, _index, _version, v';
  const stage = (name: string) => event(request({ verb: 'watch', stage: name }), { requestKey: 'r' });
  const alerts = alertsOf(queryRule(query), [stage('ResponseStarted'), stage('ResponseComplete')]);
  assert.deepEqual(
    alerts.map(({ document, sources }) => [document.v, sources.length]),
    [
      ['x', 2],
      ['y', 2],
    ],
  );
  assert.equal(new Set(alerts.map(({ id }) => id)).size, 2);
});

const TRIAGE =
  'FROM * | WHERE event.action == "login" | STATS n = COUNT(*) BY user.name ' +
  '| EVAL prompt = CONCAT("who is ", user.name) | COMPLETION answer = prompt WITH { "inference_id": "m" } ' +
  '| DISSECT answer "verdict=%{verdict}" | WHERE verdict == "bad" | KEEP user.name, verdict';

const logins = [login('eve', 1), login('bob', 1), login('ann', 2)];
const shown = (alerts: readonly Alert[]) =>
  alerts.map(({ document, severity, lead }) => [
    document['user.name'],
    document.verdict,
    document.answer,
    severity,
    lead,
    (document['winnow'] as { lead?: boolean }).lead,
  ]);

test('what a model confirms is an alert, what it does not confirm or does not answer stays a lead', () => {
  const asked: string[] = [];
  const completion = (prompt: string, model: string): string | undefined => {
    asked.push(`${model}: ${prompt}`);
    return prompt.endsWith('eve') ? 'verdict=bad' : prompt.endsWith('bob') ? 'verdict=good' : undefined;
  };
  assert.deepEqual(shown(alertsOf(queryRule(TRIAGE), logins, { completion })), [
    ['eve', 'bad', undefined, 'medium', undefined, undefined],
    ['bob', undefined, 'verdict=good', 'low', true, true],
    ['ann', undefined, undefined, 'low', true, true],
  ]);
  assert.deepEqual([...new Set(asked)], ['m: who is eve', 'm: who is bob', 'm: who is ann']);
});

test('without a model every candidate is a lead', () => {
  const leads = alertsOf(queryRule(TRIAGE), logins, { completion: 'prefilter' });
  assert.deepEqual(
    leads.map(({ document, lead }) => [document['user.name'], document.n, document.prompt, lead]),
    [
      ['eve', 1, 'who is eve', true],
      ['bob', 1, 'who is bob', true],
      ['ann', 1, 'who is ann', true],
    ],
  );
});

test('rows that stand for events are leads of their events', () => {
  const query =
    'FROM * METADATA _id, _index, _version | WHERE event.action == "login" | LIMIT 2 ' +
    '| COMPLETION answer = user.name WITH { "inference_id": "m" } | WHERE answer == "bad"';
  const completion = (prompt: string): string => (prompt === 'bob' ? 'bad' : 'good');
  const alerts = alertsOf(queryRule(query), logins, { completion });
  assert.deepEqual(
    alerts.map(({ document, severity }) => [
      (document['user'] as { name: string }).name,
      document.answer,
      severity,
    ]),
    [
      ['bob', 'bad', 'medium'],
      ['eve', 'good', 'low'],
    ],
  );
});

test('a candidate that is confirmed later is told again, as the alert that it is then', () => {
  const two = [
    login('eve', 1),
    event({ '@timestamp': '2026-01-01T02:00:00Z', event: { action: 'login' }, user: { name: 'eve' } }),
  ];
  let calls = 0;
  const completion = (): string => (calls++ < 2 ? 'verdict=good' : 'verdict=bad');
  assert.deepEqual(
    shown(alertsOf(queryRule(TRIAGE), two, { completion })).map(([user, verdict, , severity]) => [
      user,
      verdict,
      severity,
    ]),
    [
      ['eve', undefined, 'low'],
      ['eve', 'bad', 'medium'],
    ],
  );
});

test('what a query loses on the way is counted for its rule', () => {
  const query =
    'FROM * | WHERE event.action == "login" | EVAL x = TO_INTEGER(user.name), y = no.such | STATS n = COUNT(x), m = COUNT(y) BY user.name';
  const rule = queryRule(query);
  const engine = new Engine([rule], { matcher: indexingMatcher, ignoreIndex: false }, ports);
  for (const one of logins) engine.take(one);
  engine.end();
  assert.deepEqual(engine.summary().rules.losses, [
    {
      rule: rule.document.rule.name,
      counts: [
        { what: 'convFail', count: 3 },
        { what: 'unmapped', count: 3 },
      ],
    },
  ]);
});
