/** Questions to the event itself, not to the row: `KQL("…")`, MATCH and `:` (esql §2.5). */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import type { Source } from '../../../base/source.ts';
import { embedded } from '../../../base/source.ts';
import type { Span } from '../../../base/span.ts';
import { didYouMean } from '../../../base/typo.ts';
import { tokenize } from '../../../data/tokens.ts';
import type { FieldInfo } from '../../../data/field-type.ts';
import { byKind } from '../../../plan/fold.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import type { FuzzyMatch, RowExpression } from '../../../plan/row.ts';
import { askField } from '../../kit/field.ts';
import { kql } from '../../kql/index.ts';
import type { Call, Expression, Name, Option, Search, Text } from '../1-parse/ast.ts';
import { offsetInside } from '../1-parse/text.ts';
import { column } from './column.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';

const test = (where: Predicate, span: Span): RowExpression => ({
  kind: 'document',
  type: 'boolean',
  where,
  span,
});

/** Reported, where such a question may not stand. */
function refused(what: string, because: string | undefined, span: Span, { report }: Context): boolean {
  if (because === undefined) return false;
  const hint = 'move it into a WHERE directly behind FROM';
  report.say('ESQL212', `${what} cannot stand here: ${because}`, span, hint);
  return true;
}

/** `field : "text"`. */
export function checkSearch({ field, value, span }: Search, context: Context): RowExpression {
  if (refused('":"', context.noMatch, span, context)) return broken(span);
  return match(field, value, {}, span, context);
}

/** `MATCH(field, "text", { … })`; a cast of the field does not change what is searched. */
export function checkMatch({ args, options = [], span }: Call, context: Context): RowExpression {
  if (refused('MATCH', context.noMatch, span, context)) return broken(span);
  const [first, value] = args;
  const field = first?.kind === 'cast' ? first.arg : first;
  if (field?.kind !== 'name' || value === undefined || args.length > 2) {
    context.report.say(
      'ESQL203',
      'MATCH takes a field, a value and options',
      span,
      'write MATCH(field, "text")',
    );
    return broken(span);
  }
  return match(field, value, matchOptions(options, context), span, context);
}

interface MatchOptions {
  readonly edits?: FuzzyMatch['edits'];
  readonly operator?: 'and' | 'or';
}

/** Those that change a score, or how much work is done, change no answer. */
const WITHOUT_EFFECT = ['boost', 'max_expansions', 'lenient'];
const MATCH_OPTIONS = ['fuzziness', 'operator', ...WITHOUT_EFFECT];

function matchOptions(options: readonly Option[], context: Context): MatchOptions {
  let read: MatchOptions = {};
  for (const option of options) {
    const value = optionText(option.value);
    if (option.key === 'fuzziness' && /^[012]$/.test(value))
      read = { ...read, edits: Number(value) as 0 | 1 | 2 };
    else if (option.key === 'fuzziness' && value.toLowerCase() === 'auto') read = { ...read, edits: 'auto' };
    else if (option.key === 'operator' && /^(and|or)$/i.test(value))
      read = { ...read, operator: value.toLowerCase() as 'and' | 'or' };
    else if (!WITHOUT_EFFECT.includes(option.key)) refuseOption(option, MATCH_OPTIONS, context);
  }
  return read;
}

export const optionText = (value: Expression): string =>
  value.kind === 'string'
    ? value.value
    : value.kind === 'number'
      ? value.text
      : value.kind === 'boolean'
        ? String(value.value)
        : '';

export function refuseOption({ key, span }: Option, known: readonly string[], context: Context): void {
  const hint =
    known.length === 0
      ? 'leave the options out'
      : (didYouMean(key, known) ?? `the options are ${known.join(', ')}`);
  context.report.say('ESQL221', `the option "${key}" is not known here, or not with this value`, span, hint);
}

function match(
  name: Name,
  value: Expression,
  options: MatchOptions,
  span: Span,
  context: Context,
): RowExpression {
  const text = value.kind === 'sign' ? `${value.op}${optionText(value.arg)}` : optionText(value);
  const info = column(name, context)?.field;
  if (info === undefined) {
    if (context.scope.has(name.name))
      context.report.say(
        'ESQL212',
        `"${name.name}" is no field of the event, and only those are searched`,
        name.span,
      );
    return broken(span);
  }
  const { edits = 0, operator = 'or' } = options;
  if (edits === 0 && operator === 'or')
    return test(
      askField(context.options.types, name.name, { kind: 'value', text, phrase: false }, span),
      span,
    );
  return { ...fuzzy(info, text), operator, edits, span };
}

type Fuzzy = Pick<FuzzyMatch, 'kind' | 'type' | 'field' | 'tokens' | 'analyzer'>;

function fuzzy(info: FieldInfo, text: string): Fuzzy {
  const field = { name: info.name, path: info.path };
  const common = { kind: 'fuzzy', type: 'boolean', field } as const;
  if (info.type !== 'text' && info.type !== 'match_only_text') return { ...common, tokens: [text] };
  const analyzer = info.analyzer ?? 'standard';
  return { ...common, tokens: tokenize(text, analyzer), analyzer };
}

/** `KQL("…")`, read by KQL itself; its complaints have their places inside the literal. */
export function checkKql({ args, options = [], span }: Call, context: Context): RowExpression {
  if (refused('KQL', context.noKql, span, context)) return broken(span);
  const [query] = args;
  if (query?.kind !== 'string' || args.length > 1) {
    context.report.say('ESQL203', 'KQL takes one query, a literal', span, 'write KQL("field: value")');
    return broken(span);
  }
  for (const option of options) refuseOption(option, [], context);
  const where = compileKql(query, context);
  return where === undefined ? broken(span) : test(where, span);
}

function compileKql({ value, span }: Text, context: Context): Predicate | undefined {
  const { source } = context.report;
  const outer = (offset: number): number => offsetInside(source.text, span.start, offset);
  const compiled = kql.compile(embedded(source, value, outer), context.options);
  for (const found of compiled.diagnostics) context.report.add(placed(found, source, outer));
  return compiled.ok && compiled.value.kind === 'filter' ? unplaced(compiled.value.where) : undefined;
}

/** The same complaint with its place in the whole query. */
function placed(found: Diagnostic, source: Source, outer: (offset: number) => number): Diagnostic {
  const { span: inner } = found;
  if (inner === undefined) return { ...found, source };
  const start = outer(inner.start);
  return { ...found, source, span: { start, end: Math.max(start, outer(inner.end)) } };
}

/** Without places: they count from the beginning of the literal, and the plan's from that of the query. */
const unplaced = byKind<Predicate, Predicate>({
  and: (p, go) => ({ kind: 'and', args: p.args.map((arg) => go(arg)) }),
  or: (p, go) => ({ kind: 'or', args: p.args.map((arg) => go(arg)) }),
  not: (p, go) => ({ kind: 'not', arg: go(p.arg) }),
  some: ({ kind, field, test: asked }) => ({ kind, field, test: asked }),
  exists: ({ kind, field }) => ({ kind, field }),
  nested: (p, go) => ({ kind: 'nested', path: p.path, arg: go(p.arg) }),
  compute: ({ kind, expression }) => ({ kind, expression }),
});
