/**
 * Walks over the nodes of a plan by a table with one entry for each kind. A kind that is added to a node type fails to
 * compile until every table knows it, so no pass can forget one.
 */
import type { Expression } from './expression.ts';
import type { FieldRef, Predicate } from './predicate.ts';

interface Kinded {
  readonly kind: string;
}
type Of<N extends Kinded, K extends N['kind']> = Extract<N, { readonly kind: K }>;

/** One handler for each kind of `N`; `go` handles a child. `A` are further arguments that are handed down. */
export type Table<N extends Kinded, R, A extends readonly unknown[] = []> = {
  readonly [K in N['kind']]: (node: Of<N, K>, go: (child: N, ...rest: A) => R, ...rest: A) => R;
};

/** The function that handles a node by its table entry: `byKind<Predicate, string>({ and: … })`. */
export function byKind<N extends Kinded, R, A extends readonly unknown[] = []>(
  table: Table<N, R, A>,
): (node: N, ...rest: A) => R {
  type Handler = (node: N, go: (child: N, ...rest: A) => R, ...rest: A) => R;
  const handlers = table as unknown as Readonly<Record<string, Handler>>;
  const go = (node: N, ...rest: A): R => {
    const handler = handlers[node.kind];
    if (handler === undefined) throw new Error(`No handler for the plan node "${node.kind}".`);
    return handler(node, go, ...rest);
  };
  return go;
}

/** Every occurrence of a field in an expression, in the order in which it is written. */
export const occurrencesOf = byKind<Expression, readonly FieldRef[]>({
  literal: () => [],
  field: (e) => [e.field],
  call: (e, go) => e.args.flatMap((arg) => go(arg)),
  comparison: (e, go) => [...go(e.left), ...go(e.right)],
  passes: (e, go) => go(e.arg),
  isNull: (e, go) => go(e.arg),
  logic: (e, go) => e.args.flatMap((arg) => go(arg)),
});

const everyField = byKind<Predicate, readonly FieldRef[]>({
  and: (p, go) => p.args.flatMap((arg) => go(arg)),
  or: (p, go) => p.args.flatMap((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => [p.field],
  exists: (p) => [p.field],
  nested: (p, go) => go(p.arg),
  compute: (p) => occurrencesOf(p.expression),
});

/** The fields that a predicate reads, each path once, in the order in which they are written. */
export function fieldsOf(predicate: Predicate): FieldRef[] {
  const byPath = new Map<string, FieldRef>();
  for (const field of everyField(predicate)) {
    const key = fieldKey(field);
    if (!byPath.has(key)) byPath.set(key, field);
  }
  return [...byPath.values()];
}

/** Equal for fields that read the same values, whatever the rule calls them. */
export const fieldKey = ({ path, below }: FieldRef): string =>
  typeof path === 'string'
    ? `${below === true ? 'below' : 'at'} ${path}`
    : JSON.stringify([path, below === true]);
