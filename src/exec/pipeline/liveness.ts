/**
 * Which columns are still read from some place of a pipeline on, and the pipeline without what nothing reads: a column
 * that is dropped, overwritten or never named again is neither computed nor kept. What decides how many rows there are
 * stays.
 */
import type { Operator, Pipeline } from '../../plan/pipeline.ts';
import { readsOf, setBy } from './reads.ts';

export interface Pruned {
  readonly operators: readonly Operator[];
  /** The columns that operator and all behind it, or the output, read from what is before it; one entry more for the output. */
  readonly live: readonly ReadonlySet<string>[];
}

export function prune({ operators, output }: Pipeline): Pruned {
  const left: Operator[] = [];
  const live: ReadonlySet<string>[] = [
    new Set(output.flatMap((column) => (column.kind === 'column' ? [column.name] : []))),
  ];
  for (const operator of operators.toReversed()) {
    const behind = live[0] as ReadonlySet<string>;
    const own = reduced(operator, behind);
    if (own === undefined) continue;
    left.unshift(own);
    live.unshift(before(own, behind));
  }
  return { operators: left, live };
}

/** The operator without the columns that nothing behind it reads; undefined when it does nothing else. */
function reduced(operator: Operator, live: ReadonlySet<string>): Operator | undefined {
  const isLive = ({ name }: { readonly name: string }): boolean => live.has(name);
  switch (operator.kind) {
    case 'source':
      return { ...operator, columns: operator.columns.filter(isLive) };
    case 'eval': {
      const columns = liveAssignments(operator, live);
      return columns.length === 0 ? undefined : { ...operator, columns };
    }
    case 'stats':
    case 'inlineStats':
      return { ...operator, aggregates: operator.aggregates.filter(isLive) };
    case 'rename': {
      const columns = operator.columns.filter(({ to }) => live.has(to));
      return columns.length === 0 ? undefined : { ...operator, columns };
    }
    case 'grok':
    case 'enrich':
      return operator.columns.some(isLive) ? operator : undefined;
    case 'dissect':
      return operator.columns.some((name) => live.has(name)) ? operator : undefined;
    case 'keep':
      return undefined;
    default:
      return operator;
  }
}

type Eval = Extract<Operator, { kind: 'eval' }>;

/** From the last one: a value that a later one of the same name takes the place of is dead unless read between. */
function liveAssignments({ columns }: Eval, behind: ReadonlySet<string>): Eval['columns'] {
  const live = new Set(behind);
  const left: Eval['columns'][number][] = [];
  for (const column of columns.toReversed()) {
    if (!live.delete(column.name)) continue;
    left.unshift(column);
    for (const name of readsOf([{ kind: 'eval', columns: [column] }]).names) live.add(name);
  }
  return left;
}

/** What is read before an operator that has no dead columns. */
function before(operator: Operator, behind: ReadonlySet<string>): ReadonlySet<string> {
  if (operator.kind === 'eval') return beforeEval(operator, behind);
  const { names } = readsOf([operator]);
  if (operator.kind === 'stats') return new Set(names);
  const live = new Set(behind);
  for (const name of setBy(operator)) live.delete(name);
  for (const name of names) live.add(name);
  return live;
}

function beforeEval({ columns }: Eval, behind: ReadonlySet<string>): ReadonlySet<string> {
  const live = new Set(behind);
  for (const column of columns.toReversed()) {
    live.delete(column.name);
    for (const name of readsOf([{ kind: 'eval', columns: [column] }]).names) live.add(name);
  }
  return live;
}
