/** The arguments of a function against its parameters (esql §2.1, §2.6). */
import { didYouMean } from '../../../base/typo.ts';
import type { ColumnType } from '../../../data/column.ts';
import type { EsqlDefinition, EsqlParameter } from '../../../func/esql/index.ts';
import { isConstant } from '../../../plan/constant.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type * as ast from '../1-parse/ast.ts';
import { shorten } from '../1-parse/text.ts';
import type { Context } from './context.ts';
import { refuseOption } from './search.ts';
import { castLiteral, isNumeric, isTextLiteral, suppose, typeName, unify } from './unify.ts';

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
  const args = e.args.map((arg) => context.check(arg, context));
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

function signature({ name, parameters }: EsqlDefinition): string {
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
  if (fits(arg.type, parameter)) return checkLiteral(arg, parameter, definition, context);
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

/** Literals that the function cannot use, though their type is right. */
function checkLiteral(
  arg: RowExpression,
  parameter: EsqlParameter,
  definition: EsqlDefinition,
  context: Context,
): RowExpression {
  const value = literalOf(arg);
  if (value === undefined || arg.span === undefined) return arg;
  const known = parameter.oneOf;
  if (known !== undefined && !known.includes(String(value).toLowerCase())) {
    const message = `"${shorten(String(value))}" is no "${parameter.name}" of ${definition.name}`;
    const hint = didYouMean(String(value), known) ?? `it is one of ${known.join(', ')}`;
    context.report.say('ESQL214', message, arg.span, hint);
  }
  const mistake = parameter.mistake?.(value);
  const written = typeof value === 'number' ? value : `"${shorten(value)}"`;
  if (mistake !== undefined) context.report.say('ESQL214', `${written} ${mistake}`, arg.span);
  return arg;
}

function literalOf(arg: RowExpression): string | number | undefined {
  if (arg.kind === 'negate' || arg.kind === 'widen') {
    const inner = literalOf(arg.arg);
    return arg.kind === 'negate' && typeof inner === 'number' ? -inner : inner;
  }
  if (arg.kind !== 'constant') return undefined;
  return typeof arg.value === 'string' || typeof arg.value === 'number' ? arg.value : undefined;
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
  const misfit = definition.misfit?.(args.map(({ type }) => type));
  if (misfit !== undefined) {
    context.report.say(
      'ESQL204',
      `of ${definition.name}, ${misfit}`,
      e.span,
      `write ${signature(definition)}`,
    );
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
