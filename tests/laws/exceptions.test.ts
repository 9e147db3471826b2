/** What exceptions may change: which alerts count, and what rules with memory see; never which alerts there are. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { source } from '../../src/base/source.ts';
import { builtinFieldTypes } from '../../src/data/fields/index.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher, interpretingMatcher } from '../../src/engine/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { eql } from '../../src/lang/eql/index.ts';
import type { Alert } from '../../src/model/alert.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import type { LoadedRule, RuleException } from '../../src/rules/rule.ts';
import { event, isText, ports, rule } from '../support/engine.ts';
import { law } from './law.ts';

const word = fc.constantFrom('a', 'b', 'c');
const condition = fc
  .tuple(
    fc.constantFrom('process.name', 'user.name', 'host.id'),
    fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
  )
  .map(([field, words]) => isText(field, ...words));
const where: fc.Arbitrary<Predicate> = fc.oneof(
  condition,
  fc.tuple(condition, condition).map((args): Predicate => ({ kind: 'and', args })),
  condition.map((arg): Predicate => ({ kind: 'not', arg })),
);

const place = { source: source('e.yaml', ''), span: { start: 0, end: 0 } };
const exceptions = fc.array(where, { maxLength: 3 }).map((all) =>
  all.map((one, index): RuleException => ({
    list: 'l',
    item: `${index}`,
    name: `${index}`,
    where: one,
    place,
  })),
);

const events = fc
  .array(fc.record({ process: word, user: word, host: word, gap: fc.integer({ min: 0, max: 40 }) }), {
    maxLength: 12,
  })
  .map((all) => {
    let second = 0;
    return all.map(({ process, user, host, gap }, index) =>
      event(
        {
          '@timestamp': new Date(Date.UTC(2026, 0, 1) + (second += gap) * 1000).toISOString(),
          event: { category: 'process' },
          process: { name: process },
          user: { name: user },
          host: { id: host },
        },
        { key: `key ${index}`, origin: { file: 'log', line: index + 1 } },
      ),
    );
  });

const modes = fc.constantFrom('stream' as const, 'compat' as const);
const matchers = fc.constantFrom(interpretingMatcher, indexingMatcher);

function run(
  one: LoadedRule,
  over: readonly EventEnvelope[],
  mode: 'stream' | 'compat',
  matcher = indexingMatcher,
): Alert[] {
  const engine = new Engine([one], { matcher, ignoreIndex: false, mode }, ports);
  const alerts = [...over.flatMap((envelope) => engine.take(envelope)), ...engine.end()];
  const { total, excepted } = engine.summary().alerts;
  assert.equal(excepted.alerts, alerts.filter((alert) => alert.excepted !== undefined).length);
  assert.equal(
    excepted.alerts,
    excepted.items.reduce((sum, item) => sum + item.alerts, 0),
  );
  assert.equal(
    total,
    alerts.filter(({ group, excepted: by }) => group?.index === undefined && by === undefined).length,
  );
  return alerts;
}

const ids = (alerts: readonly Alert[]): string[] => alerts.map(({ id }) => id).sort();

law(
  'excepted and kept alerts together are the alerts without exceptions',
  [where, exceptions, events, modes, matchers],
  (asks, excepting, over, mode, matcher) => {
    const plain = rule(asks);
    const found = run({ ...plain, exceptions: excepting }, over, mode, matcher);
    assert.deepEqual(ids(found), ids(run(plain, over, mode, matcher)));
    for (const { excepted, sources } of found) {
      const document = over.find(({ origin }) => origin.line === sources[0]?.line)?.document ?? {};
      const first = excepting.find((one) => interpret(one.where, document, { now: 0 }));
      assert.equal(excepted?.item, first?.item);
    }
  },
);

const QUERIES = [
  'sequence by host.id with maxspan=1m [process where process.name == "a"] [process where process.name == "b"]',
  'sequence by host.id [process where process.name == "a"] [process where true] until [process where process.name == "c"]',
  'sequence by host.id with maxspan=1m [process where process.name == "a"] ![process where process.name == "b"]',
  'sequence by user.name with maxspan=30s [process where true] with runs=2 [process where process.name == "b"]',
];

const sequenceRules = QUERIES.map((query): LoadedRule => {
  const compiled = eql.compile(source('query', query), { types: builtinFieldTypes });
  assert.ok(compiled.ok, query);
  const made = rule({ kind: 'and', args: [] });
  const document = { ...made.document, rule: { ...made.document.rule, type: 'eql', language: 'eql', query } };
  return { ...made, document: document as LoadedRule['document'], plan: compiled.value };
});

law(
  'a rule with memory finds what it would find had the excepted events never been',
  [fc.constantFrom(...sequenceRules), exceptions, events, matchers],
  (sequence, excepting, over, matcher) => {
    const left = over.filter(
      ({ document }) => !excepting.some((one) => interpret(one.where, document, { now: 0 })),
    );
    const found = run({ ...sequence, exceptions: excepting }, over, 'stream', matcher);
    // Events that are hidden still move the clock; the end of input decides what that decided earlier.
    assert.deepEqual(ids(found), ids(run(sequence, left, 'stream', matcher)));
  },
);
