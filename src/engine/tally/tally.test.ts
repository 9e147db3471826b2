import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isText, rule } from '../../../tests/support/engine.ts';
import type { JsonObject } from '../../data/document.ts';
import type { Alert } from '../../model/alert.ts';
import type { Explanation, Grade, KnownBenign } from '../../model/benign.ts';
import type { ExplainedShare } from '../../model/summary.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { limits } from '../limits.ts';
import { DistinctCounter } from './distinct.ts';
import { FieldTally } from './fields.ts';
import { AlertTally } from './groups.ts';
import type { Severity } from '../../model/alert.ts';
import { missingFields } from './missing-fields.ts';
import { cannotHold } from './silence.ts';

test('different values are counted exactly up to the limit', () => {
  const counter = new DistinctCounter();
  for (const value of ['b', 'a', 'c', 'b', 'c']) counter.add(value);
  assert.deepEqual(counter.top(2), [
    { what: 'b', count: 2 },
    { what: 'c', count: 2 },
  ]);
  assert.deepEqual([counter.size, counter.over], [3, false]);
  for (let i = 0; i < limits.distinctValues; i++) counter.add(`value ${i}`);
  counter.add('b');
  assert.deepEqual([counter.size, counter.over], [limits.distinctValues, true]);
  assert.deepEqual(counter.top(1), [{ what: 'b', count: 3 }]);
});

const alert = (fields: Partial<Alert>): Alert => ({
  id: 'id',
  ruleId: 'rule',
  ruleName: 'Rule',
  severity: 'medium',
  riskScore: 47,
  time: undefined,
  entity: { actor: 'alice', target: 'pods/shop/cart' },
  reason: 'what happened',
  buildingBlock: false,
  sources: [],
  document: {},
  ...fields,
});

const aboutField = ({ document }: LoadedRule): KnownBenign => ({
  statements: (document.rule.false_positives ?? []).map((text) => ({ text, origin: 'field', via: 'rule' })),
  behaviours: [],
});

const unexplained = (total: number): ExplainedShare => ({
  total,
  explained: 0,
  byGrade: { A: 0, B: 0, C: 0, D: 0 },
  behaviours: [],
});

test('alerts are grouped by rule, the most severe first', () => {
  const technique = { id: 'T1', name: 'One', subtechnique: [] };
  const parent = { id: 'T2', name: 'Two', subtechnique: [{ id: 'T2.1', name: 'Part' }] };
  const tactic = { id: 'TA1', name: 'Tactic' };
  const one = rule(isText('a', 'b'), {
    rule_id: 'one',
    name: 'One',
    false_positives: ['Backups.'],
    threat: [
      { framework: 'MITRE ATT&CK', tactic, technique: [technique, parent] },
      { framework: 'MITRE ATT&CK', tactic, technique: [technique] },
    ],
  });
  const two = rule(isText('a', 'b'), { rule_id: 'two', name: 'Two' });
  const tally = new AlertTally(aboutField);
  tally.add(one, alert({ time: 20, reason: 'first' }));
  tally.add(two, alert({ severity: 'high', riskScore: 73, entity: { actor: 'bob', target: '' } }));
  tally.add(one, alert({ time: 10, severity: 'low', riskScore: 99, buildingBlock: true }));
  assert.deepEqual(tally.summary(), {
    total: 3,
    bySeverity: { low: 1, medium: 1, high: 1, critical: 0 },
    buildingBlocks: 1,
    explained: unexplained(3),
  });
  assert.deepEqual(tally.groups(), [
    {
      ruleId: 'two',
      ruleName: 'Two',
      severity: 'high',
      riskScore: 73,
      count: 1,
      first: undefined,
      last: undefined,
      actors: [{ what: 'bob', count: 1 }],
      actorCount: 1,
      actorsOver: false,
      targets: [],
      targetCount: 0,
      targetsOver: false,
      example: 'what happened',
      unexplainedActors: [{ what: 'bob', count: 1 }],
      benign: { statements: [], behaviours: [] },
      explained: unexplained(1),
      techniques: [],
    },
    {
      ruleId: 'one',
      ruleName: 'One',
      severity: 'medium',
      riskScore: 99,
      count: 2,
      first: 10,
      last: 20,
      actors: [{ what: 'alice', count: 2 }],
      actorCount: 1,
      actorsOver: false,
      targets: [{ what: 'pods/shop/cart', count: 2 }],
      targetCount: 1,
      targetsOver: false,
      example: 'first',
      unexplainedActors: [{ what: 'alice', count: 2 }],
      benign: { statements: [{ text: 'Backups.', origin: 'field', via: 'rule' }], behaviours: [] },
      explained: unexplained(2),
      techniques: [
        { id: 'T1', name: 'One' },
        { id: 'T2.1', name: 'Part' },
      ],
    },
  ]);
});

const fits = (behaviour: string, grade: Grade, whole = true): Explanation => ({
  behaviour,
  title: `Title of ${behaviour}`,
  grade,
  profile: 'a: "b"',
  events: [0],
  whole,
});

test('what profiles of A and B explain comes last, and its group tells of the others first', () => {
  const [sure, unsure, partly] = [fits('BP-1', 'B'), fits('BP-2', 'D'), fits('BP-1', 'A', false)];
  const [critical, mixed, low] = ['critical', 'mixed', 'low'].map((id) =>
    rule(isText('a', 'b'), { rule_id: id, name: id }),
  );
  assert.ok(critical !== undefined && mixed !== undefined && low !== undefined);
  const tally = new AlertTally(aboutField);
  tally.add(critical, alert({ severity: 'critical', explanations: [sure, unsure] }));
  tally.add(mixed, alert({ severity: 'high', explanations: [sure], reason: 'explained' }));
  tally.add(
    mixed,
    alert({ explanations: [unsure], reason: 'not sure', entity: { actor: 'eve', target: '' } }),
  );
  tally.add(
    mixed,
    alert({ explanations: [partly], reason: 'in part', entity: { actor: 'eve', target: '' } }),
  );
  tally.add(low, alert({ severity: 'low', explanations: [unsure] }));
  assert.deepEqual(
    tally
      .groups()
      .map(({ ruleId, example, explained, unexplainedActors }) => [
        ruleId,
        example,
        explained.explained,
        unexplainedActors,
      ]),
    [
      ['mixed', 'not sure', 1, [{ what: 'eve', count: 2 }]],
      ['low', 'what happened', 0, [{ what: 'alice', count: 1 }]],
      ['critical', 'what happened', 1, []],
    ],
  );
  assert.deepEqual(tally.summary().explained, {
    total: 5,
    explained: 2,
    byGrade: { A: 0, B: 2, C: 0, D: 2 },
    behaviours: [
      { behaviour: 'BP-2', title: 'Title of BP-2', grade: 'D', explains: 3, first: 2 },
      { behaviour: 'BP-1', title: 'Title of BP-1', grade: 'B', explains: 2, first: 2 },
    ],
  });
});

test('fields are seen nested, dotted, in arrays and through what is below them', () => {
  const rows: readonly (readonly [JsonObject, readonly string[]])[] = [
    [{ a: { b: 1 } }, ['a', 'a.b']],
    [{ 'a.b': { c: false } }, ['a', 'a.b', 'a.b.c']],
    [{ a: [{ b: null }, { b: [{ c: '' }] }] }, ['a', 'a.b', 'a.b.c']],
    [{ a: { b: null, other: [] } }, []],
    [{ a: { other: 0 } }, ['a']],
    [{ x: 1 }, []],
  ];
  const wanted = ['a', 'a.b', 'a.b.c'];
  for (const [document, seen] of rows) {
    const tally = new FieldTally(wanted);
    tally.see(document);
    assert.deepEqual(
      tally.missing(),
      wanted.filter((field) => !seen.includes(field)),
      JSON.stringify(document),
    );
    assert.equal(tally.eventsWithout, seen.length === 0 ? 1 : 0);
  }
});

const is = (path: string): Predicate => isText(path, 'x');
const not = (arg: Predicate): Predicate => ({ kind: 'not', arg });
const and = (...args: Predicate[]): Predicate => ({ kind: 'and', args });
const or = (...args: Predicate[]): Predicate => ({ kind: 'or', args });
const compared = (path: string, op: 'eq' | 'neq'): Predicate => ({
  kind: 'compute',
  expression: {
    kind: 'comparison',
    op,
    left: { kind: 'field', field: { name: path, path } },
    right: { kind: 'literal', value: 1 },
  },
});

test('a missing field silences what asks for it, and nothing that can do without', () => {
  const rows: readonly (readonly [Predicate, boolean])[] = [
    [is('gone'), true],
    [not(is('gone')), false],
    [and(is('here'), is('gone')), true],
    [or(is('here'), is('gone')), false],
    [or(is('gone'), and(is('gone'), is('here'))), true],
    [not(and(not(is('gone')))), true],
    [not(or(is('here'), is('gone'))), false],
    [{ kind: 'exists', field: { name: 'gone', path: 'gone' } }, true],
    [{ kind: 'nested', path: 'gone', arg: is('gone') }, true],
    [compared('gone', 'neq'), true],
    [not(compared('gone', 'eq')), false],
    [compared('here', 'eq'), false],
  ];
  for (const [predicate, expected] of rows)
    assert.equal(cannotHold(predicate, new Set(['gone'])), expected, JSON.stringify(predicate));
});

test('a silenced rule counts for the fields that silence it alone, else for its alternatives together', () => {
  const low = (...conditions: readonly Predicate[]) => ({ conditions, severity: 'low' as const });
  const rules = [low(and(is('p'), or(is('q'), is('here')))), low(or(is('q'), is('r'))), low(is('p'))];
  assert.deepEqual(missingFields(rules, new Set(['p', 'q', 'r'])), [
    { what: 'p', count: 2 },
    { what: 'q or 1 alternative', count: 1 },
  ]);
  assert.deepEqual(missingFields([low(or(is('q'), is('here')))], new Set(['q'])), []);
  const beside = low(or(is('q'), is('r'), is('s')), or(is('here'), is('t')));
  assert.deepEqual(missingFields([beside], new Set(['q', 'r', 's', 't'])), [
    { what: 'q or 2 alternatives', count: 1 },
  ]);
});

test('what silences the most severe rules comes first', () => {
  const asker = (severity: Severity, path: string) => ({ conditions: [is(path)], severity });
  const rules = [asker('low', 'a'), asker('low', 'a'), asker('critical', 'b'), asker('high', 'c')];
  assert.deepEqual(
    missingFields([...rules, asker('medium', 'c')], new Set(['a', 'b', 'c'])).map(({ what }) => what),
    ['b', 'c', 'a'],
  );
});
