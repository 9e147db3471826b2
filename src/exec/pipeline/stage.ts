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

/** Stages that look at each row by itself, put together once for many executions. */
export class Chain {
  readonly #first: Sink;
  #context: RunContext | undefined;
  #out: Row[] = [];

  constructor(stages: readonly Stage[]) {
    const last: Sink = { push: (row) => this.#out.push(row), end: () => {} };
    const context = currentContext(() => this.#context as RunContext);
    this.#first = stages.reduceRight((next, stage) => stage(next, context), last);
  }

  /** What comes out for one row. */
  pass(row: Row, context: RunContext): Row[] {
    this.#context = context;
    this.#out = [];
    this.#first.push(row);
    this.#first.end();
    return this.#out;
  }
}

const currentContext = (current: () => RunContext): RunContext => ({
  get now() {
    return current().now;
  },
  get complete() {
    return current().complete;
  },
  count: (counter) => current().count(counter),
});

/** What comes out of stages for some rows. */
export function pass(stages: readonly Stage[], rows: Iterable<Row>, context: RunContext): Row[] {
  const out: Row[] = [];
  const last: Sink = { push: (row) => out.push(row), end: () => {} };
  const first = stages.reduceRight((next, stage) => stage(next, context), last);
  for (const row of rows) first.push(row);
  first.end();
  return out;
}
