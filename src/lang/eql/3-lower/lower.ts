import type { FieldTypes } from '../../../data/field-type.ts';
import type { KeyPart, Plan, Step } from '../../../plan/plan.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { CompileOptions } from '../../kit/language.ts';
import type * as ast from '../1-parse/ast.ts';
import { MILLISECONDS } from '../1-parse/quantity.ts';
import { fieldRef } from './expression.ts';
import { lowerCondition } from './predicate.ts';
import { equalsAny } from '../leaf.ts';

const CATEGORY = 'event.category';

/** The plan of a query that the check let pass (eql §2, §3, §6). */
export function lowerQuery(query: ast.Query, options: CompileOptions): Plan {
  const pipes = query.pipes.map(({ kind, count }) => ({ kind, count }));
  if (query.kind === 'event') return { kind: 'filter', where: where(query.event, options), pipes };
  const step = (item: ast.Item): Step => lowerItem(item, query.by, options);
  const steps = query.items.flatMap((item) => Array<Step>(item.runs?.value ?? 1).fill(step(item)));
  if (query.kind === 'sample') return { kind: 'sample', steps, pipes };
  return {
    kind: 'sequence',
    steps,
    ...(query.until === undefined ? {} : { until: step(query.until) }),
    ...(query.maxspan === undefined
      ? {}
      : { maxspan: query.maxspan.count * MILLISECONDS[query.maxspan.unit] }),
    pipes,
  };
}

function lowerItem(item: ast.Item, shared: readonly ast.Field[], options: CompileOptions): Step {
  return {
    where: where(item.event, options),
    key: [...shared, ...item.by].map((field) => keyPart(field, options.types)),
    absent: item.absent,
    span: item.span,
  };
}

const keyPart = ({ name, optional }: ast.Field, types: FieldTypes): KeyPart => ({
  field: fieldRef(types.resolve(name)),
  optional,
});

/** `process where C`: the category is one of the event's, in exactly this case, and C; `any where C`: only C. */
function where({ category, condition, span }: ast.Event, options: CompileOptions): Predicate {
  const asked = lowerCondition(condition, options.types);
  if (category.name === undefined) return asked;
  const info = options.types.resolve(options.eventCategoryField ?? CATEGORY);
  const test = equalsAny(info, [category.name], false) ?? { kind: 'anyOf', tests: [] };
  return {
    kind: 'and',
    args: [{ kind: 'some', field: fieldRef(info), test, span: category.span }, asked],
    span,
  };
}
