/** GROK and DISSECT: the columns that their patterns fill (esql §2.4). */
import type { Span } from '../../../base/span.ts';
import { span as spanFrom } from '../../../base/span.ts';
import type { Column, ColumnType } from '../../../data/column.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type { Dissect, Expression, Grok, Text } from '../1-parse/ast.ts';
import { offsetInside, shorten } from '../1-parse/text.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { check } from './expression.ts';
import type { Step } from './stats.ts';
import { typeName } from './unify.ts';

export function checkGrok({ input, patterns, span }: Grok, context: Context): Step {
  const from = textInput('GROK', input, context);
  const columns = unique(patterns.flatMap((pattern) => grokColumns(pattern, context)));
  const texts = patterns.map(({ value }) => value);
  return {
    operators: [{ kind: 'grok', input: from, patterns: texts, columns, span }],
    scope: context.scope.set(columns.map(({ name, type }) => [name, { type }])),
  };
}

function textInput(command: string, input: Expression, context: Context): RowExpression {
  const from = check(input, context);
  if (from.type === 'keyword' || from.type === 'null') return from;
  context.report.say(
    'ESQL205',
    `${command} cuts a text, not ${typeName(from.type)}`,
    input.span,
    'make it one: TO_STRING(field)',
  );
  return broken(input.span);
}

const unique = (columns: readonly Column[]): readonly Column[] => [
  ...new Map(columns.map((column) => [column.name, column])).values(),
];

/** `%{NAME}`, `%{NAME:column}`, `%{NAME:column:type}`, and `(?<column>…)`; an escaped bracket opens nothing. */
const GROK_PIECE = /\\[\s\S]|%\{([^}]*)\}|\(\?<(?![=!])([^>]*)>/g;
const GROK_TYPES: Readonly<Record<string, ColumnType>> = {
  int: 'integer',
  long: 'long',
  float: 'double',
  double: 'double',
  boolean: 'boolean',
};

function grokColumns(pattern: Text, context: Context): Column[] {
  return Array.from(pattern.value.matchAll(GROK_PIECE)).flatMap(
    ({ 0: piece, 1: reference, 2: group, index }) => {
      if (group !== undefined) return [{ name: group, type: 'keyword' as const }];
      if (reference === undefined) return [];
      const [library = '', name, type] = reference.split(':');
      const place = inside(pattern, index, piece.length, context);
      if (!/^\w+$/.test(library))
        context.report.say('ESQL211', `"${shorten(piece)}" names no pattern`, place, 'write %{NAME:column}');
      if (name === undefined || name === '') return [];
      return [{ name, type: grokType(type, place, context) }];
    },
  );
}

function grokType(type: string | undefined, place: Span, context: Context): ColumnType {
  const known = type === undefined ? 'keyword' : GROK_TYPES[type];
  if (known !== undefined) return known;
  const hint = `the types are ${Object.keys(GROK_TYPES).join(', ')}`;
  context.report.say('ESQL211', `GROK has no type "${shorten(type ?? '')}"`, place, hint);
  return 'keyword';
}

function inside({ span }: Text, at: number, length: number, { report }: Context): Span {
  const start = offsetInside(report.source.text, span.start, at);
  return spanFrom(start, Math.max(start + 1, offsetInside(report.source.text, span.start, at + length)));
}

export function checkDissect({ input, pattern, appendSeparator, span }: Dissect, context: Context): Step {
  const from = textInput('DISSECT', input, context);
  const columns = dissectColumns(pattern, context);
  return {
    operators: [
      {
        kind: 'dissect',
        input: from,
        pattern: pattern.value,
        appendSeparator: appendSeparator?.value ?? '',
        columns,
        span,
      },
    ],
    scope: context.scope.set(columns.map((name) => [name, { type: 'keyword' }])),
  };
}

/** The names of keys without their modifiers; `?name`, an empty key and what is passed over make no column. */
function dissectColumns(pattern: Text, context: Context): string[] {
  const keys = Array.from(pattern.value.matchAll(/%\{([^}]*)\}/g), ({ 0: piece, 1: key = '', index }) => {
    if (/^[*&]/.test(key)) {
      const place = inside(pattern, index, piece.length, context);
      context.report.say(
        'ESQL211',
        `ES|QL has no reference keys in DISSECT: "${shorten(piece)}"`,
        place,
        'name the column',
      );
    }
    return /^\?|^\*|^&/.test(key)
      ? ''
      : key
          .replace(/^\+/, '')
          .replace(/->$/, '')
          .replace(/\/\d+$/, '');
  });
  if (keys.length === 0)
    context.report.say('ESQL211', 'the pattern has no keys', pattern.span, 'write "%{first} %{second}"');
  return [...new Set(keys.filter((key) => key !== ''))];
}
