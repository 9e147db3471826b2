/**
 * Why a predicate holds for one event or does not: every clause with its verdict and the values that it saw. The
 * verdicts are the interpreter's own.
 */
import type { Span } from '../../base/span.ts';
import type { JsonObject, Scalar } from '../../data/document.ts';
import { objectsAt } from '../../data/document.ts';
import { byKind, fieldKey, occurrencesOf } from '../../plan/fold.ts';
import type { FieldRef, Predicate, PredicateKind } from '../../plan/predicate.ts';
import { printExpression, printPredicate } from '../../plan/print.ts';
import type { Environment } from '../environment.ts';
import { fieldValues, interpret, scope } from '../interpret/index.ts';
import { asUndecided } from '../undecided.ts';
import { wantedByTest } from './words.ts';

export type Verdict = 'held' | 'failed' | 'undecided';

/** What an event has at a field. */
export interface Seen {
  /** As the rule writes it. */
  readonly field: string;
  /** The first few. */
  readonly values: readonly Scalar[];
  /** Of all values; for a nested field, of its objects. */
  readonly count: number;
}

export interface Explanation {
  readonly kind: PredicateKind;
  readonly verdict: Verdict;
  /** Where the clause stands in the query; absent for one that the query does not write out. */
  readonly span?: Span;
  /** The clause as the printer writes it: for clauses without a span. */
  readonly text: string;
  /** What the clause asks for, in words; of `and`, `or` and `not` too. */
  readonly wanted: string;
  readonly seen: readonly Seen[];
  /** The members; of a nested clause, its condition on the object that came nearest. */
  readonly children: readonly Explanation[];
  /** The limit that was met, of a clause that could not be decided. */
  readonly limit?: string;
}

const MOST_VALUES = 3;

export const explain: (predicate: Predicate, document: JsonObject, env: Environment) => Explanation = byKind<
  Predicate,
  Explanation,
  [JsonObject, Environment]
>({
  and: (p, go, document, env) =>
    clause(
      p,
      document,
      env,
      'all of these',
      [],
      p.args.map((arg) => go(arg, document, env)),
    ),
  or: (p, go, document, env) =>
    clause(
      p,
      document,
      env,
      'any of these',
      [],
      p.args.map((arg) => go(arg, document, env)),
    ),
  not: (p, go, document, env) => clause(p, document, env, 'not this', [], [go(p.arg, document, env)]),
  some: (p, _, document, env) => clause(p, document, env, wantedByTest(p.test), [see(document, p.field)]),
  exists: (p, _, document, env) => clause(p, document, env, 'any value', [see(document, p.field, true)]),
  nested: (p, go, document, env) => {
    const objects = objectsAt(document, p.path);
    const inside = objects.map((object) => go(p.arg, scope(p.path, object), env));
    const seen = { field: p.path, values: [], count: objects.length };
    return clause(p, document, env, 'one object with all of this', [seen], nearest(inside));
  },
  compute: (p, _, document, env) => {
    const fields = new Map(occurrencesOf(p.expression).map((field) => [fieldKey(field), field]));
    const seen = [...fields.values()].map((field) => see(document, field));
    return clause(p, document, env, `true for ${printExpression(p.expression)}`, seen);
  },
});

function clause(
  predicate: Predicate,
  document: JsonObject,
  env: Environment,
  wanted: string,
  seen: readonly Seen[],
  children: readonly Explanation[] = [],
): Explanation {
  return {
    kind: predicate.kind,
    ...judge(predicate, document, env),
    ...(predicate.span === undefined ? {} : { span: predicate.span }),
    text: printPredicate(predicate),
    wanted,
    seen,
    children,
  };
}

function judge(
  predicate: Predicate,
  document: JsonObject,
  env: Environment,
): { verdict: Verdict; limit?: string } {
  try {
    return { verdict: interpret(predicate, document, env) ? 'held' : 'failed' };
  } catch (error) {
    return { verdict: 'undecided', limit: asUndecided(error).limit };
  }
}

/** `exists` looks below objects too. */
function see(document: JsonObject, field: FieldRef, below = false): Seen {
  const values = fieldValues(document, below ? { ...field, below } : field);
  return { field: field.name, values: values.slice(0, MOST_VALUES), count: values.length };
}

/** The first object that satisfies the condition, else the one with the fewest clauses in the way. */
function nearest(inside: readonly Explanation[]): readonly Explanation[] {
  const ranked = inside.map((explanation) => ({ explanation, distance: blame(explanation).length }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance);
  return best === undefined ? [] : [best.explanation];
}

/**
 * The smallest set of clauses that would have to turn out differently for the predicate to hold; empty when it holds.
 * Where several members of an `or` are equally near, the `or` itself stands for them.
 */
export const blame = (explanation: Explanation): readonly Explanation[] =>
  obstacles(explanation, true).clauses;

interface Obstacles {
  readonly cost: number;
  readonly clauses: readonly Explanation[];
}

const NONE: Obstacles = { cost: 0, clauses: [] };

function obstacles(explanation: Explanation, shouldHold: boolean): Obstacles {
  const { kind, verdict, children } = explanation;
  if (verdict === (shouldHold ? 'held' : 'failed')) return NONE;
  const [first] = children;
  if (kind === 'not' && first !== undefined) return obstacles(first, !shouldHold);
  if (first === undefined || (kind !== 'and' && kind !== 'or')) return { cost: 1, clauses: [explanation] };
  const parts = children.map((child) => obstacles(child, shouldHold));
  return (kind === 'and') === shouldHold ? together(parts) : cheapest(parts, explanation);
}

const together = (parts: readonly Obstacles[]): Obstacles => ({
  cost: parts.reduce((sum, part) => sum + part.cost, 0),
  clauses: parts.flatMap((part) => part.clauses),
});

function cheapest(parts: readonly Obstacles[], whole: Explanation): Obstacles {
  const cost = Math.min(...parts.map((part) => part.cost));
  const [best = NONE, ...others] = parts.filter((part) => part.cost === cost);
  return others.length === 0 ? best : { cost, clauses: [whole] };
}
