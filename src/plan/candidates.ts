/**
 * What a query that asks a language model has before it asks (esql §1.7): the rows that are candidates whatever the
 * model says of them, since what it reads was written by whoever is to be found.
 */
import type { Column, ColumnType } from '../data/column.ts';
import type { Completion, Operator, Pipeline } from './pipeline.ts';

/** Holds the places of a row, or of the rows of a group, among those that a model was asked about; no query can name it. */
export const CANDIDATE = '\u0000candidate';

const asks = ({ kind }: Operator): boolean => kind === 'completion';

export const asksModel = ({ operators }: Pipeline): boolean => operators.some(asks);

/**
 * The query up to the first question, or up to its answer, with every column that is there then; itself when it asks
 * nothing.
 */
export function candidatesOf(plan: Pipeline, until: 'question' | 'answer'): Pipeline {
  const end = plan.operators.findIndex(asks);
  if (end === -1) return plan;
  const operators = plan.operators.slice(0, until === 'question' ? end : end + 1);
  const aggregating = operators.some(({ kind }) => kind === 'stats');
  const output = columnsBehind(operators).map((column) => ({ kind: 'column', ...column }) as const);
  return { ...plan, operators, output, aggregating };
}

const place = { kind: 'column', name: CANDIDATE, type: 'integer' } as const;
const places = { name: CANDIDATE, value: { name: 'VALUES', args: [place], type: 'integer' } } as const;

/** The same query with `CANDIDATE` shown too; itself when it asks nothing. */
export function tracked(plan: Pipeline): Pipeline {
  const at = plan.operators.findIndex(asks);
  if (at === -1) return plan;
  const numbered = (operator: Operator, i: number): Operator => {
    if (i === at) return { ...(operator as Completion), place: CANDIDATE };
    if (i < at || operator.kind !== 'stats') return operator;
    return { ...operator, aggregates: [...operator.aggregates, places] };
  };
  return { ...plan, operators: plan.operators.map(numbered), output: [...plan.output, place] };
}

/** In the order in which they were made; fields that the query only names come first. */
function columnsBehind(operators: readonly Operator[]): readonly Column[] {
  const types = new Map<string, ColumnType>();
  for (const operator of operators) apply(operator, types);
  return [...types].map(([name, type]) => ({ name, type }));
}

function apply(operator: Operator, types: Map<string, ColumnType>): void {
  const add = (columns: readonly Column[]): void =>
    columns.forEach(({ name, type }) => types.set(name, type));
  switch (operator.kind) {
    case 'source':
    case 'grok':
    case 'enrich':
    case 'lookupJoin':
      return add(operator.columns);
    case 'row':
    case 'eval':
      return add(operator.columns.map(({ name, value: { type } }) => ({ name, type })));
    case 'stats':
      types.clear();
      return add(groupColumns(operator));
    case 'inlineStats':
      return add(groupColumns(operator));
    case 'completion':
      return add([{ name: operator.column, type: 'keyword' }]);
    case 'dissect':
      return add(operator.columns.map((name) => ({ name, type: 'keyword' })));
    case 'keep':
      for (const name of types.keys()) if (!operator.columns.includes(name)) types.delete(name);
      return;
    case 'rename':
      return rename(operator.columns, types);
    default:
  }
}

const groupColumns = ({ aggregates, keys }: Extract<Operator, { kind: 'stats' | 'inlineStats' }>) =>
  [...aggregates, ...keys].map(({ name, value: { type } }) => ({ name, type }));

function rename(
  pairs: readonly { readonly from: string; readonly to: string }[],
  types: Map<string, ColumnType>,
): void {
  const moved = pairs.map(({ from, to }) => [to, types.get(from) ?? 'null'] as const);
  for (const { from } of pairs) types.delete(from);
  for (const [to, type] of moved) types.set(to, type);
}
