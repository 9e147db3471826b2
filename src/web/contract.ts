/** Between the pages and the search, which are two scripts. */

export interface Found {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly origins: readonly string[];
  readonly sources: readonly string[];
  readonly rules: number;
  readonly deprecated: boolean;
  readonly behaviours: readonly { readonly id: string; readonly title: string }[];
  /** Ids of others that were found and say the same in other words. */
  readonly alike: readonly string[];
}

export interface Finding {
  readonly total: number;
  /** Hits that there would be without a limit. */
  readonly groups: number;
  readonly hits: readonly Found[];
  /** By facet and value: how many. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Names of techniques by their ids. */
  readonly techniques: Readonly<Record<string, string>>;
  /** What the search did not understand. */
  readonly problems: readonly string[];
}

export type Search = (text: string, limit: number) => Finding;

declare global {
  interface Window {
    winnowSearch?: Search;
  }
}
