/** The bounds of one execution. What goes over one is counted as `overLimit`, never dropped unseen. */
export const pipelineLimits = {
  /** Groups of one STATS. */
  groups: 100_000,
  /** Groups that one row may belong to by its multi-valued keys. */
  combinations: 10_000,
} as const;
