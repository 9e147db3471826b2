/** Which profiles explain an event. */
import type { JsonObject } from '../../data/document.ts';
import { Matcher } from '../../exec/index/matcher.ts';
import { interpret } from '../../exec/interpret/index.ts';
import { asUndecided } from '../../exec/undecided.ts';
import type { Fit } from '../../model/benign.ts';
import type { Behaviour, Profile } from './model.ts';

type WithProfile = Behaviour & { readonly profile: Profile };

const withProfile = (behaviours: readonly Behaviour[]): WithProfile[] =>
  behaviours.filter((one): one is WithProfile => one.profile !== undefined);

/** All profiles compiled together. */
export class ProfileMatcher {
  /** How many profiles met a limit before an event was decided: such an event stays unexplained. */
  undecided = 0;
  readonly #matches: readonly Fit[];
  readonly #matcher: Matcher;

  constructor(behaviours: readonly Behaviour[]) {
    const profiled = withProfile(behaviours);
    this.#matches = profiled.map(asMatch);
    this.#matcher = new Matcher(profiled.map(({ profile }) => profile.where));
  }

  /**
   * The profiles that the event fits, the best grade first, then by id. `now` is the clock for date maths: the event's
   * time, in milliseconds since the epoch.
   */
  match(document: JsonObject, now: number): Fit[] {
    const { rules, undecided } = this.#matcher.match(document, now);
    this.undecided += undecided.length;
    return rules.flatMap((position) => this.#matches[position] ?? []).toSorted(byGrade);
  }
}

/** What `ProfileMatcher` says, computed by the interpreter: slow, and right by definition. */
export function profileMatches(behaviours: readonly Behaviour[], document: JsonObject, now: number): Fit[] {
  return withProfile(behaviours)
    .filter(({ profile }) => holds(profile, document, now))
    .map(asMatch)
    .toSorted(byGrade);
}

function holds({ where }: Profile, document: JsonObject, now: number): boolean {
  try {
    return interpret(where, document, { now });
  } catch (error) {
    asUndecided(error);
    return false;
  }
}

const asMatch = ({ id, title, profile }: WithProfile): Fit => ({
  behaviour: id,
  title,
  grade: profile.grade,
  profile: profile.query,
});

const byGrade = (a: Fit, b: Fit): number =>
  a.grade === b.grade ? (a.behaviour < b.behaviour ? -1 : 1) : a.grade < b.grade ? -1 : 1;
