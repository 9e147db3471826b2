/**
 * What a query excludes: the parts of its plan that are negated and narrow it. A negation below another one, in an
 * absent step, or that stands alone as a branch of an `or` excludes nothing by itself. `not field: *` and its like ask
 * whether a field is there and say nothing about benign activity.
 */
import type { Span } from '../../base/span.ts';
import { cover } from '../../base/span.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { fieldsOf } from '../../plan/fold.ts';
import type { RowExpression } from '../../plan/row.ts';
import type { Said } from './clause-words.ts';
import { sayPredicate, sayRow } from './clause-words.ts';

export interface Exclusion {
  readonly span: Span;
  /** The fields that it reads, as the rule writes them. */
  readonly fields: readonly string[];
  /** What is excluded, to be put into words; undefined when it cannot be. */
  readonly said: Said | undefined;
}

/** In the order in which they are written; spans count from the beginning of the query. */
export function exclusionsOf(plan: Plan): Exclusion[] {
  const inOrder = conditionsOf(plan).toSorted(
    (a, b) => a.span.start - b.span.start || b.span.end - a.span.end,
  );
  return inOrder.filter(({ span }, index) =>
    inOrder.slice(0, index).every((before) => before.span.end <= span.start),
  );
}

function conditionsOf(plan: Plan): Exclusion[] {
  switch (plan.kind) {
    case 'filter':
      return inPredicate(plan.where);
    case 'sequence':
    case 'sample':
      return plan.steps.flatMap(({ absent, where }) => (absent ? [] : inPredicate(where)));
    case 'pipeline':
      return plan.operators.flatMap((operator) =>
        operator.kind === 'where' ? inRow(operator.condition) : [],
      );
  }
}

function inPredicate(predicate: Predicate): Exclusion[] {
  switch (predicate.kind) {
    case 'not':
      return exclusion(predicate.span ?? spanOf(predicate.arg), predicate.arg);
    case 'and':
      return predicate.args.flatMap(inPredicate);
    case 'or':
      return predicate.args.filter(({ kind }) => kind !== 'not').flatMap(inPredicate);
    case 'nested':
      return inPredicate(predicate.arg);
    case 'some':
    case 'exists':
    case 'compute':
      return [];
  }
}

function exclusion(span: Span | undefined, negated: Predicate): Exclusion[] {
  if (span === undefined || asksForPresence(negated)) return [];
  return [{ span, fields: fieldsOf(negated).map(({ name }) => name), said: sayPredicate(negated) }];
}

/** Lucene's operators have no place of their own: the place of what they negate. */
function spanOf(predicate: Predicate): Span | undefined {
  if (predicate.span !== undefined) return predicate.span;
  const inner = 'args' in predicate ? predicate.args : 'arg' in predicate ? [predicate.arg] : [];
  const [first, ...rest] = inner.map(spanOf).filter((span) => span !== undefined);
  return first === undefined ? undefined : cover(first, ...rest);
}

function asksForPresence(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'exists':
      return true;
    case 'not':
    case 'nested':
      return asksForPresence(predicate.arg);
    case 'and':
    case 'or':
      return predicate.args.every(asksForPresence);
    case 'some':
      return predicate.test.kind === 'present';
    case 'compute':
      return predicate.expression.kind === 'isNull';
  }
}

/** Of a condition on rows: `NOT …` and `!=`; `NOT (… IS NULL)` asks for presence. */
function inRow(expression: RowExpression): Exclusion[] {
  if (expression.kind === 'and') return expression.args.flatMap(inRow);
  if (expression.kind === 'or') return expression.args.filter(({ kind }) => kind !== 'not').flatMap(inRow);
  if (expression.kind === 'document') return inPredicate(expression.where);
  const negates = expression.kind === 'not' || (expression.kind === 'compare' && expression.op === 'neq');
  if (!negates || expression.span === undefined) return [];
  if (expression.kind === 'not' && expression.arg.kind === 'isNull') return [];
  const fields = [...new Set(columnsOf(expression))];
  return [{ span: expression.span, fields, said: sayRow(excludedBy(expression)) }];
}

const excludedBy = (expression: RowExpression): RowExpression => {
  if (expression.kind === 'not') return expression.arg;
  return expression.kind === 'compare' ? { ...expression, op: 'eq' } : expression;
};

/** The columns that an expression reads, through whatever holds its operands. */
function columnsOf(expression: RowExpression): string[] {
  if (expression.kind === 'column') return [expression.name];
  if (expression.kind === 'document') return fieldsOf(expression.where).map(({ name }) => name);
  if (expression.kind === 'case') {
    const { branches, otherwise } = expression;
    const parts = branches.flatMap(({ when, then }) => [when, then]);
    return [...parts, ...(otherwise === undefined ? [] : [otherwise])].flatMap(columnsOf);
  }
  const operands = [
    ...('left' in expression ? [expression.left, expression.right] : []),
    ...('arg' in expression ? [expression.arg] : []),
    ...('args' in expression ? expression.args : []),
    ...('list' in expression ? expression.list : []),
  ];
  return operands.flatMap(columnsOf);
}
