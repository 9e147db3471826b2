/** What queries in ES|QL need besides events, read before the first one: tables, and who answers COMPLETION. */
import type { QueryInputs } from '../engine/ports.ts';
import type { ArrayOrder } from '../exec/pipeline/index.ts';
import type { Tables } from '../lang/kit/language.ts';
import type { Completion, CompletionChoice } from './completion.ts';
import { completionOf } from './completion.ts';
import { tablesOf } from './tables.ts';

export interface QueryChoices {
  /** Tables for ENRICH and LOOKUP JOIN, each as `NAME=FILE`. */
  readonly tables?: readonly string[];
  /** The order of several values of a field; `lucene` unless given (esql §2.2). */
  readonly arrayOrder?: ArrayOrder;
  /** Who answers COMPLETION; without, rules that have one do not run. */
  readonly completion?: CompletionChoice;
}

export interface ReadQueryInputs {
  readonly inputs: QueryInputs;
  /** For checking queries. */
  readonly shapes: Tables;
  /** To be closed by whoever asked for it. */
  readonly completion: Completion | undefined;
}

/** @throws SetUpError RUN006, RUN011, RUN012 */
export async function queryInputs({ tables = [], ...choices }: QueryChoices): Promise<ReadQueryInputs> {
  const read = await tablesOf(tables);
  const completion = choices.completion && (await completionOf(choices.completion));
  const inputs = {
    tables: read.tables,
    ...(choices.arrayOrder === undefined ? {} : { arrayOrder: choices.arrayOrder }),
    ...(completion === undefined ? {} : { completion: completion.source }),
  };
  return { inputs, shapes: read.shapes, completion };
}
