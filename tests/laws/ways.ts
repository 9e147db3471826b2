/** All ways of evaluating conditions, held against each other over lines of logs. */
import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/data/document.ts';
import type { CompiledSet } from '../../src/exec/compile/index.ts';
import { compileSet } from '../../src/exec/compile/index.ts';
import { Matcher } from '../../src/exec/index/matcher.ts';
import { interpret } from '../../src/exec/interpret/index.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { Interest } from '../../src/model/interest.ts';
import { fieldsOf } from '../../src/plan/fold.ts';
import type { Predicate } from '../../src/plan/predicate.ts';
import { accountOf, plain, readBytes } from '../support/ingest.ts';
import { interestOf, renewed, usualEvents } from '../support/interest.ts';
import type { NearLine } from './near-lines.ts';

/** The clock of date maths, which an interest of `interestOf` has, too. */
const NOW = 0;
/** Of the conditions that an event does not match, about so many are asked for it. */
const ASKED = { compiled: 250, interpreted: 25 };

/** What was compared. */
export interface Compared {
  readonly events: number;
  /** Events that were judged from bytes, those of them that match, and their matches. */
  readonly judged: number;
  readonly matched: number;
  readonly matches: number;
  /** Events that match what they were made for. */
  readonly own: number;
}

export class Ways {
  readonly #predicates: readonly Predicate[];
  readonly #nameOf: (position: number) => string;
  readonly #matcher: Matcher;
  readonly #compiled: CompiledSet;
  /** One that knows nothing of events, and one that chose what it looks up by some that have little to do with these. */
  readonly #interest: Interest;
  readonly #renewed: Interest;

  constructor(predicates: readonly Predicate[], nameOf: (position: number) => string) {
    this.#predicates = predicates;
    this.#nameOf = nameOf;
    this.#matcher = new Matcher(predicates);
    this.#compiled = compileSet(predicates);
    const paths = predicates
      .flatMap(fieldsOf)
      .flatMap(({ path }) => (typeof path === 'string' ? [path] : []));
    this.#interest = interestOf(this.#matcher, predicates.length, paths);
    this.#renewed = renewed(interestOf(new Matcher(predicates), predicates.length, paths), usualEvents());
  }

  /** Throws when two of them differ on an event. */
  compare(lines: readonly NearLine[]): Compared {
    const log = lines.map(({ text }) => `${text}\n`).join('');
    const usual = readBytes(log);
    const scanned = readBytes(log, { interest: this.#interest });
    const again = readBytes(log, { interest: this.#renewed });
    assert.deepEqual(accountOf(scanned), accountOf(usual));
    assert.deepEqual(accountOf(again), accountOf(usual));
    const compared = { events: 0, judged: 0, matched: 0, matches: 0, own: 0 };
    scanned.events.forEach((event, position) => {
      const line = lines[(event.origin.line ?? 0) - 1];
      const { about = [], text = '' } = line ?? {};
      const matches = this.#matchesOf(event, usual.events[position], text);
      const holds = again.events[position]?.judged?.holds ?? matches;
      assert.deepEqual(holds, matches, `once it chose by events: ${text}`);
      compared.events++;
      if (about.some((own) => matches.includes(own))) compared.own++;
      if (event.judged !== undefined) {
        compared.judged++;
        if (matches.length > 0) compared.matched++;
        compared.matches += matches.length;
      }
      this.#ask(event.document, matches, about[0] ?? 0, text);
    });
    return compared;
  }

  #matchesOf(event: EventEnvelope, usual: EventEnvelope | undefined, text: string): readonly number[] {
    const { rules, undecided } = this.#matcher.match(event.document, NOW);
    assert.deepEqual(plain(event), plain(usual), text);
    assert.deepEqual(undecided, [], text);
    const holds = event.judged?.holds ?? rules;
    const missed = rules.find((rule) => !holds.includes(rule));
    const wrong = holds.find((rule) => !rules.includes(rule));
    if (missed !== undefined) assert.fail(`bytes miss ${this.#nameOf(missed)}: ${text}`);
    if (wrong !== undefined) assert.fail(`bytes alone find ${this.#nameOf(wrong)}: ${text}`);
    assert.deepEqual(holds, rules, text);
    return rules;
  }

  /** The compiled conditions and the interpreter find these matches, and no others. */
  #ask(document: JsonObject, matches: readonly number[], first: number, text: string): void {
    const matched = new Set(matches);
    const { compiled, interpreted } = ASKED;
    this.#compiled.load(document, NOW);
    for (const position of this.#some(matches, first, compiled))
      if (this.#compiled.test(position) !== matched.has(position))
        assert.fail(`compiled differs on ${this.#nameOf(position)}: ${text}`);
    for (const position of this.#some(matches, first, interpreted))
      if (
        interpret(this.#predicates[position] as Predicate, document, { now: NOW }) !== matched.has(position)
      )
        assert.fail(`the interpreter differs on ${this.#nameOf(position)}: ${text}`);
  }

  #some(these: readonly number[], first: number, count: number): Set<number> {
    const stride = Math.ceil(this.#predicates.length / count);
    const positions = new Set(these);
    for (let at = first % stride; at < this.#predicates.length; at += stride) positions.add(at);
    return positions;
  }
}

export const saidOf = ({ events, judged, matched, matches, own }: Compared): string =>
  `of ${events} events, ${judged} are judged from bytes; ${matched} of those match, ${matches} times in all; ${own} events match what they were made for`;
