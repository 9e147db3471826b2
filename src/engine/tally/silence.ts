/**
 * Whether a condition can hold at all when some fields are never there. Missing fields make their leaf false and its
 * negation true; everything else is open, so the answer errs towards "can hold".
 */
import { functionOf } from '../../func/index.ts';
import type { Expression } from '../../plan/expression.ts';
import { byKind } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';

type Missing = ReadonlySet<string>;
/** Undefined: open. */
type Verdict = boolean | undefined;

export const cannotHold = (predicate: Predicate, missing: Missing): boolean =>
  verdict(predicate, missing) === false;

const verdict = byKind<Predicate, Verdict, [Missing]>({
  and: ({ args }, go, missing) =>
    decided(
      args.map((arg) => go(arg, missing)),
      false,
    ),
  or: ({ args }, go, missing) =>
    decided(
      args.map((arg) => go(arg, missing)),
      true,
    ),
  not: ({ arg }, go, missing) => negated(go(arg, missing)),
  some: ({ field }, _, missing) => (isMissing(field, missing) ? false : undefined),
  exists: ({ field }, _, missing) => (isMissing(field, missing) ? false : undefined),
  nested: ({ arg }, go, missing) => (go(arg, missing) === false ? false : undefined),
  compute: ({ expression }, _, missing) => (isNull(expression, missing) ? false : undefined),
});

/** `decisive` if some part is that; its opposite if every part is; else open. */
function decided(found: readonly Verdict[], decisive: boolean): Verdict {
  if (found.includes(decisive)) return decisive;
  return found.includes(undefined) ? undefined : !decisive;
}

const negated = (value: Verdict): Verdict => (value === undefined ? undefined : !value);

const isMissing = ({ path }: FieldRef, missing: Missing): boolean =>
  typeof path === 'string' && missing.has(path);

/** Null is not true, and a comparison or function of it is null again (eql §3.1). */
const isNull = byKind<Expression, boolean, [Missing]>({
  field: ({ field }, _, missing) => isMissing(field, missing),
  literal: ({ value }) => value === null,
  comparison: ({ left, right }, go, missing) => go(left, missing) || go(right, missing),
  passes: ({ arg }, go, missing) => go(arg, missing),
  call: ({ name, args }, go, missing) =>
    functionOf(name).onNull === 'null' && args.some((arg) => go(arg, missing)),
  isNull: () => false,
  logic: () => false,
});
