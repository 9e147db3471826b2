/**
 * Conditions as text: for messages, for golden files, and as a key. The text is stable (it changes only when the plan does),
 * leaves spans and the rule's own spelling of field names out, and two predicates with the same text mean the same.
 */
import type { Pattern } from '../data/pattern.ts';
import { patternText } from '../data/pattern.ts';
import type { Expression } from './expression.ts';
import { byKind } from './fold.ts';
import type { FieldRef, Predicate } from './predicate.ts';
import type { Test } from './test.ts';

const quoted = (text: string): string => JSON.stringify(text);
const listed = (texts: readonly string[]): string => texts.map(quoted).join(', ');
const globs = (patterns: readonly Pattern[]): string => listed(patterns.map(patternText));

/** A plain path as it stands, anything else quoted; a pattern after `like`, the root of a flattened field after `below`. */
export function printField(field: FieldRef): string {
  const { path } = field;
  const prefix = field.below === true ? 'below ' : '';
  if (typeof path !== 'string') return `${prefix}like ${quoted(patternText(path))}`;
  return prefix + (/^[\w@][\w@.-]*$/.test(path) ? path : quoted(path));
}

/** `text/ascii("a", "b")`, `numberOrder(gte 5, coerce)`. */
export const printTest = byKind<Test, string>({
  present: () => 'present',
  text: (t) => `text/${t.fold}(${listed(t.oneOf)})`,
  pattern: (t) => `pattern/${t.fold}(${globs(t.oneOf)})`,
  regexp: (t) => `regexp/${t.fold}(${listed(t.oneOf)})`,
  textOrder: (t) => `textOrder(${t.order} ${quoted(t.than)})`,
  number: (t) => `number/${t.strings}(${t.oneOf.join(', ')})`,
  numberOrder: (t) => `numberOrder/${t.strings}(${t.order} ${t.than})`,
  boolean: (t) => `boolean(${t.is})`,
  ip: (t) => `ip(${listed(t.blocks)})`,
  ipOrder: (t) => `ipOrder(${t.order} ${quoted(t.than)})`,
  dateOrder: (t) => `dateOrder(${t.order} ${quoted(t.than)})`,
  tokens: (t) => `tokens/${t.analyzer}/${t.mode}(${listed(t.tokens)})`,
  tokenPattern: (t) => `tokenPattern/${t.analyzer}(${globs(t.oneOf)})`,
  allOf: (t, go) => `allOf(${t.tests.map((test) => go(test)).join(', ')})`,
  anyOf: (t, go) => `anyOf(${t.tests.map((test) => go(test)).join(', ')})`,
});

const literal = (value: string | number | boolean | null | { readonly integer: string }): string =>
  typeof value === 'object' && value !== null ? `${value.integer}n` : JSON.stringify(value);

/** Operators as EQL writes them, every binary one in parentheses. */
export const printExpression = byKind<Expression, string>({
  literal: (e) => literal(e.value),
  field: (e) => `{${printField(e.field)}}`,
  call: (e, go) =>
    `${e.name}${e.insensitive === true ? '~' : ''}(${e.args.map((arg) => go(arg)).join(', ')})`,
  comparison: (e, go) => `(${go(e.left)} ${e.op} ${go(e.right)})`,
  passes: (e, go) => `(${go(e.arg)} passes ${printTest(e.test)})`,
  isNull: (e, go) => `(${go(e.arg)} is null)`,
  logic: (e, go) => `${e.op}(${e.args.map((arg) => go(arg)).join(', ')})`,
});

/** On one line: `and(event.action: text/exact("get"), not(exists user.name))`. */
export const printPredicate = byKind<Predicate, string>({
  and: (p, go) => `and(${p.args.map((arg) => go(arg)).join(', ')})`,
  or: (p, go) => `or(${p.args.map((arg) => go(arg)).join(', ')})`,
  not: (p, go) => `not(${go(p.arg)})`,
  some: (p) => `${printField(p.field)}: ${printTest(p.test)}`,
  exists: (p) => `exists ${printField(p.field)}`,
  nested: (p, go) => `nested(${quoted(p.path)}, ${go(p.arg)})`,
  compute: (p) => `compute ${printExpression(p.expression)}`,
});
