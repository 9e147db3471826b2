/** Every bound of the engine's memory. Reaching one is counted, and the summary of the run prints it. */
export const limits = {
  /** Alerts that wait for another stage of their request. */
  heldAlerts: 10_000,
  /** Different actors, and different targets, that are counted for each rule. */
  distinctValues: 1_000,
  /** Index names whose rules are remembered; more are looked up again each time. */
  indexNames: 1_000,
  /** Combinations of the values of one event's key fields. */
  keyCombinations: 1_000,
  /** Matches that wait for earlier ones, all rules together. */
  waitingMatches: 200_000,
  /** Keys of one rule that have a begun sequence. */
  sequenceKeys: 10_000,
  /** Keys of one rule with events that must not be there. */
  absenceKeys: 50_000,
  /** Times of events that must not be there, for one key. */
  absenceTimes: 10_000,
  /** Complete sequences of one rule whose missing events are not decided. */
  undecidedSequences: 10_000,
  /** Keys of one sample rule. */
  sampleKeys: 10_000,
  /** Events for each item of a sample and one key. */
  sampleEvents: 100,
  /** Results of one rule that wait for `head` and `tail`. */
  pipedResults: 10_000,
  /** Groups of one threshold rule. */
  thresholdGroups: 50_000,
  /** Events that are counted for one group of a threshold rule. */
  thresholdEvents: 10_000,
  /** Combinations of terms that one new terms rule remembers. */
  terms: 200_000,
  /** Indicators that one alert names (engine A5.7). */
  enrichments: 200,
  /** Events of one rule inside its window. */
  windowMatches: 100_000,
  /** Values in the groups of one query that stand for events inside its windows. */
  queryValues: 500_000,
  /** Alerts of one rule that later ones are folded into. */
  suppressionGroups: 10_000,
  /** Events that an alert about many carries as examples. */
  examples: 5,
} as const;

export type LimitName = keyof typeof limits;

/** Told whenever something was forgotten because a limit was reached. */
export type OnEviction = (limit: LimitName) => void;
