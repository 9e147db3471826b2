/** An interest over bare predicates, as the engine makes one over rules. */
import assert from 'node:assert/strict';
import { eventLines } from '../../bench/events.ts';
import type { JsonObject } from '../../src/data/document.ts';
import type { Matcher } from '../../src/exec/index/matcher.ts';
import type { Posting } from '../../src/exec/index/postings.ts';
import { joined } from '../../src/exec/index/screen.ts';
import type { Interest } from '../../src/model/interest.ts';
import { readBytes } from './ingest.ts';

/** Every predicate reads every event unless `askedOf` says otherwise, and every field counts as seen before. */
export function interestOf(
  matcher: Matcher,
  predicates: number,
  read: readonly string[],
  askedOf?: (document: JsonObject) => Uint8Array,
  nowAt: (time: number) => number = () => 0,
  told: readonly string[] = [],
): Interest {
  const screen = matcher.screen(read, told);
  const all = new Set(told.map((path) => screen.paths.indexOf(path)));
  const wants = Array.from({ length: predicates }, () => all);
  const decider = screen.decider;
  const everyRule = new Int32Array(Math.ceil(predicates / 32)).fill(-1);
  const masks = new Map<Uint8Array, Int32Array>();
  const readersOf = (document: JsonObject): Int32Array => {
    const asked = askedOf?.(document);
    if (asked === undefined) return everyRule;
    const known = masks.get(asked) ?? new Int32Array(everyRule.length);
    for (const [rule, isAsked] of asked.entries()) if (isAsked === 1) known[rule >>> 5]! |= 1 << rule;
    masks.set(asked, known);
    return known;
  };
  return {
    paths: screen.paths,
    asked: screen.asked,
    wants,
    presence: (path) => screen.presence(path),
    value: (path, value) => screen.value(path, value),
    anything: (path) => screen.anything(path),
    joined: (meanings) => joined(meanings as readonly Posting[]),
    lookup: (path) => screen.contents(path),
    get atFirst() {
      return screen.atFirst;
    },
    get wantsSample() {
      return screen.wantsSample;
    },
    sample: (document) => screen.sample(document),
    renew: () => screen.renew(),
    get choices() {
      return screen.choices;
    },
    get shown() {
      return screen.counts;
    },
    bitsOf: (meaning) => (meaning as Posting).entries(),
    conditionsOf: (readers) => readers as Int32Array,
    reads: (condition) => decider.reads(condition),
    countKnown: (conditions, events) => decider.countKnown(conditions, events),
    decide: (conditions, values, time) => decider.decide(conditions, values, nowAt(time)),
    readersOf,
    isKnown: () => true,
  };
}

/** Made-up audit events and Linux processes, as those from which an interest learns. */
export const usualEvents = (): JsonObject[] =>
  (['raw', 'linux'] as const).flatMap((kind) =>
    readBytes(eventLines(kind, 256).join('\n')).events.map(({ document }) => document),
  );

/** The interest, once it has chosen what is looked up by such events. */
export function renewed(interest: Interest, documents: readonly JsonObject[]): Interest {
  for (let at = 0; interest.wantsSample; at++) interest.sample(documents[at % documents.length] ?? {});
  assert.equal(interest.renew(), true);
  return interest;
}
