/** An interest over bare predicates, as the engine makes one over rules. */
import type { Matcher } from '../../src/exec/index/matcher.ts';
import type { Posting } from '../../src/exec/index/postings.ts';
import { joined } from '../../src/exec/index/screen.ts';
import type { Interest } from '../../src/model/interest.ts';

/** Every predicate reads every event, and every field counts as seen before. */
export function interestOf(matcher: Matcher, predicates: number, read: readonly string[]): Interest {
  const screen = matcher.screen(read);
  const everyRule = new Int32Array(Math.ceil(predicates / 32)).fill(-1);
  return {
    paths: screen.paths,
    presence: (path) => screen.presence(path),
    value: (path, value) => screen.value(path, value),
    anything: (path) => screen.anything(path),
    joined: (meanings) => joined(meanings as readonly Posting[]),
    lookup: (path) => screen.contents(path),
    atFirst: screen.atFirst,
    bitsOf: (meaning) => (meaning as Posting).entries(),
    conditionsOf: (readers) => readers as Int32Array,
    readersOf: () => everyRule,
    isKnown: () => true,
  };
}
