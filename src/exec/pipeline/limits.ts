/** The bounds of one execution. What goes over one is counted as `overLimit`, never dropped unseen. */
export const pipelineLimits = {
  /** Groups of one STATS. */
  groups: 100_000,
  /** Groups that one row may belong to by its multi-valued keys. */
  combinations: 10_000,
  /** Rows that one MV_EXPAND or LOOKUP JOIN makes of one event, or of all groups together. */
  rowsOfEvent: 10_000,
  rowsOfGroups: 1_000_000,
} as const;
