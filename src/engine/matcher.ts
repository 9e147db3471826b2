/** Which of many conditions hold for an event: a pure function, with more than one way to compute it. */
import type { JsonObject } from '../data/document.ts';
import { compileSet } from '../exec/compile/index.ts';
import type { Environment } from '../exec/environment.ts';
import { Matcher as IndexedMatcher } from '../exec/index/matcher.ts';
import type { Screen } from '../exec/index/screen.ts';
import { interpret } from '../exec/interpret/index.ts';
import { asUndecided } from '../exec/undecided.ts';
import type { Predicate } from '../plan/predicate.ts';

interface Question {
  readonly document: JsonObject;
  readonly environment: Environment;
  /** 1 at the positions of the conditions to ask for. */
  readonly asked: Uint8Array;
  /** Told of every condition that met a limit before it was decided: it neither holds nor fails. */
  readonly undecided: (position: number, limit: string) => void;
}

export interface Matcher {
  /** The positions of the conditions that hold, ascending. */
  match(question: Question): readonly number[];
  /** The index for who reads bytes, where there is one; it watches these paths, too, and numbers those told of matches. */
  screen?(paths: Iterable<string>, told?: Iterable<string>): Screen;
  /** Where there is an index: what it could not spare. */
  readonly costs?: Costs;
}

export interface Costs {
  /** For each condition, the events for which it was asked. */
  readonly tried: Uint32Array;
  /** Conditions that no index helps. */
  readonly unindexed: readonly number[];
}

export type MatcherMaker = (conditions: readonly Predicate[]) => Matcher;

/** Asks every condition for itself: slow, and right by definition. */
export const interpretingMatcher: MatcherMaker = (conditions) => ({
  match: ({ document, environment, asked, undecided }) =>
    conditions.flatMap((condition, position) => {
      if (asked[position] !== 1) return [];
      try {
        return interpret(condition, document, environment) ? [position] : [];
      } catch (error) {
        undecided(position, asUndecided(error).limit);
        return [];
      }
    }),
});

/** Compiles all conditions together, and asks every one of them. */
export const compilingMatcher: MatcherMaker = (conditions) => {
  const set = compileSet(conditions);
  return {
    match: ({ document, environment, asked, undecided }) => {
      set.load(document, environment.now);
      return conditions.flatMap((_, position) => {
        if (asked[position] !== 1) return [];
        try {
          return set.test(position) ? [position] : [];
        } catch (error) {
          undecided(position, asUndecided(error).limit);
          return [];
        }
      });
    },
  };
};

/** Compiles all conditions together and looks up which of them an event can fulfil at all. */
export const indexingMatcher: MatcherMaker = (conditions) => {
  const matcher = new IndexedMatcher(conditions);
  return {
    screen: (paths, told) => matcher.screen(paths, told),
    costs: matcher,
    match: ({ document, environment, asked, undecided }) => {
      const matches = matcher.match(document, environment.now, asked);
      for (const { rule, reason } of matches.undecided) undecided(rule, reason.limit);
      return matches.rules;
    },
  };
};
