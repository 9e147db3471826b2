/**
 * A condition as words: "process.name is dpkg or rpm and process.args contains install". As much as fits is told, first
 * fewer values, then fewer conditions; what is left out is counted. For titles: the condition itself stands beside it.
 */
import type { Order } from '../../data/fold.ts';
import type { Pattern } from '../../data/pattern.ts';
import { literalOf, patternText } from '../../data/pattern.ts';
import type { Expression } from '../../plan/expression.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { RowExpression } from '../../plan/row.ts';
import type { Test } from '../../plan/test.ts';

type Verb =
  | 'is'
  | 'is there'
  | 'is in'
  | 'is like'
  | 'has'
  | 'has a word like'
  | 'contains'
  | 'begins with'
  | 'ends with'
  | 'matches'
  | 'is less than'
  | 'is at most'
  | 'is more than'
  | 'is at least';

/** What is asked of one field, or several such. */
export type Said =
  | { readonly kind: 'one'; readonly field: string; readonly verb: Verb; readonly values: readonly string[] }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Said[] }
  | { readonly kind: 'not'; readonly of: Said };

/** Undefined for what has no words here, such as calculations. */
export function sayPredicate(predicate: Predicate): Said | undefined {
  switch (predicate.kind) {
    case 'and':
      return together('all', predicate.args.map(sayPredicate));
    case 'or':
      return together('any', predicate.args.map(sayPredicate));
    case 'not':
      return negated(sayPredicate(predicate.arg));
    case 'nested':
      return sayPredicate(predicate.arg);
    case 'exists':
      return one(predicate.field.name, 'is there');
    case 'some':
      return sayTest(predicate.field.name, predicate.test);
    case 'compute':
      return sayExpression(predicate.expression);
  }
}

const one = (field: string, verb: Verb, values: readonly string[] = []): Said => ({
  kind: 'one',
  field,
  verb,
  values,
});

const negated = (of: Said | undefined): Said | undefined =>
  of === undefined ? undefined : of.kind === 'not' ? of.of : { kind: 'not', of };

const orders: Readonly<Record<Order, Verb>> = {
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
};

function sayTest(field: string, test: Test): Said | undefined {
  switch (test.kind) {
    case 'present':
      return one(field, 'is there');
    case 'text':
      return one(field, 'is', test.oneOf.map(quotedIfOdd));
    case 'pattern':
      return sayPatterns(field, test.oneOf);
    case 'tokenPattern':
      return one(field, 'has a word like', test.oneOf.map(patternText));
    case 'regexp':
      return one(field, 'matches', test.oneOf);
    case 'number':
      return one(field, 'is', test.oneOf);
    case 'boolean':
      return one(field, 'is', [String(test.is)]);
    case 'ip':
      return one(field, test.blocks.every(isAddress) ? 'is' : 'is in', test.blocks);
    case 'textOrder':
    case 'numberOrder':
    case 'ipOrder':
    case 'dateOrder':
      return one(field, orders[test.order], [test.than]);
    case 'tokens':
      return one(field, 'has', test.mode === 'phrase' ? [test.tokens.join(' ')] : test.tokens);
    case 'anyOf':
      return sayTest(field, test.tests[0] ?? { kind: 'present' });
    case 'allOf':
      return together(
        'all',
        test.tests.map((own) => sayTest(field, own)),
      );
  }
}

const isAddress = (block: string): boolean => !block.includes('/');

const quotedIfOdd = (text: string): string => (text.trim() === '' ? `“${text}”` : text);

/** Words for the shape that all patterns have; `*` and `?` as they are for others. */
function sayPatterns(field: string, patterns: readonly Pattern[]): Said {
  const shapes = patterns.map(shapeOf);
  const verb = shapes[0]?.verb ?? 'is like';
  if (verb !== 'is like' && shapes.every((shape) => shape.verb === verb))
    return one(
      field,
      verb,
      shapes.map(({ text }) => quotedIfOdd(text)),
    );
  return one(field, 'is like', patterns.map(plainGlob));
}

/** Without the backslashes before what is literal: a title is not to be compiled. */
const plainGlob = (pattern: Pattern): string =>
  literalOf(pattern) ?? patternText(pattern).replaceAll('\\\\', '\\');

function shapeOf(pattern: Pattern): { readonly verb: Verb; readonly text: string } {
  const isMany = (part: Pattern[number] | undefined): boolean =>
    typeof part === 'object' && part.any === 'many';
  const [opens, closes] = [isMany(pattern[0]), isMany(pattern.at(-1))];
  const inner = literalOf(pattern.slice(opens ? 1 : 0, closes ? -1 : undefined));
  if (inner === undefined || inner === '') return { verb: 'is like', text: '' };
  const verb = opens && closes ? 'contains' : opens ? 'ends with' : closes ? 'begins with' : 'is';
  return { verb, text: inner };
}

/** A comparison of a field with something constant; calculations have no words. */
function sayExpression(expression: Expression): Said | undefined {
  switch (expression.kind) {
    case 'logic':
      return expression.op === 'not'
        ? negated(expression.args[0] === undefined ? undefined : sayExpression(expression.args[0]))
        : together(expression.op === 'and' ? 'all' : 'any', expression.args.map(sayExpression));
    case 'passes':
      return expression.arg.kind === 'field'
        ? sayTest(expression.arg.field.name, expression.test)
        : undefined;
    case 'comparison': {
      const { left, op, right } = expression;
      if (left.kind !== 'field') return undefined;
      const value =
        right.kind === 'field'
          ? right.field.name
          : right.kind === 'literal'
            ? atomText(right.value)
            : undefined;
      return value === undefined ? undefined : compared(left.field.name, op, value);
    }
    default:
      return undefined;
  }
}

const atomText = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'integer' in value ? String(value.integer) : String(value);

function compared(field: string, op: 'eq' | 'neq' | Order, value: string): Said {
  if (op === 'neq') return { kind: 'not', of: one(field, 'is', [quotedIfOdd(value)]) };
  return one(field, op === 'eq' ? 'is' : orders[op], [quotedIfOdd(value)]);
}

/** The same for a condition on rows. */
export function sayRow(expression: RowExpression): Said | undefined {
  switch (expression.kind) {
    case 'and':
      return together('all', expression.args.map(sayRow));
    case 'or':
      return together('any', expression.args.map(sayRow));
    case 'not':
      return negated(sayRow(expression.arg));
    case 'document':
      return sayPredicate(expression.where);
    case 'isNull':
      return inColumn(expression.arg, (field) => ({ kind: 'not', of: one(field, 'is there') }));
    case 'like':
      return inColumn(expression.arg, (field) => sayPatterns(field, expression.patterns));
    case 'rlike':
      return inColumn(expression.arg, (field) => one(field, 'matches', expression.patterns));
    case 'in':
      return inColumn(expression.arg, (field) => {
        const values = expression.list.map(constantText);
        return values.every((value) => value !== undefined) ? one(field, 'is', values) : undefined;
      });
    case 'compare':
      return inColumn(expression.left, (field) => {
        const value = constantText(expression.right);
        return value === undefined ? undefined : compared(field, expression.op, value);
      });
    default:
      return undefined;
  }
}

const inColumn = (arg: RowExpression, say: (field: string) => Said | undefined): Said | undefined =>
  arg.kind === 'column' ? say(arg.name) : isTransparent(arg) ? inColumn(operandOf(arg), say) : undefined;

/** What asks about the same value in another type. */
const isTransparent = (arg: RowExpression): boolean =>
  arg.kind === 'widen' || (arg.kind === 'call' && /^to_(string|ip|lower|upper)$/i.test(arg.name));

const operandOf = (arg: RowExpression): RowExpression =>
  arg.kind === 'widen' ? arg.arg : arg.kind === 'call' ? (arg.args[0] ?? arg) : arg;

function constantText(expression: RowExpression): string | undefined {
  if (expression.kind === 'widen') return constantText(expression.arg);
  if (expression.kind === 'column') return expression.name;
  return expression.kind === 'constant' && !Array.isArray(expression.value)
    ? atomText(expression.value)
    : undefined;
}

/** Alternatives for one field are one condition with several values; nothing is said when a part cannot be. */
function together(kind: 'all' | 'any', parts: readonly (Said | undefined)[]): Said | undefined {
  const said: Said[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    const both = kind === 'any' ? merged(said.at(-1), part) : undefined;
    if (part.kind === kind) said.push(...part.parts);
    else if (both === undefined) said.push(part);
    else said[said.length - 1] = both;
  }
  return said.length === 1 ? said[0] : { kind, parts: said };
}

type One = Extract<Said, { readonly kind: 'one' }>;

/** The two as one condition, when they ask the same of one field. */
const merged = (a: Said | undefined, b: Said): One | undefined =>
  a?.kind === 'one' && b.kind === 'one' && a.field === b.field && a.verb === b.verb && b.values.length > 0
    ? { ...a, values: [...a.values, ...b.values] }
    : undefined;

interface Detail {
  /** Of one condition. */
  readonly values: number;
  /** Conditions of one group. */
  readonly parts: number;
  /** Characters of one value; of a longer one the beginning and the end are shown, which is where names of files are. */
  readonly letters: number;
}

/** The first that is short enough counts. */
const DETAILS: readonly Detail[] = [
  { values: 9, parts: 9, letters: 60 },
  { values: 4, parts: 9, letters: 60 },
  { values: 3, parts: 4, letters: 60 },
  { values: 2, parts: 4, letters: 60 },
  { values: 1, parts: 4, letters: 60 },
  { values: 2, parts: 2, letters: 24 },
  { values: 1, parts: 2, letters: 32 },
  { values: 1, parts: 2, letters: 24 },
  { values: 1, parts: 1, letters: 32 },
  { values: 1, parts: 1, letters: 20 },
];

/** At most `widest` characters; undefined when even the first condition needs more. */
export function wordsOfClause(said: Said, widest: number): string | undefined {
  for (const detail of DETAILS) {
    const text = written(said, detail, false).trim();
    if (text.length <= widest) return text;
  }
  return firstOnly(said, widest);
}

/** The first condition and how many more there are, of a field whose name may lose its beginning. */
function firstOnly(said: Said, widest: number): string | undefined {
  const [first, ...others] = conditionsIn(said, false);
  if (first === undefined) return undefined;
  const more =
    others.length === 0 ? '' : ` with ${others.length} more condition${others.length === 1 ? '' : 's'}`;
  const short = { ...first.condition, field: first.condition.field.split('.').slice(-2).join('.') };
  const texts = [first.condition, short].flatMap((condition) =>
    [32, 20].map(
      (letters) => `${writtenOne(condition, { values: 1, parts: 1, letters }, first.isNegated)}${more}`,
    ),
  );
  return texts.find((text) => text.length <= widest);
}

interface Condition {
  readonly condition: One;
  readonly isNegated: boolean;
}

function conditionsIn(said: Said, isNegated: boolean): Condition[] {
  if (said.kind === 'one') return [{ condition: said, isNegated }];
  return said.kind === 'not'
    ? conditionsIn(said.of, !isNegated)
    : said.parts.flatMap((part) => conditionsIn(part, isNegated));
}

function written(said: Said, detail: Detail, inGroup: boolean): string {
  if (said.kind === 'one') return writtenOne(said, detail, false);
  if (said.kind === 'not')
    return said.of.kind === 'one'
      ? writtenOne(said.of, detail, true)
      : `not (${written(said.of, detail, false)})`;
  const shown = said.parts.slice(0, detail.parts).map((part) => written(part, detail, true));
  const left = said.parts.length - shown.length;
  const rest = left === 0 ? [] : [left === 1 ? 'one more condition' : `${left} more conditions`];
  const text = [...shown, ...rest].join(said.kind === 'all' ? ' and ' : ' or ');
  return inGroup ? `(${text})` : text;
}

function writtenOne({ field, verb, values }: One, detail: Detail, isNegated: boolean): string {
  const question = isNegated ? negations[verb] : verb;
  if (values.length === 0) return `${field} ${question}`;
  const shown = values.slice(0, detail.values).map((value) => elided(value, detail.letters));
  const left = values.length - shown.length;
  const all = left === 0 ? shown : [...shown, left === 1 ? 'one other' : `${left} others`];
  const last = all.at(-1) ?? '';
  return `${field} ${question} ${all.length === 1 ? last : `${all.slice(0, -1).join(', ')} or ${last}`}`;
}

/** More of the end than of the beginning, with a sign between them. */
function elided(value: string, letters: number): string {
  const line = value.replace(/\s+/g, ' ');
  if (line.length <= letters) return line;
  const end = Math.floor((letters - 1) * 0.6);
  return `${line.slice(0, letters - 1 - end)}…${line.slice(-end)}`;
}

const negations: Readonly<Record<Verb, string>> = {
  is: 'is not',
  'is there': 'is not there',
  'is in': 'is not in',
  'is like': 'is not like',
  has: 'has not',
  'has a word like': 'has no word like',
  contains: 'does not contain',
  'begins with': 'does not begin with',
  'ends with': 'does not end with',
  matches: 'does not match',
  'is less than': 'is not less than',
  'is at most': 'is not at most',
  'is more than': 'is not more than',
  'is at least': 'is not at least',
};
