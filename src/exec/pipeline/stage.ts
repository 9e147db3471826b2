/** Operators as stages: rows are pushed through them one by one, and those that need all rows wait for the end. */
import type { Row, RunContext } from './row.ts';

export interface Sink {
  push(row: Row): void;
  end(): void;
}

/** Made for one execution, with what comes behind it. */
export type Stage = (next: Sink, context: RunContext) => Sink;

/** A stage that makes any number of rows of each by itself. */
export const rowByRow =
  (each: (row: Row, context: RunContext, next: Sink) => void): Stage =>
  (next, context) => ({ push: (row) => each(row, context, next), end: () => next.end() });

/** A stage that needs all rows at once. */
export const allRows =
  (all: (rows: readonly Row[], context: RunContext, next: Sink) => void): Stage =>
  (next, context) => {
    const rows: Row[] = [];
    return {
      push: (row) => rows.push(row),
      end: () => {
        all(rows, context, next);
        next.end();
      },
    };
  };

/** What comes out of stages for some rows. */
export function pass(stages: readonly Stage[], rows: Iterable<Row>, context: RunContext): Row[] {
  const out: Row[] = [];
  const last: Sink = { push: (row) => out.push(row), end: () => {} };
  const first = stages.reduceRight((next, stage) => stage(next, context), last);
  for (const row of rows) first.push(row);
  first.end();
  return out;
}
