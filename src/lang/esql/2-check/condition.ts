import type { RowExpression } from '../../../plan/row.ts';
import type { Expression } from '../1-parse/ast.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { suppose, typeName } from './unify.ts';

/** An expression that is true or false. */
export function checkCondition(e: Expression, context: Context): RowExpression {
  const condition = context.check(e, context);
  if (condition.type === 'boolean' || condition.type === 'null' || suppose(condition, 'boolean', context))
    return condition;
  context.report.say(
    'ESQL210',
    `a condition is needed, and this is ${typeName(condition.type)}`,
    e.span,
    'compare it with something',
  );
  return broken(e.span);
}
