/** Brings expressions to one type: numbers to the widest, text literals to the type beside them (esql §2.1). */
import type { ColumnType } from '../../../data/column.ts';
import { NUMERIC, commonType } from '../../../func/esql/types.ts';
import { esqlFunction } from '../../../func/esql/index.ts';
import type { Constant, ConstantAtom, RowExpression } from '../../../plan/row.ts';
import type { Context } from './context.ts';
import { castText, readsText } from './literal.ts';

export const isNumeric = (type: ColumnType): boolean => NUMERIC.includes(type);

/** A text that stands in the query itself. */
export const isTextLiteral = (e: RowExpression): e is Constant =>
  e.kind === 'constant' && e.type === 'keyword';

/** The field without a known type whose values the expression hands on as they are. */
export function guessOf(e: RowExpression, context: Context): string | undefined {
  switch (e.kind) {
    case 'column':
      return context.scope.columns.get(e.name)?.guess;
    case 'call':
      return esqlFunction(e.name)?.returns === 'same' ? firstGuess(e.args, context) : undefined;
    case 'case':
      return firstGuess(
        [...e.branches.map(({ then }) => then), ...(e.otherwise ? [e.otherwise] : [])],
        context,
      );
    default:
      return undefined;
  }
}

const firstGuess = (args: readonly RowExpression[], context: Context): string | undefined =>
  args.map((arg) => guessOf(arg, context)).find((field) => field !== undefined);

/** Takes the type of a field that no table knows to be this one. */
export function suppose(e: RowExpression, type: ColumnType, context: Context): boolean {
  const field = guessOf(e, context);
  return field !== undefined && context.guesses.suppose(field, type === 'integer' ? 'long' : type);
}

/** The expression as one of a wider number; what is no such thing stays. */
export function widen(e: RowExpression, type: ColumnType): RowExpression {
  if (e.type === type || e.type === 'null' || !isNumeric(type) || !isNumeric(e.type)) return e;
  if (e.kind === 'constant') return { ...e, type, value: type === 'double' ? doublesOf(e.value) : e.value };
  return { kind: 'widen', arg: e, type, ...(e.span === undefined ? {} : { span: e.span }) };
}

function doublesOf(value: Constant['value']): Constant['value'] {
  const double = (atom: ConstantAtom): ConstantAtom =>
    typeof atom === 'object' && 'integer' in atom ? Number(atom.integer) : atom;
  return Array.isArray(value) ? value.map(double) : value === null ? null : double(value as ConstantAtom);
}

export interface Unified {
  readonly type: ColumnType;
  readonly args: readonly RowExpression[];
}

/**
 * All of one type; undefined when there is none. A text literal that cannot be read as the type is reported, and null
 * takes its place.
 */
export function unify(args: readonly RowExpression[], context: Context): Unified | undefined {
  const type = typeOfAll(args, context);
  if (type === undefined) return undefined;
  return { type, args: args.map((arg) => bring(arg, type, context)) };
}

function typeOfAll(args: readonly RowExpression[], context: Context): ColumnType | undefined {
  const plain = commonOf(args);
  if (plain !== undefined) return plain;
  const firm = commonOf(args.filter((arg) => arg.type !== 'keyword'));
  if (firm === undefined) return undefined;
  const bends = (arg: RowExpression): boolean =>
    arg.type !== 'keyword' || (isTextLiteral(arg) ? readsText(firm) : suppose(arg, firm, context));
  return args.every(bends) ? firm : undefined;
}

const commonOf = (args: readonly RowExpression[]): ColumnType | undefined =>
  args.reduce<ColumnType | undefined>(
    (type, arg) => (type === undefined ? undefined : commonType(type, arg.type)),
    'null',
  );

function bring(arg: RowExpression, type: ColumnType, context: Context): RowExpression {
  if (arg.type === type || arg.type === 'null') return arg;
  return isTextLiteral(arg) ? castLiteral(arg, [type], context) : widen(arg, type);
}

/** The literal as the first of the types that it can be read as; else reported and null. */
export function castLiteral(
  literal: Constant,
  types: readonly ColumnType[],
  context: Context,
): RowExpression {
  for (const type of types) {
    const cast = castText(literal, type);
    if (cast !== undefined) return cast;
  }
  const text = JSON.stringify(literal.value);
  const message = `${text} cannot be read as ${types.map(typeName).join(' or ')}`;
  if (literal.span !== undefined)
    context.report.say('ESQL207', message, literal.span, HINTS[types[0] ?? 'null']);
  return { ...literal, value: null, type: 'null' };
}

const HINTS: Readonly<Partial<Record<ColumnType, string>>> = {
  datetime: 'write a date in ISO 8601, such as "2026-01-31T12:00:00Z"',
  ip: 'write an address such as "10.0.0.1"; for a block use CIDR_MATCH(field, "10.0.0.0/8")',
  boolean: 'write true or false',
  time_duration: 'write a span of time such as 5 minutes',
  date_period: 'write a span of time such as 1 day',
};

/** For messages: with an article. */
export const typeName = (type: ColumnType): string => NAMES[type];

const NAMES: Readonly<Record<ColumnType, string>> = {
  keyword: 'a text',
  integer: 'an integer',
  long: 'a long',
  unsigned_long: 'an unsigned long',
  double: 'a double',
  boolean: 'a boolean',
  datetime: 'a date',
  ip: 'an IP address',
  version: 'a version',
  geo_point: 'a place on a map',
  null: 'null',
  date_period: 'a span of days or months',
  time_duration: 'a span of time',
  _source: 'a document',
};
