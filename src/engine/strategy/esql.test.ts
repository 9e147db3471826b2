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

function alertsOf(one: LoadedRule, events: readonly EventEnvelope[]): Alert[] {
  const engine = new Engine([one], { matcher: indexingMatcher, ignoreIndex: false }, ports);
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
