/** Every command: what it does to the columns, and what it becomes (esql §2.4). */
import type { Span } from '../../../base/span.ts';
import { didYouMean } from '../../../base/typo.ts';
import type { Column } from '../../../data/column.ts';
import { globPattern } from '../../../data/pattern.ts';
import { ORDERED } from '../../../func/esql/types.ts';
import type { SortKey } from '../../../plan/pipeline.ts';
import type { TableShape } from '../../kit/language.ts';
import type * as ast from '../1-parse/ast.ts';
import { shorten } from '../1-parse/text.ts';
import { column, readColumn } from './column.ts';
import type { Context } from './context.ts';
import { checkCondition } from './condition.ts';
import { check } from './expression.ts';
import { checkDissect, checkGrok } from './extract.ts';
import { checkKeep, checkRename } from './keep.ts';
import type { ScopeColumn } from './scope.ts';
import { METADATA_TYPES, Scope, computed } from './scope.ts';
import { optionText, refuseOption } from './search.ts';
import type { Step } from './stats.ts';
import { assignment, checkStats, columnOf } from './stats.ts';
import { typeName } from './unify.ts';

export function checkCommand(command: ast.Command, context: Context): Step {
  switch (command.kind) {
    case 'from':
      return checkFrom(command, context);
    case 'row':
      return checkAssignments(command, context);
    case 'where':
      return stay(
        { kind: 'where', condition: checkCondition(command.condition, context), span: command.span },
        context,
      );
    case 'eval':
      return checkAssignments(command, context);
    case 'stats':
    case 'inlineStats':
      return checkStats(command, context);
    case 'keep':
    case 'drop':
      return checkKeep(command, context);
    case 'rename':
      return checkRename(command, context);
    case 'sort':
      return stay(
        { kind: 'sort', keys: command.keys.map((key) => checkSortKey(key, context)), span: command.span },
        context,
      );
    case 'limit':
      return checkLimit(command, context);
    case 'mvExpand':
      return checkExpand(command, context);
    case 'grok':
      return checkGrok(command, context);
    case 'dissect':
      return checkDissect(command, context);
    case 'enrich':
      return checkEnrich(command, context);
    case 'lookupJoin':
      return checkJoin(command, context);
    case 'completion':
      return checkCompletion(command, context);
  }
}

const stay = (operator: Step['operators'][number], { scope }: Context): Step => ({
  operators: [operator],
  scope,
});

/** The cluster of `cluster:pattern` says nothing here (decision 0073). */
function checkFrom({ indices, metadata, span }: ast.From, context: Context): Step {
  const asked = metadata.filter((name) => checkMetadata(name, context)).map(({ name }) => name);
  const operator = {
    kind: 'source',
    indices: indices.map(({ text, exclude }) => ({
      pattern: globPattern(text.slice(text.indexOf(':') + 1)),
      ...(exclude ? { exclude: true as const } : {}),
    })),
    columns: [],
    span,
  } as const;
  const everything = new Scope(new Map(), [{ kind: 'rest', matching: [], without: [] }]);
  const scope = everything.set(asked.map((name) => [name, { type: METADATA_TYPES[name] ?? 'keyword' }]));
  return { operators: [operator], scope };
}

function checkMetadata({ name, span }: ast.Name, { report }: Context): boolean {
  const known = Object.keys(METADATA_TYPES);
  if (known.includes(name)) return true;
  const hint = didYouMean(name, known) ?? `the fields are ${known.join(', ')}`;
  report.say('ESQL215', `there is no metadata field "${shorten(name)}" here`, span, hint);
  return false;
}

/** A later value sees what an earlier one has set. */
function checkAssignments(command: ast.Eval | ast.Row, context: Context): Step {
  let { scope } = context;
  const columns = command.fields.map((field) => {
    const inner = { ...context, scope };
    const set = assignment(field, inner);
    scope = scope.set([[set.name, columnOf(set.value, inner)]]);
    return set;
  });
  return { operators: [{ kind: command.kind, columns, span: command.span }], scope };
}

function checkSortKey({ value, order = 'asc', nulls, span }: ast.SortKey, context: Context): SortKey {
  const by = check(value, context);
  if (by.type !== 'null' && !ORDERED.includes(by.type))
    context.report.say('ESQL205', `${typeName(by.type)} has no order`, span);
  return { by, order, nulls: nulls ?? (order === 'asc' ? 'last' : 'first') };
}

function checkLimit({ count, span }: ast.Limit, context: Context): Step {
  const number = Number(count.text);
  if (!Number.isSafeInteger(number))
    context.report.say(
      'ESQL207',
      `${shorten(count.text)} is no number of rows`,
      count.span,
      'write a whole number',
    );
  return stay({ kind: 'limit', count: number, span }, context);
}

function checkExpand({ column: name, span }: ast.MvExpand, context: Context): Step {
  const found = column(name, context);
  if (found === undefined) return { operators: [], scope: context.scope };
  const expanded = computed(found);
  const columns = new Map(context.scope.columns).set(name.name, expanded);
  const inPlace = context.scope.entries.some((entry) => entry.kind === 'column' && entry.name === name.name);
  const scope = inPlace
    ? new Scope(columns, context.scope.entries, context.scope.gone)
    : context.scope.set([[name.name, expanded]]);
  return { operators: [{ kind: 'mvExpand', column: name.name, span }], scope };
}

function tableNamed(name: string, span: Span, { options, report }: Context): TableShape | undefined {
  const found = options.tables?.get(name);
  if (found !== undefined) return found;
  const known = [...(options.tables?.keys() ?? [])];
  const hint =
    didYouMean(name, known) ??
    (known.length === 0
      ? `no tables were given: --table ${name}=FILE names one`
      : `the tables are ${known.join(', ')}`);
  report.say('ESQL216', `there is no table "${shorten(name)}"`, span, hint);
  return undefined;
}

function tableColumn(table: TableShape, { name, span }: ast.Name, { report }: Context): Column | undefined {
  const found = table.columns.find((known) => known.name === name);
  const names = table.columns.map((known) => known.name);
  const hint = didYouMean(name, names) ?? `its columns are ${names.join(', ')}`;
  if (found === undefined) report.say('ESQL216', `the table has no column "${shorten(name)}"`, span, hint);
  return found;
}

/** Values of two types are never equal, whatever they look like. */
function areAlike({ name, type }: Column, own: ScopeColumn, span: Span, context: Context): boolean {
  if (type === own.type || own.type === 'null') return true;
  // Of a field that no table of fields knows, this one says the type.
  if (own.guess !== undefined && context.guesses.suppose(own.guess, type)) return true;
  const message = `"${shorten(name)}" is ${typeName(type)} in the table and ${typeName(own.type)} here`;
  context.report.say('ESQL216', message, span, `name the column of the table "${name}:${own.type}"`);
  return false;
}

function checkEnrich(command: ast.Enrich, context: Context): Step {
  const { policy, policySpan, span } = command;
  const table = tableNamed(policy, policySpan, context);
  const [first, ...others] = table?.columns ?? [];
  if (table === undefined || first === undefined) return { operators: [], scope: context.scope };
  const compared = command.on ?? { kind: 'name' as const, name: first.name, span: policySpan };
  const on = readColumn(compared, context);
  const own = context.scope.columns.get(compared.name);
  if (own !== undefined) areAlike(first, own, compared.span, context);
  const asked =
    command.columns.length === 0
      ? others.map((other) => ({ ...other, from: other.name }))
      : command.columns.flatMap(({ name, from }) => {
          const found = tableColumn(table, from, context);
          return found === undefined ? [] : [{ ...found, name: name?.name ?? from.name, from: from.name }];
        });
  return {
    operators: [{ kind: 'enrich', policy, on, columns: asked, span }],
    scope: context.scope.set(asked.map(({ name, type }) => [name, { type }])),
  };
}

function checkJoin({ table: name, tableSpan, on, span }: ast.LookupJoin, context: Context): Step {
  const table = tableNamed(name, tableSpan, context);
  if (table === undefined) return { operators: [], scope: context.scope };
  const keys = on.filter((key) => {
    const found = tableColumn(table, key, context);
    const own = found && column(key, context);
    return found !== undefined && own !== undefined && areAlike(found, own, key.span, context);
  });
  const names = keys.map((key) => key.name);
  const columns = table.columns.filter((other) => !names.includes(other.name));
  return {
    operators: [{ kind: 'lookupJoin', table: name, on: names, columns, span }],
    scope: context.scope.set(columns.map((added) => [added.name, { type: added.type }])),
  };
}

function checkCompletion(command: ast.Completion, context: Context): Step {
  const { span } = command;
  const prompt = check(command.prompt, context);
  if (prompt.type !== 'keyword' && prompt.type !== 'null')
    context.report.say(
      'ESQL205',
      `a prompt is a text, not ${typeName(prompt.type)}`,
      command.prompt.span,
      'make it one: TO_STRING(field)',
    );
  const inference = command.options.find(({ key }) => key === 'inference_id');
  if (inference === undefined)
    context.report.say('ESQL221', 'COMPLETION names no model', span, 'write WITH { "inference_id": "…" }');
  for (const option of command.options)
    if (option !== inference) refuseOption(option, ['inference_id'], context);
  const name = command.column?.name ?? 'completion';
  const inferenceId = inference === undefined ? '' : optionText(inference.value);
  return {
    operators: [{ kind: 'completion', column: name, prompt, inferenceId, span }],
    scope: context.scope.set([[name, { type: 'keyword' }]]),
  };
}
