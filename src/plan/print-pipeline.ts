/** Pipelines as text, one line for each operator: for golden files and for people who ask what a query has become. */
import type { Pattern } from '../data/pattern.ts';
import { patternText } from '../data/pattern.ts';
import { byKind } from './fold.ts';
import type {
  Assignment,
  AggregateColumn,
  Operator,
  OutputColumn,
  Pipeline,
  SourceColumn,
} from './pipeline.ts';
import { printField, printPredicate } from './print.ts';
import type { Aggregate, ConstantAtom, RowExpression } from './row.ts';

const quoted = (text: string): string => JSON.stringify(text);
const comma = (texts: readonly string[]): string => texts.join(', ');
const named = (name: string): string => (/^[\w@][\w@.-]*$/.test(name) ? name : quoted(name));
const columnNames = (columns: readonly { readonly name: string }[]): string =>
  comma(columns.map(({ name }) => named(name)));

function atom(value: ConstantAtom): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  return 'integer' in value ? `${value.integer}n` : JSON.stringify(value).replaceAll('"', '');
}

/** Operators in words and every operand in parentheses; the type stands behind a constant that is no text. */
export const printRowExpression = byKind<RowExpression, string>({
  constant: (e) => {
    const { value } = e;
    if (value === null) return 'null';
    const text = isList(value) ? `[${comma(value.map(atom))}]` : atom(value);
    return e.type === 'keyword' ? text : `${text}:${e.type}`;
  },
  column: (e) => `{${named(e.name)}}`,
  widen: (e, go) => `${e.type}(${go(e.arg)})`,
  arithmetic: (e, go) => `(${go(e.left)} ${e.op}/${e.type} ${go(e.right)})`,
  negate: (e, go) => `negate(${go(e.arg)})`,
  shift: (e, go) => `(${go(e.arg)} ${e.op} ${go(e.by)})`,
  compare: (e, go) => `(${go(e.left)} ${e.op}/${e.left.type} ${go(e.right)})`,
  in: (e, go) => `(${go(e.arg)} in/${e.arg.type} (${comma(e.list.map((member) => go(member)))}))`,
  like: (e, go) =>
    `(${go(e.arg)} like (${comma(e.patterns.map((pattern) => quoted(patternText(pattern))))}))`,
  rlike: (e, go) => `(${go(e.arg)} rlike (${comma(e.patterns.map(quoted))}))`,
  isNull: (e, go) => `(${go(e.arg)} is null)`,
  and: (e, go) => `and(${comma(e.args.map((arg) => go(arg)))})`,
  or: (e, go) => `or(${comma(e.args.map((arg) => go(arg)))})`,
  not: (e, go) => `not(${go(e.arg)})`,
  case: (e, go) => {
    const branches = e.branches.map(({ when, then }) => `${go(when)} ? ${go(then)}`);
    return `case(${comma([...branches, ...(e.otherwise === undefined ? [] : [go(e.otherwise)])])})`;
  },
  call: (e, go) => `${e.name}(${comma(e.args.map((arg) => go(arg)))})`,
  document: (e) => `document(${printPredicate(e.where)})`,
  fuzzy: (e) =>
    `fuzzy(${printField(e.field)}, ${e.operator}(${comma(e.tokens.map(quoted))}), ${e.analyzer ?? 'whole'}, ${e.edits})`,
});

const isList = (value: object | string | number | boolean): value is readonly ConstantAtom[] =>
  Array.isArray(value);

function printAggregate({ name, args, where }: Aggregate): string {
  const condition = where === undefined ? '' : ` where ${printRowExpression(where)}`;
  return `${name}(${args.length === 0 ? '*' : comma(args.map((arg) => printRowExpression(arg)))})${condition}`;
}

const assignments = (columns: readonly Assignment[]): string =>
  comma(columns.map(({ name, value }) => `${named(name)} = ${printRowExpression(value)}`));

function grouping(aggregates: readonly AggregateColumn[], keys: readonly Assignment[]): string {
  const computed = aggregates.map(({ name, value }) => `${named(name)} = ${printAggregate(value)}`);
  return [comma(computed), ...(keys.length === 0 ? [] : [`by ${assignments(keys)}`])]
    .filter((part) => part !== '')
    .join(' ');
}

function sourceColumn(column: SourceColumn): string {
  const typed = `${named(column.name)}:${column.type}`;
  if (column.from === 'metadata') return `${typed} (metadata)`;
  const { field, fieldType, lowercase } = column;
  const other = field.path === column.name ? '' : ` (${printField(field)})`;
  return `${typed}${other}${fieldType === 'dynamic' ? '?' : ''}${lowercase === true ? ' (lower case)' : ''}`;
}

const printOperator = byKind<Operator, string>({
  source: (o) => {
    const indices = o.indices.map(({ pattern, exclude }) => (exclude ? '-' : '') + patternText(pattern));
    const where = o.where === undefined ? '' : ` where ${printPredicate(o.where)}`;
    return `source ${comma(indices)} [${comma(o.columns.map(sourceColumn))}]${where}`;
  },
  row: (o) => `row ${assignments(o.columns)}`,
  where: (o) => `where ${printRowExpression(o.condition)}`,
  eval: (o) => `eval ${assignments(o.columns)}`,
  stats: (o) => `stats ${grouping(o.aggregates, o.keys)}`,
  inlineStats: (o) => `inlineStats ${grouping(o.aggregates, o.keys)}`,
  keep: (o) => `keep ${comma(o.columns.map(named))}`,
  rename: (o) => `rename ${comma(o.columns.map(({ from, to }) => `${named(from)} as ${named(to)}`))}`,
  sort: (o) =>
    `sort ${comma(o.keys.map(({ by, order, nulls }) => `${printRowExpression(by)} ${order} nulls ${nulls}`))}`,
  limit: (o) => `limit ${o.count}`,
  mvExpand: (o) => `mvExpand ${named(o.column)}`,
  grok: (o) =>
    `grok ${printRowExpression(o.input)} ${comma(o.patterns.map(quoted))} to ${columnNames(o.columns)}`,
  dissect: (o) =>
    `dissect ${printRowExpression(o.input)} ${quoted(o.pattern)} append ${quoted(o.appendSeparator)} to ${comma(o.columns.map(named))}`,
  enrich: (o) =>
    `enrich ${quoted(o.policy)} on ${printRowExpression(o.on)} with ${comma(o.columns.map(({ name, from }) => `${named(name)} = ${named(from)}`))}`,
  lookupJoin: (o) =>
    `lookupJoin ${quoted(o.table)} on ${comma(o.on.map(named))} with ${columnNames(o.columns)}`,
  completion: (o) =>
    `completion ${named(o.column)} = ${printRowExpression(o.prompt)} by ${quoted(o.inferenceId)}`,
});

function printOutput(column: OutputColumn): string {
  if (column.kind === 'column') return `${named(column.name)}:${column.type}`;
  const patterns = (list: readonly Pattern[]): string => comma(list.map(patternText).map(quoted));
  const matching = column.matching.length === 0 ? '' : ` ${patterns(column.matching)}`;
  return `rest${matching}${column.without.length === 0 ? '' : ` without ${patterns(column.without)}`}`;
}

export const printPipeline = ({ operators, output }: Pipeline): string =>
  [...operators.map((operator) => printOperator(operator)), `output ${comma(output.map(printOutput))}`].join(
    '\n',
  );
