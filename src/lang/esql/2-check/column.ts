/** What the name of a column means at a place of the pipeline (esql §2.3). */
import type { Span } from '../../../base/span.ts';
import { nearest } from '../../../base/typo.ts';
import type { FieldInfo, FieldTypes } from '../../../data/field-type.ts';
import type { RowExpression } from '../../../plan/row.ts';
import { nearKnownName } from '../../kit/near-name.ts';
import type { Name } from '../1-parse/ast.ts';
import { shorten } from '../1-parse/text.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import type { ScopeColumn } from './scope.ts';
import { METADATA_TYPES, columnType } from './scope.ts';

/** The column, or a field of the event that becomes one by being named; what is neither is reported. */
export function column({ name, span }: Name, context: Context): ScopeColumn | undefined {
  const { scope } = context;
  const known = scope.columns.get(name);
  if (known !== undefined) return known;
  if (scope.admits(name)) return field(name, span, context);
  refuseUnknown(name, span, context);
  return undefined;
}

/** The value of a column. */
export function readColumn(name: Name, context: Context): RowExpression {
  if (context.aggregates !== undefined) return readKey(name, context);
  const found = column(name, context);
  if (found === undefined) return broken(name.span);
  return { kind: 'column', name: name.name, type: found.type, span: name.span };
}

/** Beside aggregates only keys have one value for a group. */
function readKey({ name, span }: Name, { aggregates, report }: Context): RowExpression {
  const type = aggregates?.keys.get(name);
  if (type !== undefined) return { kind: 'column', name, type, span };
  const message = `"${shorten(name)}" has no single value for a group`;
  report.say('ESQL209', message, span, `write VALUES(${name}) or another aggregate, or add it behind BY`);
  return broken(span);
}

const parents = new WeakMap<FieldTypes, ReadonlySet<string>>();

/** A name that no table knows, but that fields stand below of, is an object. */
function fieldInfo(name: string, types: FieldTypes): FieldInfo {
  const info = types.resolve(name);
  if (info.type !== 'dynamic') return info;
  const known = parents.get(types) ?? new Set(Array.from(types.names()).flatMap(parentsOf));
  parents.set(types, known);
  return known.has(name) ? { ...info, type: 'object' } : info;
}

function parentsOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}

function field(name: string, span: Span, context: Context): ScopeColumn | undefined {
  const info = fieldInfo(name, context.options.types);
  const type = columnType(info, context.guesses.typeOf(name));
  if (type === undefined) {
    refuseParent(info, span, context);
    return undefined;
  }
  noteNearName(info, span, context);
  const learned = { type, field: info, ...(info.type === 'dynamic' ? { guess: name } : {}) };
  context.scope.learn(name, learned);
  context.fields.set(name, { info, type });
  return learned;
}

/** KEEP and DROP may name a flattened field, which has no column; an object is no field at all. */
function refuseParent({ name, type }: FieldInfo, span: Span, { report, choosing }: Context): void {
  if (choosing === true && type !== 'object') {
    const message = `"${shorten(name)}" is ${type} and has no column: it is left out`;
    return report.say('ESQL303', message, span, `name the fields below it: ${name}.*`);
  }
  const message = `"${shorten(name)}" is ${type === 'object' ? 'an object' : type} and has no value of its own`;
  report.say('ESQL217', message, span, 'name a field below it');
}

function noteNearName(info: FieldInfo, span: Span, context: Context): void {
  if (info.type !== 'dynamic') return;
  const near = nearKnownName(info.name, context.options.types);
  if (near !== undefined)
    context.report.say(
      'ESQL301',
      `no table knows the field "${shorten(info.name)}"`,
      span,
      `did you mean "${near}"?`,
    );
}

function refuseUnknown(name: string, span: Span, context: Context): void {
  const message = `there is no column "${shorten(name)}" here`;
  context.report.say('ESQL206', message, span, hintFor(name, context));
}

function hintFor(name: string, context: Context): string | undefined {
  const { scope, report } = context;
  if (Object.hasOwn(METADATA_TYPES, name) && !scope.gone.has(name))
    return `ask for it: FROM … METADATA ${name}`;
  const gone = scope.gone.get(name);
  if (gone !== undefined)
    return `the command of line ${report.source.place(gone.start).line} did not keep it`;
  const near = nearest(name, scope.columns.keys());
  if (near !== undefined) return `did you mean "${near}"?`;
  const names = [...scope.columns.keys()];
  const most = 10;
  if (names.length === 0) return 'there are no columns left';
  return `the columns are ${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`;
}
