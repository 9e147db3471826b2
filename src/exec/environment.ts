/** What an evaluation needs besides the plan and the document. */
export interface Environment {
  /** The clock for date maths, in milliseconds since the epoch: the event's time, not the machine's. */
  readonly now: number;
}
