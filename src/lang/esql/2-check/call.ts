/** Calls and casts: the function exists, and takes these arguments (esql §2.1, §2.6). */
import { didYouMean } from '../../../base/typo.ts';
import { parseBlock } from '../../../data/address.ts';
import type { ColumnType } from '../../../data/column.ts';
import type { EsqlDefinition, EsqlParameter, ScalarName } from '../../../func/esql/index.ts';
import { esqlFunction, esqlFunctions } from '../../../func/esql/index.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type * as ast from '../1-parse/ast.ts';
import { shorten } from '../1-parse/text.ts';
import { checkAggregate } from './aggregate.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { check, checkCondition } from './expression.ts';
import { FOREIGN_FUNCTIONS, NOT_RUN_FUNCTIONS } from './known.ts';
import { checkKql, checkMatch, refuseOption } from './search.ts';
import { castLiteral, isNumeric, isTextLiteral, suppose, typeName, unify } from './unify.ts';

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

function refuseName({ name, nameSpan, span }: ast.Call, context: Context): RowExpression {
  const shown = shorten(name.toUpperCase());
  const instead = NOT_RUN_FUNCTIONS.get(name.toLowerCase());
  if (instead !== undefined)
    context.report.say('ESQL202', `the function ${shown} is not run by Winnow`, nameSpan, instead);
  else {
    const hint = FOREIGN_FUNCTIONS.get(name.toLowerCase()) ?? didYouMean(name, NAMES);
    context.report.say('ESQL201', `ES|QL has no function ${shown}`, nameSpan, hint);
  }
  return broken(span);
}

export interface CheckedArguments {
  readonly args: readonly RowExpression[];
  readonly type: ColumnType;
}

/** The arguments as the function wants them, and the type of its result; undefined when it does not take them. */
export function checkArguments(
  e: ast.Call,
  definition: EsqlDefinition,
  context: Context,
): CheckedArguments | undefined {
  for (const option of e.options ?? []) refuseOption(option, [], context);
  const args = e.args.map((arg) => check(arg, context));
  const parameters = parametersFor(args.length, definition);
  if (parameters === undefined || (e.star === true && definition.name !== 'COUNT')) {
    const message = `${definition.name} takes ${amount(definition)}, not ${e.star === true ? '"*"' : e.args.length}`;
    context.report.say('ESQL203', message, e.span, `write ${signature(definition)}`);
    return undefined;
  }
  const checked = args.map((arg, i) =>
    checkArgument(arg, parameters[i] as EsqlParameter, e, i, definition, context),
  );
  const fitted = checked.filter((arg) => arg !== undefined);
  return fitted.length < checked.length ? undefined : typed(fitted, parameters, e, definition, context);
}

/** One parameter for each argument; with too few arguments optional ones are left out from the right. */
function parametersFor(count: number, { parameters }: EsqlDefinition): readonly EsqlParameter[] | undefined {
  const last = parameters.at(-1);
  const repeated =
    last?.variadic === true ? Array<EsqlParameter>(Math.max(0, count - parameters.length)).fill(last) : [];
  const all = [...parameters, ...repeated];
  let surplus = all.length - count;
  const used = all
    .toReversed()
    .filter(({ optional }) => !(optional === true && surplus > 0 && surplus-- > 0));
  return used.length === count ? used.toReversed() : undefined;
}

function amount({ parameters }: EsqlDefinition): string {
  const least = parameters.filter((p) => p.optional !== true).length;
  const most = parameters.at(-1)?.variadic === true ? Infinity : parameters.length;
  const noun = (most === Infinity ? least : most) === 1 ? 'argument' : 'arguments';
  if (most === Infinity) return `at least ${least} ${noun}`;
  return `${least === most ? least : `${least} to ${most}`} ${noun}`;
}

export function signature({ name, parameters }: EsqlDefinition): string {
  const written = (p: EsqlParameter): string =>
    `${p.name}${p.optional === true ? '?' : ''}${p.variadic === true ? ', …' : ''}`;
  return `${name}(${parameters.map(written).join(', ')})`;
}

function checkArgument(
  arg: RowExpression,
  parameter: EsqlParameter,
  e: ast.Call,
  index: number,
  definition: EsqlDefinition,
  context: Context,
): RowExpression | undefined {
  const span = e.args[index]?.span ?? e.span;
  if (parameter.constant === true && !isConstant(arg)) {
    context.report.say('ESQL213', `"${parameter.name}" of ${definition.name} must be a literal`, span);
    return undefined;
  }
  if (fits(arg.type, parameter)) return checkText(arg, parameter, definition, context);
  if (isTextLiteral(arg)) return castLiteral(arg, parameter.types, context);
  const wanted = wantedType(parameter.types);
  if (suppose(arg, wanted, context)) return arg;
  const message = `"${parameter.name}" of ${definition.name} is ${types(parameter.types)}, not ${typeName(arg.type)}`;
  context.report.say('ESQL204', message, span, `write ${signature(definition)}`);
  return undefined;
}

const fits = (type: ColumnType, { types: accepted }: EsqlParameter): boolean =>
  type === 'null' || accepted.includes(type);

/** What a field without a known type is taken to be: of several numbers the one that loses nothing. */
const wantedType = (accepted: readonly ColumnType[]): ColumnType =>
  accepted.includes('double')
    ? 'double'
    : (accepted.find((type) => type === 'long') ?? accepted[0] ?? 'keyword');

function types(accepted: readonly ColumnType[]): string {
  const numbers = accepted.filter(isNumeric);
  const others = accepted.filter((type) => !isNumeric(type)).map(typeName);
  const all = [
    ...(numbers.includes('double') ? ['a number'] : numbers.length > 0 ? ['a whole number'] : []),
    ...others,
  ];
  return all.join(' or ');
}

/** Texts that must be one of a list, and blocks of addresses. */
function checkText(
  arg: RowExpression,
  parameter: EsqlParameter,
  definition: EsqlDefinition,
  context: Context,
): RowExpression {
  if (!isTextLiteral(arg) || typeof arg.value !== 'string' || arg.span === undefined) return arg;
  const { value } = arg;
  const known = parameter.oneOf;
  if (known !== undefined && !known.includes(value.toLowerCase())) {
    const message = `"${shorten(value)}" is no "${parameter.name}" of ${definition.name}`;
    context.report.say(
      'ESQL214',
      message,
      arg.span,
      didYouMean(value, known) ?? `it is one of ${known.join(', ')}`,
    );
  }
  if (definition.name === 'CIDR_MATCH' && parameter.name === 'block' && parseBlock(value) === undefined)
    context.report.say(
      'ESQL214',
      `"${shorten(value)}" is neither an IP address nor a block of them`,
      arg.span,
    );
  return arg;
}

/** Whether it is the same for every row. */
export function isConstant(e: RowExpression): boolean {
  switch (e.kind) {
    case 'constant':
      return true;
    case 'call':
      return e.args.every(isConstant);
    case 'widen':
    case 'negate':
      return isConstant(e.arg);
    case 'arithmetic':
      return isConstant(e.left) && isConstant(e.right);
    case 'shift':
      return isConstant(e.arg) && isConstant(e.by);
    default:
      return false;
  }
}

function typed(
  args: readonly RowExpression[],
  parameters: readonly EsqlParameter[],
  e: ast.Call,
  definition: EsqlDefinition,
  context: Context,
): CheckedArguments | undefined {
  const same = args.filter((_, i) => parameters[i]?.same === true);
  const unified = unify(same, context);
  if (unified === undefined) {
    const message = `${definition.name} takes values of one type, not ${[...new Set(same.map(({ type }) => typeName(type)))].join(' and ')}`;
    context.report.say('ESQL204', message, e.span, 'bring them to one type, for example with TO_STRING');
    return undefined;
  }
  const brought = [...unified.args];
  const all = args.map((arg, i) => (parameters[i]?.same === true ? (brought.shift() ?? arg) : arg));
  return { args: all, type: resultType(definition, unified.type, all) };
}

function resultType(
  { returns }: EsqlDefinition,
  same: ColumnType,
  args: readonly RowExpression[],
): ColumnType {
  if (returns === 'same') return same;
  return typeof returns === 'string' ? returns : returns(args.map(({ type }) => type));
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
  const checked = values.map((value) => check(value, context));
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
  const arg = timespan === undefined ? undefined : check(e.arg, context);
  if (timespan !== undefined && arg !== undefined && isTextLiteral(arg))
    return castLiteral(arg, [timespan], context);
  const hint = didYouMean(to, CASTS.keys()) ?? `the types are ${[...new Set(CASTS.keys())].join(', ')}`;
  context.report.say('ESQL204', `nothing can be cast to "${shorten(e.to)}"`, e.toSpan, hint);
  return broken(e.span);
}
