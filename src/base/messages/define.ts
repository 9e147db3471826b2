import type { Severity } from '../diagnostic.ts';

export interface MessageDefinition {
  readonly severity: Severity;
  /** A few words in sentence case: the heading of its page. */
  readonly title: string;
  /** Why this is refused or worth a warning. Markdown, a paragraph or two. */
  readonly why: string;
  /** What to do. Markdown. */
  readonly fix: string;
  /** The smallest text that produces it, where one exists. Tests run it: it must give exactly this code. */
  readonly example?: string;
}

/** Keeps the codes as literal types, so that a misspelled code does not compile. */
export const defineMessages = <const T extends Readonly<Record<string, MessageDefinition>>>(table: T): T =>
  table;
