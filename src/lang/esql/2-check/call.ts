/** Calls and casts: the function exists, and takes these arguments (esql §2.1, §2.6). */
import { didYouMean, nearest } from '../../../base/typo.ts';
import type { ScalarName } from '../../../func/esql/index.ts';
import { esqlFunction, esqlFunctions } from '../../../func/esql/index.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type * as ast from '../1-parse/ast.ts';
import { shorten } from '../1-parse/text.ts';
import { checkAggregate } from './aggregate.ts';
import { checkArguments } from './arguments.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { checkCondition } from './condition.ts';
import { FOREIGN_FUNCTIONS, NOT_RUN_FUNCTIONS } from './known.ts';
import { checkKql, checkMatch } from './search.ts';
import { castLiteral, isTextLiteral, typeName, unify } from './unify.ts';

type Form = (e: ast.Call, context: Context) => RowExpression;

/** Calls that are no functions of values. */
const FORMS: ReadonlyMap<string, Form> = new Map([
  ['CASE', checkCase],
  ['KQL', checkKql],
  ['MATCH', checkMatch],
]);

const NAMES = [...esqlFunctions.map(({ name }) => name), ...FORMS.keys()];

export function checkCall(e: ast.Call, context: Context): RowExpression {
  const form = FORMS.get(e.name.toUpperCase());
  if (form !== undefined) return form(e, context);
  const definition = esqlFunction(e.name);
  if (definition === undefined) return refuseName(e, context);
  if (definition.kind === 'aggregate') return checkAggregate(e, definition, context);
  if (definition.kind === 'scalar' && definition.grouping === true && context.grouping !== true) {
    context.report.say('ESQL208', `${definition.name} groups rows`, e.nameSpan, 'it stands behind BY only');
    return broken(e.span);
  }
  const checked = checkArguments(e, definition, context);
  if (checked === undefined) return broken(e.span);
  return { kind: 'call', name: definition.name as ScalarName, ...checked, span: e.span };
}

/** Underscores are what people forget. */
function nearName(name: string): string | undefined {
  const joined = new Map(NAMES.map((known) => [known.replaceAll('_', ''), known]));
  const near = nearest(name.replaceAll('_', ''), joined.keys());
  return near === undefined ? undefined : `did you mean "${joined.get(near) ?? near}"?`;
}

function refuseName({ name, nameSpan, span }: ast.Call, context: Context): RowExpression {
  const shown = shorten(name.toUpperCase());
  const instead = NOT_RUN_FUNCTIONS.get(name.toLowerCase());
  if (instead !== undefined)
    context.report.say('ESQL202', `the function ${shown} is not run by Winnow`, nameSpan, instead);
  else {
    const hint = FOREIGN_FUNCTIONS.get(name.toLowerCase()) ?? nearName(name);
    context.report.say('ESQL201', `ES|QL has no function ${shown}`, nameSpan, hint);
  }
  return broken(span);
}

/** `CASE(condition, value, …, otherwise)`. */
function checkCase(e: ast.Call, context: Context): RowExpression {
  if (e.args.length < 2) {
    context.report.say(
      'ESQL203',
      `CASE takes at least 2 arguments, not ${e.args.length}`,
      e.span,
      'write CASE(condition, value, otherwise)',
    );
    return broken(e.span);
  }
  const pairs = Math.floor(e.args.length / 2);
  const conditions = e.args.slice(0, 2 * pairs).filter((_, i) => i % 2 === 0);
  const values = e.args.filter((_, i) => i % 2 === 1 || i === 2 * pairs);
  const when = conditions.map((condition) => checkCondition(condition, context));
  const checked = values.map((value) => context.check(value, context));
  const unified = unify(checked, context);
  if (unified === undefined) {
    const found = [...new Set(checked.map(({ type }) => typeName(type)))].join(' and ');
    context.report.say(
      'ESQL204',
      `the values of CASE are of one type, not ${found}`,
      e.span,
      'bring them to one type, for example with TO_STRING',
    );
    return broken(e.span);
  }
  // oxlint-disable-next-line unicorn/no-thenable -- plain data of the plan, never awaited
  const branches = when.map((condition, i) => ({ when: condition, then: unified.args[i] as RowExpression }));
  const otherwise = unified.args[pairs];
  return {
    kind: 'case',
    type: unified.type,
    branches,
    ...(otherwise === undefined ? {} : { otherwise }),
    span: e.span,
  };
}

/** Types behind `::` with the functions that they stand for. */
const CASTS: ReadonlyMap<string, ScalarName> = new Map([
  ...['string', 'keyword', 'text'].map((type): [string, ScalarName] => [type, 'TO_STRING']),
  ...['integer', 'int'].map((type): [string, ScalarName] => [type, 'TO_INTEGER']),
  ['long', 'TO_LONG'],
  ...['unsigned_long', 'ul', 'ulong'].map((type): [string, ScalarName] => [type, 'TO_UNSIGNED_LONG']),
  ...['double', 'dbl'].map((type): [string, ScalarName] => [type, 'TO_DOUBLE']),
  ...['boolean', 'bool'].map((type): [string, ScalarName] => [type, 'TO_BOOLEAN']),
  ...['datetime', 'date', 'dt'].map((type): [string, ScalarName] => [type, 'TO_DATETIME']),
  ['ip', 'TO_IP'],
  ...['version', 'ver'].map((type): [string, ScalarName] => [type, 'TO_VERSION']),
  ...['geo_point', 'geopoint'].map((type): [string, ScalarName] => [type, 'TO_GEOPOINT']),
]);
const SPANS = ['date_period', 'time_duration'] as const;

/** `field::long` is `TO_LONG(field)`; a text literal becomes a span of time at once. */
export function checkCast(e: ast.Cast, context: Context): RowExpression {
  const to = e.to.toLowerCase();
  const name = CASTS.get(to);
  if (name !== undefined)
    return checkCall({ kind: 'call', name, nameSpan: e.toSpan, args: [e.arg], span: e.span }, context);
  const timespan = SPANS.find((type) => type === to);
  const arg = timespan === undefined ? undefined : context.check(e.arg, context);
  if (timespan !== undefined && arg !== undefined && isTextLiteral(arg))
    return castLiteral(arg, [timespan], context);
  const hint = didYouMean(to, CASTS.keys()) ?? `the types are ${[...new Set(CASTS.keys())].join(', ')}`;
  context.report.say('ESQL204', `nothing can be cast to "${shorten(e.to)}"`, e.toSpan, hint);
  return broken(e.span);
}
