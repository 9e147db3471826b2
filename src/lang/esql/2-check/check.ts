import type { Diagnostic } from '../../../base/diagnostic.ts';
import type { Source } from '../../../base/source.ts';
import type { Operator } from '../../../plan/pipeline.ts';
import type { CompileOptions } from '../../kit/language.ts';
import { Report } from '../../kit/report.ts';
import type { Command, Query } from '../1-parse/ast.ts';
import { checkCommand } from './command.ts';
import { check } from './expression.ts';
import type { Context, NamedField } from './context.ts';
import { Guesses } from './context.ts';
import { Scope } from './scope.ts';

/** A query with its types: the operators as they were written, and the columns at the end. */
export interface Checked {
  readonly operators: readonly Operator[];
  readonly scope: Scope;
  /** Fields of the event that the query names, with the types of their columns. */
  readonly fields: ReadonlyMap<string, NamedField>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is wrong or doubtful in a query that could be read, in the order of the text, and what it means (esql §2). */
export function checkQuery(query: Query, source: Source, options: CompileOptions): Checked {
  const guesses = new Guesses();
  let checked = checkOnce(query, source, options, guesses);
  // A supposed type never becomes narrower, so there is an end; each round settles at least one field.
  while (guesses.takeChange()) checked = checkOnce(query, source, options, guesses);
  return checked;
}

function checkOnce(query: Query, source: Source, options: CompileOptions, guesses: Guesses): Checked {
  const report = new Report(source);
  const operators: Operator[] = [];
  const fields = new Map<string, NamedField>();
  let scope = new Scope(new Map(), []);
  query.commands.forEach((command, i) => {
    const context: Context = {
      check,
      report,
      options,
      guesses,
      scope,
      fields,
      ...searchAt(query.commands.slice(0, i), command),
    };
    const step = checkCommand(command, context);
    operators.push(...step.operators);
    scope = step.scope;
  });
  return { operators, scope, fields, diagnostics: report.diagnostics('ESQL199') };
}

/** What may stand before a KQL query, and what may not before MATCH and `:` (esql §2.5, decision 0302). */
const BEFORE_KQL: readonly Command['kind'][] = ['from', 'where', 'sort'];
const NOT_BEFORE_MATCH: readonly Command['kind'][] = ['row', 'stats', 'inlineStats', 'limit'];
const NAMES: Readonly<Partial<Record<Command['kind'], string>>> = {
  inlineStats: 'INLINE STATS',
  mvExpand: 'MV_EXPAND',
  lookupJoin: 'LOOKUP JOIN',
};

const nameOf = ({ kind }: Command): string => NAMES[kind] ?? kind.toUpperCase();

/** Questions to the event are asked in WHERE. */
function searchAt(before: readonly Command[], command: Command): Pick<Context, 'noKql' | 'noMatch'> {
  if (command.kind !== 'where') {
    const because = `${nameOf(command)} asks the row and not the event`;
    return { noKql: because, noMatch: because };
  }
  const noKql = before.find(({ kind }) => !BEFORE_KQL.includes(kind));
  const noMatch = before.find(({ kind }) => NOT_BEFORE_MATCH.includes(kind));
  return {
    ...(noKql === undefined ? {} : { noKql: `${nameOf(noKql)} stands before it` }),
    ...(noMatch === undefined ? {} : { noMatch: `${nameOf(noMatch)} stands before it` }),
  };
}
