/**
 * Every way of evaluating real rules, on events that are made to match each of them, or nearly so: what is judged from
 * bytes, the index, the compiled rules and the interpreter say the same. The values come from the rules, changed in case,
 * cut, put into longer ones, written with escapes and in other types; the records come with keys in any order, with dots
 * and twice. `npm test -- tests/laws/checkout.test.ts` runs it; `WINNOW_LAW_RUNS=20000` makes twenty times the events, and
 * `WINNOW_LAW_SEED=random` others.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/data/document.ts';
import { compileSet } from '../../src/exec/compile/index.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import { seededRandom } from '../../src/sample/random.ts';
import { checkoutQuestions } from '../support/checkout.ts';
import { accountOf, plain, readBytes } from '../support/ingest.ts';
import { interestOf } from '../support/interest.ts';
import { cases, seed } from './law.ts';
import { kinds, nearLines } from './near-lines.ts';

/** But for a few that ask for an address or for names by a pattern: most events would need their documents for those. */
const conditions = checkoutQuestions()?.filter(({ file }) => !file.includes('_deprecated/threat_intel'));
const skip = conditions === undefined ? 'there is no checkout of rules beside the repository' : false;
const predicates = (conditions ?? []).map(({ where }) => where);
const matcher = new Matcher(predicates);
const compiled = compileSet(predicates);
const interest = interestOf(
  matcher,
  predicates.length,
  predicates.flatMap(fieldsOf).flatMap(({ path }) => (typeof path === 'string' ? [path] : [])),
);

/** The clock of date maths, which an interest of `interestOf` has, too. */
const NOW = 0;
/** Every event meets so many compiled rules, and in the interpreter fewer: one of so many, those that match and its own. */
const STRIDES = { compiled: 4, interpreted: 40 };
/** Events for each rule, and more for the rules that are about the kind of record. */
const EVENTS = Math.max(1, Math.round(cases / 500));

for (const kind of kinds)
  test(`real rules have the same matches on bytes and on documents: ${kind.name}`, { skip }, (t) => {
    const made = nearLines(predicates, kind, EVENTS, seededRandom(seed));
    const log = made.map(({ text }) => `${text}\n`).join('');
    const usual = readBytes(log);
    const scanned = readBytes(log, { interest });
    assert.deepEqual(accountOf(scanned), accountOf(usual));
    const tally = { judged: 0, matched: 0, own: 0, matches: 0 };
    scanned.events.forEach((event, position) => {
      const { rule, text } = made[(event.origin.line ?? 0) - 1] ?? { rule: -1, text: '' };
      const about = `${conditions?.[rule]?.file}: ${text}`;
      assert.deepEqual(plain(event), plain(usual.events[position]), about);
      const { rules, undecided } = matcher.match(event.document, NOW);
      assert.deepEqual(undecided, [], about);
      if (event.judged !== undefined) {
        tally.judged++;
        if (rules.length > 0) tally.matched++;
        tally.matches += rules.length;
        assert.deepEqual(event.judged, { isRead: event.judged.isRead, holds: rules }, about);
      }
      if (rules.includes(rule)) tally.own++;
      agree(event.document, rule, new Set(rules), about);
    });
    t.diagnostic(
      `seed ${seed}: of ${scanned.events.length} events, ${tally.judged} are judged from bytes; ${tally.matched} of those match, ${tally.matches} times in all; ${tally.own} events match the rule that they were made for`,
    );
    assert.ok(tally.judged > made.length / 4, 'too few events are judged from bytes');
    assert.ok(tally.matched > tally.judged / 4, 'too few events match');
    assert.ok(tally.own > made.length / 10, 'too few events match the rule that they were made for');
  });

/** The compiled rules and the interpreter find these matches, too. */
function agree(document: JsonObject, own: number, matched: ReadonlySet<number>, about: string): void {
  compiled.load(document, NOW);
  predicates.forEach((predicate, rule) => {
    const holds = matched.has(rule);
    const isAsked = (stride: number): boolean => holds || (rule - own) % stride === 0;
    if (isAsked(STRIDES.compiled) && compiled.test(rule) !== holds)
      assert.fail(`compiled, ${!holds}: ${conditions?.[rule]?.file} on ${about}`);
    if (isAsked(STRIDES.interpreted) && interpret(predicate, document, { now: NOW }) !== holds)
      assert.fail(`interpreted, ${!holds}: ${conditions?.[rule]?.file} on ${about}`);
  });
}
