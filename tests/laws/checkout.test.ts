/**
 * Every way of evaluating real rules, on events that are made to match each of them, or nearly so: what is judged from
 * bytes, the index, the compiled rules and the interpreter say the same. The values come from the rules, changed in case,
 * cut, put into longer ones, written with escapes and in other types; the records come with keys in any order, with dots
 * and twice. `npm test -- tests/laws/checkout.test.ts` runs it; `WINNOW_LAW_RUNS=20000` makes twenty times the events, and
 * `WINNOW_LAW_SEED=random` others.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byKind } from '../../src/plan/fold.ts';
import type { Predicate, Some } from '../../src/plan/predicate.ts';
import { printPredicate } from '../../src/plan/print.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutQuestions } from '../support/checkout.ts';
import { cases, seed } from './law.ts';
import { kinds, leafLines, nearLines } from './near-lines.ts';
import { saidOf, Ways } from './ways.ts';

/** But for a few that ask for an address or for names by a pattern: most events would need their documents for those. */
const conditions = checkoutQuestions()?.filter(({ file }) => !file.includes('_deprecated/threat_intel'));
const skip = conditions === undefined ? 'there is no checkout of rules beside the repository' : false;
const predicates = (conditions ?? []).map(({ where }) => where);

/** Events for each rule, and more for the rules that are about the kind of record. */
const EVENTS = Math.max(1, Math.round(cases / 500));
const ways = new Ways(predicates, (position) => conditions?.[position]?.file ?? '');

for (const kind of kinds)
  test(`real rules have the same matches on bytes and on documents: ${kind.name}`, { skip }, (t) => {
    const compared = ways.compare(nearLines(predicates, kind, EVENTS, seededRandom(seed)));
    t.diagnostic(`seed ${seed}: ${saidOf(compared)}`);
    const { events, judged, matched, own } = compared;
    assert.ok(judged > events / 4, 'too few events are judged from bytes');
    assert.ok(matched > judged / 4, 'too few events match');
    assert.ok(own > events / 10, 'too few events match the rule that they were made for');
  });

/** Tests of values at one path. */
const leavesOf = byKind<Predicate, readonly Some[]>({
  and: (p, go) => p.args.flatMap((arg) => go(arg)),
  or: (p, go) => p.args.flatMap((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => (typeof p.field.path === 'string' && p.field.below !== true ? [p] : []),
  exists: () => [],
  nested: () => [],
  compute: () => [],
});

const leaves = [
  ...new Map(predicates.flatMap(leavesOf).map((leaf) => [printPredicate(leaf), leaf])).values(),
];
const leafWays = new Ways(leaves, (position) => printPredicate(leaves[position] as Predicate));

for (const kind of kinds)
  test(`so have the tests that they are made of, each for itself: ${kind.name}`, { skip }, (t) => {
    const compared = leafWays.compare(leafLines(leaves, kind, EVENTS / 4, seededRandom(seed)));
    t.diagnostic(`seed ${seed}, ${leaves.length} tests: ${saidOf(compared)}`);
    const { events, judged, matched, own } = compared;
    assert.ok(judged > events / 4, 'too few events are judged from bytes');
    assert.ok(matched > judged / 4, 'too few events match');
    assert.ok(own > events / 4, 'too few events match the test that they were made for');
  });
