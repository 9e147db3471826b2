/** Every bound of the engine's memory. Reaching one is counted, and the summary of the run prints it. */
export const limits = {
  /** Alerts that wait for another stage of their request. */
  heldAlerts: 10_000,
  /** Different actors, and different targets, that are counted for each rule. */
  distinctValues: 1_000,
  /** Index names whose rules are remembered; more are looked up again each time. */
  indexNames: 1_000,
} as const;
