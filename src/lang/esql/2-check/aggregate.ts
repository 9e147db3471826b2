/** Aggregates inside STATS and INLINE STATS (esql §2.4). */
import type { AggregateDefinition, AggregateName } from '../../../func/esql/index.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type { Call } from '../1-parse/ast.ts';
import { checkArguments } from './arguments.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';

/** The column that will hold the aggregate's result. */
export function checkAggregate(e: Call, definition: AggregateDefinition, context: Context): RowExpression {
  const { aggregates } = context;
  if (aggregates === undefined) {
    const hint =
      context.inAggregate === true
        ? 'compute the inner one in a STATS of its own'
        : 'compute it with STATS first';
    context.report.say(
      'ESQL208',
      `${definition.name} is an aggregate and cannot stand here`,
      e.nameSpan,
      hint,
    );
    return broken(e.span);
  }
  const checked = checkArguments(e, definition, insideAggregate(context));
  if (checked === undefined) return broken(e.span);
  return aggregates.collect({ name: definition.name as AggregateName, ...checked, span: e.span });
}

/** No other aggregate may stand among the arguments, and any column may. */
function insideAggregate(context: Context): Context {
  const inner: { -readonly [K in keyof Context]: Context[K] } = { ...context, inAggregate: true };
  delete inner.aggregates;
  return inner;
}
