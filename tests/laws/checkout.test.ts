/** The evaluators over real rules, each with events that are made to match it or nearly so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/data/document.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutRules } from '../support/checkout.ts';
import { documentFor } from './satisfy.ts';

const rules = checkoutRules();
const skip = rules === undefined ? 'there is no checkout of rules beside the repository' : false;
const NOW = Date.UTC(2026, 0, 2);

/** Each event meets all rules in the matcher, and in the interpreter every so many of them and its own. */
const STRIDE = 40;

test('real rules have the same matches with and without the index', { skip }, (t) => {
  const predicates = (rules ?? []).map(({ where }) => where);
  const matcher = new Matcher(predicates);
  const random = seededRandom(7);
  const own = { held: 0 };
  predicates.forEach((predicate, rule) => {
    const document = documentFor(predicate, (count) => random.between(0, count - 1));
    const matched = new Set(matcher.match(document, NOW).rules);
    for (let other = rule % STRIDE; other < predicates.length; other += STRIDE)
      check(other, matched, document);
    if (matched.has(rule)) own.held++;
  });
  t.diagnostic(`${own.held} of ${predicates.length} rules match the event that was made for them`);
  assert.ok(own.held > predicates.length / 2);

  function check(rule: number, matched: ReadonlySet<number>, document: JsonObject): void {
    const predicate = predicates[rule];
    if (predicate === undefined) return;
    const expected = interpret(predicate, document, { now: NOW });
    assert.equal(matched.has(rule), expected, `${rules?.[rule]?.file}: ${JSON.stringify(document)}`);
  }
});
