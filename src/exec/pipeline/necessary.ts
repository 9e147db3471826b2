/**
 * What an event must fulfil to become a row at all: asked of every event together with the conditions of other rules, so
 * that a pipeline looks only at what can pass its first WHEREs. It can only let too much through:
 *
 * - A condition is true or false, and not null, only if every column that it reads strictly has a value.
 * - That a field equals or is like a text, in lower case or as it stands, means that some value of it does; that it does
 *   not, and is not null, means that no value does: a row has one value there, and the field no other ones.
 * - Logic carries over both ways. A column that EVAL has set stands for its expression over the columns from before.
 * - Everything else is taken to be possible: columns out of GROK or a table, numbers, whose conversion is not the test's.
 */
import type { Fold } from '../../data/fold.ts';
import { fold, foldPattern } from '../../data/fold.ts';
import type { Pattern } from '../../data/pattern.ts';
import { MANY } from '../../data/pattern.ts';
import type { ScalarDefinition } from '../../func/esql/index.ts';
import { esqlFunction } from '../../func/esql/index.ts';
import { byKind } from '../../plan/fold.ts';
import type { FieldColumn, Operator, Pipeline } from '../../plan/pipeline.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Compare, FunctionCall, RowExpression } from '../../plan/row.ts';
import type { Test } from '../../plan/test.ts';
import { isRowLocal, setBy } from './reads.ts';

/** What a column of a row stands for. */
interface Binding {
  readonly from: FieldColumn | Defined;
  /** False once only some of the values stand in the row. */
  readonly whole: boolean;
}

interface Defined {
  readonly from: 'expression';
  readonly value: RowExpression;
  /** What its own columns stand for. */
  readonly scope: Scope;
}

type Scope = ReadonlyMap<string, Binding>;

const POSSIBLE: Predicate = { kind: 'and', args: [] };

/** Definitions that are looked through for one pipeline: each may name earlier ones several times. */
const MOST_DEFINITIONS = 500;

/** Never fails: at worst it lets every event through. */
export function necessaryCondition({ operators }: Pipeline): Predicate {
  const [source] = operators;
  if (source?.kind !== 'source') return { kind: 'or', args: [] };
  const args: Predicate[] = source.where === undefined ? [] : [source.where];
  const conditions = new Conditions();
  let scope: Scope = new Map(
    source.columns.flatMap((column) =>
      column.from === 'field' ? [[column.name, { from: column, whole: true }]] : [],
    ),
  );
  for (const operator of operators.slice(1)) {
    if (operator.kind === 'where') args.push(conditions.when(operator.condition, scope, true));
    if (!isRowLocal(operator)) break;
    scope = behind(scope, operator);
  }
  return { kind: 'and', args: args.filter((arg) => arg !== POSSIBLE) };
}

/** What columns stand for behind the operator. */
function behind(scope: Scope, operator: Operator): Scope {
  const left = new Map(scope);
  if (operator.kind === 'eval') {
    for (const { name, value } of operator.columns) {
      const before: Scope = new Map(left);
      left.set(name, { from: { from: 'expression', value, scope: before }, whole: true });
    }
    return left;
  }
  for (const name of setBy(operator)) left.delete(name);
  if (operator.kind === 'rename')
    for (const { from, to } of operator.columns) copy(scope.get(from), to, left);
  if (operator.kind === 'mvExpand') {
    const expanded = scope.get(operator.column);
    if (expanded !== undefined) left.set(operator.column, { ...expanded, whole: false });
  }
  return left;
}

function copy(binding: Binding | undefined, name: string, scope: Map<string, Binding>): void {
  if (binding !== undefined) scope.set(name, binding);
}

/** A field as text, and whether the row has all that the event has of it. */
interface Subject {
  readonly field: FieldRef;
  readonly fold: Fold;
  readonly whole: boolean;
}

class Conditions {
  #left = MOST_DEFINITIONS;

  /** What holds of an event whenever the condition is true of its row, or with `truth` false, whenever it is false. */
  when(condition: RowExpression, scope: Scope, truth: boolean): Predicate {
    switch (condition.kind) {
      case 'and':
      case 'or':
        return {
          kind: (condition.kind === 'and') === truth ? 'and' : 'or',
          args: condition.args.map((arg) => this.when(arg, scope, truth)),
        };
      case 'not':
        return this.when(condition.arg, scope, !truth);
      case 'isNull':
        return truth ? this.#absent(condition.arg, scope) : this.#present(condition.arg, scope);
      case 'document':
        return truth ? condition.where : { kind: 'not', arg: condition.where };
      case 'fuzzy':
        return truth ? { kind: 'exists', field: condition.field } : POSSIBLE;
      case 'column':
        return this.#flag(condition.name, scope, truth) ?? this.#present(condition, scope);
      default:
        return this.#ofText(condition, scope, truth) ?? this.#present(condition, scope);
    }
  }

  /** A column that holds the outcome of a condition. */
  #flag(name: string, scope: Scope, truth: boolean): Predicate | undefined {
    const binding = scope.get(name);
    if (binding?.from.from !== 'expression' || !binding.whole || this.#left-- <= 0) return undefined;
    return this.when(binding.from.value, binding.from.scope, truth);
  }

  #absent(expression: RowExpression, scope: Scope): Predicate {
    const subject = this.#subject(expression, scope);
    if (subject === undefined) return POSSIBLE;
    return { kind: 'not', arg: { kind: 'some', field: subject.field, test: { kind: 'present' } } };
  }

  #ofText(condition: RowExpression, scope: Scope, truth: boolean): Predicate | undefined {
    const asked = askedOf(condition);
    const subject = asked && this.#subject(asked.of, scope);
    if (asked === undefined || subject === undefined) return undefined;
    const test = asked.test(subject.fold);
    if (test === undefined) return undefined;
    const some: Predicate = { kind: 'some', field: subject.field, test };
    if (truth !== (asked.negated ?? false)) return some;
    const exists = this.#present(condition, scope);
    return subject.whole && isFolded(test)
      ? { kind: 'and', args: [exists, { kind: 'not', arg: some }] }
      : exists;
  }

  /** Undefined for what is more than a field. */
  #subject(expression: RowExpression, scope: Scope): Subject | undefined {
    if (expression.kind === 'call' && expression.name === 'TO_LOWER') {
      const [arg] = expression.args;
      const subject = arg && this.#subject(arg, scope);
      return subject && { ...subject, fold: 'lower' };
    }
    const binding = expression.kind === 'column' ? scope.get(expression.name) : undefined;
    if (binding === undefined || this.#left-- <= 0) return undefined;
    const { from, whole } = binding;
    if (from.from === 'expression') {
      const subject = this.#subject(from.value, from.scope);
      return subject && { ...subject, whole: subject.whole && whole };
    }
    if (from.type !== 'keyword') return undefined;
    return { field: from.field, fold: from.lowercase === true ? 'lower' : 'exact', whole };
  }

  #present(expression: RowExpression, scope: Scope): Predicate {
    const fields = new Map<string, FieldRef>();
    this.#collect(expression, scope, fields);
    if (fields.size === 0) return POSSIBLE;
    return { kind: 'and', args: Array.from(fields.values(), (field) => ({ kind: 'exists', field })) };
  }

  /** The fields without which the expression is null, or what is asked of it is not true. */
  #collect(expression: RowExpression, scope: Scope, fields: Map<string, FieldRef>): void {
    for (const name of strictColumns(expression)) {
      const from = scope.get(name)?.from;
      if (from?.from === 'field') fields.set(from.name, from.field);
      else if (from !== undefined && this.#left-- > 0) this.#collect(from.value, from.scope, fields);
    }
  }
}

/** What a condition asks of the text of its operand. */
interface Asked {
  readonly of: RowExpression;
  /** Undefined when no test says the same. */
  readonly test: (how: Fold) => Test | undefined;
  readonly negated?: boolean;
}

function askedOf(condition: RowExpression): Asked | undefined {
  switch (condition.kind) {
    case 'compare':
      return comparison(condition);
    case 'in':
      return texts(condition.arg, condition.list);
    case 'like':
      return {
        of: condition.arg,
        test: (how) => ({ kind: 'pattern', oneOf: condition.patterns, fold: how }),
      };
    case 'rlike':
      return { of: condition.arg, test: (how) => regexp(condition.patterns, how) };
    case 'call':
      return partOf(condition);
    default:
      return undefined;
  }
}

function comparison({ op, left, right }: Compare): Asked | undefined {
  if (op !== 'eq' && op !== 'neq') return undefined;
  const asked = left.kind === 'constant' ? texts(right, [left]) : texts(left, [right]);
  return asked && { ...asked, negated: op === 'neq' };
}

function texts(of: RowExpression, members: readonly RowExpression[]): Asked | undefined {
  const oneOf = members.flatMap((member) => textOf(member) ?? []);
  if (oneOf.length < members.length) return undefined;
  return { of, test: (how) => ({ kind: 'text', oneOf, fold: how }) };
}

const textOf = (expression: RowExpression | undefined): string | undefined =>
  expression?.kind === 'constant' && expression.type === 'keyword' && typeof expression.value === 'string'
    ? expression.value
    : undefined;

/** Operators that are not all of Lucene's queries, or mean intersections and complements, are left alone. */
const OPTIONAL_SYNTAX = /[&~@<#"]/;

const regexp = (patterns: readonly string[], how: Fold): Test | undefined =>
  how !== 'exact' || patterns.some((pattern) => OPTIONAL_SYNTAX.test(pattern))
    ? undefined
    : { kind: 'regexp', oneOf: patterns, fold: 'exact' };

const PLACES: ReadonlyMap<string, (part: string) => Pattern> = new Map([
  ['STARTS_WITH', (part) => [part, MANY]],
  ['ENDS_WITH', (part) => [MANY, part]],
  ['CONTAINS', (part) => [MANY, part, MANY]],
]);

function partOf({ name, args: [of, part] }: FunctionCall): Asked | undefined {
  const text = textOf(part);
  const pattern = text === undefined ? undefined : PLACES.get(name)?.(text);
  if (of === undefined || pattern === undefined || !text?.isWellFormed()) return undefined;
  return { of, test: (how) => ({ kind: 'pattern', oneOf: [pattern], fold: how }) };
}

/** Whether folding changes nothing in what the test looks for: only then it fails where the condition does. */
function isFolded(test: Test): boolean {
  if (test.kind === 'text') return test.oneOf.every((text) => fold(text, test.fold) === text);
  if (test.kind !== 'pattern') return test.kind === 'regexp';
  return test.oneOf.every(
    (pattern) => JSON.stringify(foldPattern(pattern, test.fold)) === JSON.stringify(pattern),
  );
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
