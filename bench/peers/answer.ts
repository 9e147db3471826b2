/** What one run of a peer tells: a process of its own reads a file of events and puts queries to each. */
export interface PeerAnswer {
  /** Of processor time, from the first byte of the events to the last match; rules were loaded before. */
  readonly seconds: number;
  /** For each query, how many events match; null for one that the peer does not understand. */
  readonly matches: readonly (number | null)[];
}
