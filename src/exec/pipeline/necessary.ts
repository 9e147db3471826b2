/**
 * What an event must fulfil to become a row at all: asked of every event together with the conditions of other rules, so
 * that a pipeline looks only at what can pass its first WHEREs. It can only let too much through. A condition is true
 * only if every column that it reads strictly has a value; that a field equals or is like a text means that some value of
 * it does; everything else is taken to be possible. Columns that an operator has set anew are no fields any more.
 */
import type { ScalarDefinition } from '../../func/esql/index.ts';
import { esqlFunction } from '../../func/esql/index.ts';
import { byKind } from '../../plan/fold.ts';
import type { FieldColumn, Operator, Pipeline } from '../../plan/pipeline.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { RowExpression } from '../../plan/row.ts';
import type { Test } from '../../plan/test.ts';
import { isRowLocal, setBy } from './reads.ts';

type Fields = ReadonlyMap<string, FieldColumn>;

const POSSIBLE: Predicate = { kind: 'and', args: [] };

/** Never fails: at worst it lets every event through. */
export function necessaryCondition({ operators }: Pipeline): Predicate {
  const [source] = operators;
  if (source?.kind !== 'source') return { kind: 'or', args: [] };
  const args: Predicate[] = source.where === undefined ? [] : [source.where];
  let fields: Fields = new Map(
    source.columns.flatMap((column) => (column.from === 'field' ? [[column.name, column]] : [])),
  );
  for (const operator of operators.slice(1)) {
    if (operator.kind === 'where') args.push(possible(operator.condition, fields));
    if (!isRowLocal(operator)) break;
    fields = without(fields, operator);
  }
  return { kind: 'and', args: args.filter((arg) => arg !== POSSIBLE) };
}

/** The fields that the operator leaves as they are; expanding one leaves some of its values. */
function without(fields: Fields, operator: Operator): Fields {
  const left = new Map(fields);
  for (const name of setBy(operator)) left.delete(name);
  if (operator.kind === 'rename')
    for (const { from, to } of operator.columns) {
      const field = fields.get(from);
      if (field !== undefined) left.set(to, field);
    }
  return left;
}

/** What holds of an event whenever the condition is true of its row. */
function possible(condition: RowExpression, fields: Fields): Predicate {
  switch (condition.kind) {
    case 'and':
      return { kind: 'and', args: condition.args.map((arg) => possible(arg, fields)) };
    case 'or':
      return { kind: 'or', args: condition.args.map((arg) => possible(arg, fields)) };
    case 'document':
      return condition.where;
    case 'not':
      return condition.arg.kind === 'isNull'
        ? present(condition.arg.arg, fields)
        : present(condition.arg, fields);
    default:
      return leafTest(condition, fields) ?? present(condition, fields);
  }
}

/** A field beside texts. */
function leafTest(condition: RowExpression, fields: Fields): Predicate | undefined {
  switch (condition.kind) {
    case 'compare': {
      if (condition.op !== 'eq') return undefined;
      const { left, right } = condition;
      return left.kind === 'column'
        ? equals(left.name, [right], fields)
        : right.kind === 'column'
          ? equals(right.name, [left], fields)
          : undefined;
    }
    case 'in':
      return condition.arg.kind === 'column' ? equals(condition.arg.name, condition.list, fields) : undefined;
    case 'like':
      return condition.arg.kind === 'column'
        ? some(condition.arg.name, { kind: 'pattern', oneOf: condition.patterns, fold: 'exact' }, fields)
        : undefined;
    default:
      return undefined;
  }
}

function equals(name: string, members: readonly RowExpression[], fields: Fields): Predicate | undefined {
  const texts = members.flatMap((member) =>
    member.kind === 'constant' && member.type === 'keyword' && typeof member.value === 'string'
      ? [member.value]
      : [],
  );
  if (texts.length < members.length) return undefined;
  return some(name, { kind: 'text', oneOf: texts, fold: 'exact' }, fields);
}

/** A field in lower case is compared with text that need not be the document's. */
function some(name: string, test: Test, fields: Fields): Predicate | undefined {
  const column = fields.get(name);
  if (column === undefined || column.type !== 'keyword' || column.lowercase === true) return undefined;
  return { kind: 'some', field: column.field, test };
}

function present(expression: RowExpression, fields: Fields): Predicate {
  const args = [...new Set(strictColumns(expression))].flatMap((name): Predicate[] => {
    const column = fields.get(name);
    return column === undefined ? [] : [{ kind: 'exists', field: column.field }];
  });
  return args.length === 0 ? POSSIBLE : { kind: 'and', args };
}

/** The columns without which the expression is null, or what is asked of it is not true. */
const strictColumns = byKind<RowExpression, readonly string[]>({
  constant: () => [],
  column: ({ name }) => [name],
  widen: (e, go) => go(e.arg),
  arithmetic: (e, go) => [...go(e.left), ...go(e.right)],
  negate: (e, go) => go(e.arg),
  shift: (e, go) => [...go(e.arg), ...go(e.by)],
  compare: (e, go) => [...go(e.left), ...go(e.right)],
  in: (e, go) => go(e.arg),
  like: (e, go) => go(e.arg),
  rlike: (e, go) => go(e.arg),
  isNull: () => [],
  and: () => [],
  or: () => [],
  not: (e, go) => go(e.arg),
  case: () => [],
  call: (e, go) => (isStrict(e.name) ? e.args.flatMap((arg) => go(arg)) : []),
  document: () => [],
  fuzzy: () => [],
});

const isStrict = (name: string): boolean =>
  (esqlFunction(name) as ScalarDefinition | undefined)?.nulls === 'null';
