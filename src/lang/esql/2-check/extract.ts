/** GROK and DISSECT: the columns that their patterns fill (esql §2.4). */
import { didYouMean } from '../../../base/typo.ts';
import type { Column } from '../../../data/column.ts';
import { readDissect } from '../../../data/dissect.ts';
import { grokNames, readGrok } from '../../../data/grok.ts';
import type { RowExpression } from '../../../plan/row.ts';
import type { Dissect, Expression, Grok, Text } from '../1-parse/ast.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { check } from './expression.ts';
import { inside } from './inside.ts';
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

/** What the pattern captures, names of the library and what stands in them included. */
function grokColumns(pattern: Text, context: Context): readonly Column[] {
  const read = readGrok(pattern.value);
  if (read.ok) return read.columns;
  const { name } = read;
  const at = name === undefined ? -1 : pattern.value.indexOf(`%{${name}`);
  const place =
    name === undefined || at === -1 ? pattern.span : inside(pattern, at + 2, name.length, context);
  context.report.say(
    'ESQL211',
    read.message,
    place,
    name === undefined ? undefined : didYouMean(name, grokNames),
  );
  return [];
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

function dissectColumns(pattern: Text, context: Context): readonly string[] {
  const read = readDissect(pattern.value);
  if (read.ok) return read.columns;
  context.report.say('ESQL211', read.message, pattern.span, 'write "%{first} %{second}"');
  return [];
}
