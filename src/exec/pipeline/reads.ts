/** What operators read, and which of them look at each row by itself. */
import { byKind } from '../../plan/fold.ts';
import type { AggregateColumn, Assignment, Operator, Pipeline } from '../../plan/pipeline.ts';
import type { ColumnType } from '../../data/column.ts';
import type { ColumnRead, RowExpression } from '../../plan/row.ts';

export interface Reads {
  readonly names: readonly string[];
  /** Asks the event itself. */
  readonly event: boolean;
  /** Asks for the time of the run. */
  readonly now: boolean;
}

const nothing: Reads = { names: [], event: false, now: false };

const join = (parts: readonly Reads[]): Reads => ({
  names: parts.flatMap(({ names }) => names),
  event: parts.some(({ event }) => event),
  now: parts.some(({ now }) => now),
});

const expressionReads = byKind<RowExpression, Reads>({
  constant: () => nothing,
  column: ({ name }) => ({ ...nothing, names: [name] }),
  widen: (e, go) => go(e.arg),
  arithmetic: (e, go) => join([go(e.left), go(e.right)]),
  negate: (e, go) => go(e.arg),
  shift: (e, go) => join([go(e.arg), go(e.by)]),
  compare: (e, go) => join([go(e.left), go(e.right)]),
  in: (e, go) => join([go(e.arg), ...e.list.map((member) => go(member))]),
  like: (e, go) => go(e.arg),
  rlike: (e, go) => go(e.arg),
  isNull: (e, go) => go(e.arg),
  and: (e, go) => join(e.args.map((arg) => go(arg))),
  or: (e, go) => join(e.args.map((arg) => go(arg))),
  not: (e, go) => go(e.arg),
  case: (e, go) =>
    join([
      ...e.branches.flatMap(({ when, then }) => [go(when), go(then)]),
      ...(e.otherwise === undefined ? [] : [go(e.otherwise)]),
    ]),
  call: (e, go) => {
    const args = join(e.args.map((arg) => go(arg)));
    return e.name === 'NOW' ? { ...args, now: true } : args;
  },
  document: () => ({ ...nothing, event: true }),
  fuzzy: () => ({ ...nothing, event: true }),
});

const assigned = (columns: readonly Assignment[]): Reads =>
  join(columns.map(({ value }) => expressionReads(value)));

const grouped = (aggregates: readonly AggregateColumn[], keys: readonly Assignment[]): Reads =>
  join([
    ...aggregates.flatMap(({ value: { args, where } }) =>
      [...args, ...(where === undefined ? [] : [where])].map((arg) => expressionReads(arg)),
    ),
    assigned(keys),
  ]);

/** The columns of an expression with their types, each once. */
export function columnsIn(expression: RowExpression): ReadonlyMap<string, ColumnType> {
  const found = new Map<string, ColumnType>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === 'object' && part !== null) {
      const node = part as Partial<ColumnRead>;
      if (node.kind === 'column' && node.name !== undefined) found.set(node.name, node.type ?? 'null');
      else Object.values(part).forEach(walk);
    }
  };
  walk(expression);
  return found;
}

const operatorReads = byKind<Operator, Reads>({
  source: () => nothing,
  row: (o) => assigned(o.columns),
  where: (o) => expressionReads(o.condition),
  eval: (o) => assigned(o.columns),
  stats: (o) => grouped(o.aggregates, o.keys),
  inlineStats: (o) => grouped(o.aggregates, o.keys),
  keep: () => nothing,
  rename: (o) => ({ ...nothing, names: o.columns.map(({ from }) => from) }),
  sort: (o) => join(o.keys.map(({ by }) => expressionReads(by))),
  limit: () => nothing,
  mvExpand: (o) => ({ ...nothing, names: [o.column] }),
  grok: (o) => expressionReads(o.input),
  dissect: (o) => expressionReads(o.input),
  enrich: (o) => expressionReads(o.on),
  lookupJoin: (o) => ({ ...nothing, names: o.on }),
  completion: (o) => expressionReads(o.prompt),
});

/** What the operators read together, columns that they make themselves included. */
export const readsOf = (operators: readonly Operator[]): Reads =>
  join(operators.map((operator) => operatorReads(operator)));

const needsOtherRows: ReadonlySet<Operator['kind']> = new Set([
  'stats',
  'inlineStats',
  'sort',
  'limit',
  'completion',
]);

/** Whether it can be done as soon as the event is there. */
export const isRowLocal = (operator: Operator): boolean =>
  !needsOtherRows.has(operator.kind) && !operatorReads(operator).now;

/** The columns that the operator sets anew; an expanded one keeps some of its values. */
export function setBy(operator: Operator): readonly string[] {
  switch (operator.kind) {
    case 'row':
    case 'eval':
    case 'grok':
    case 'enrich':
    case 'lookupJoin':
      return operator.columns.map(({ name }) => name);
    case 'stats':
    case 'inlineStats':
      return [...operator.aggregates, ...operator.keys].map(({ name }) => name);
    case 'dissect':
      return operator.columns;
    case 'rename':
      return operator.columns.flatMap(({ from, to }) => [from, to]);
    case 'completion':
      return [operator.column];
    default:
      return [];
  }
}

/** The columns that are not simply fields of the event. */
export const computedColumns = ({ operators }: Pipeline): ReadonlySet<string> =>
  new Set(operators.flatMap((one) => (one.kind === 'mvExpand' ? [one.column] : setBy(one))));
