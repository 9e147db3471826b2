/** The window of one run of a query: the table of what lies in it, and the events behind the groups of the table. */
import type { PreparedPipeline, ResultTable, Row, RunContext } from '../../exec/pipeline/index.ts';
import { limits } from '../limits.ts';
import type { Match } from '../match.ts';
import type { Example, ToldPart } from './examples.ts';
import { Examples, latestOf } from './examples.ts';
import type { Panes } from './panes.ts';

export interface QueryWindow {
  table(pipeline: PreparedPipeline, context: RunContext): ResultTable;
  /** Events of the groups with these parts in their keys; without parts, of all. */
  examplesOf(told: readonly ToldPart[], context: RunContext): readonly Example[];
}

/** A match with the rows that it became. */
export interface Survivor {
  readonly match: Match;
  readonly rows: readonly Row[];
}

/** Over the rows themselves: every query can run so. */
export class RowsWindow implements QueryWindow {
  readonly #survivors: readonly Survivor[];
  readonly #pipeline: PreparedPipeline;
  #examples: Examples | undefined;

  /** In the order of time. */
  constructor(survivors: readonly Survivor[], pipeline: PreparedPipeline) {
    this.#survivors = survivors;
    this.#pipeline = pipeline;
  }

  table(pipeline: PreparedPipeline, context: RunContext): ResultTable {
    return pipeline.finish(
      this.#survivors.flatMap(({ rows }) => rows),
      context,
    );
  }

  examplesOf(told: readonly ToldPart[], context: RunContext): readonly Example[] {
    if (told.length === 0) return this.#survivors.slice(-limits.examples).map(({ match }) => match);
    this.#examples ??= this.#byGroup(context);
    return this.#examples.of(told, this.#pipeline.groups?.columns.length);
  }

  #byGroup(context: RunContext): Examples {
    const { groups } = this.#pipeline;
    const examples = new Examples();
    for (const { match, rows } of this.#survivors)
      for (const row of rows)
        for (const parts of groups?.of(row, context) ?? []) examples.add(JSON.stringify(parts), match);
    return examples;
  }
}

/** Over partial aggregates that stand for the rows. */
export class PanesWindow implements QueryWindow {
  readonly #panes: Panes;
  readonly #run: number;
  #all: readonly Example[] | undefined;

  constructor(panes: Panes, run: number) {
    this.#panes = panes;
    this.#run = run;
  }

  table(pipeline: PreparedPipeline, context: RunContext): ResultTable {
    return pipeline.finishGroups(this.#panes.at(this.#run), context);
  }

  examplesOf(told: readonly ToldPart[]): readonly Example[] {
    if (told.length > 0) return this.#panes.examplesAt(this.#run, told);
    this.#all ??= latestOf(this.#panes.examplesAt(this.#run, []));
    return this.#all;
  }
}
