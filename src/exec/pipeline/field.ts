/** Columns out of events: what a mapped index would hold for a field (esql §2.1–§2.3). */
import { addressText, parseAddress } from '../../data/address.ts';
import { columnValue, compareAtoms, distinctAtoms, isMulti } from '../../data/atom.ts';
import type { Atom, ColumnType } from '../../data/column.ts';
import { parseDate } from '../../data/date.ts';
import type { JsonValue, Scalar } from '../../data/document.ts';
import { isObject, valuesAt } from '../../data/document.ts';
import type { FieldType } from '../../data/field-type.ts';
import { pointsOf } from '../../data/geo.ts';
import { booleanOf, numberOf, textOf } from '../../data/scalar.ts';
import { fitWhole } from '../../data/whole.ts';
import type { FieldColumn, SourceColumn } from '../../plan/pipeline.ts';
import type { FieldRef } from '../../plan/predicate.ts';
import { isPlain, toldReader } from '../field-reader.ts';
import type { EventFields } from './event-fields.ts';
import type { Load, PipelineEvent, RunContext } from './row.ts';

/** `lucene`: the values of a field in the order in which an index holds them; `source`: as they came. */
export type ArrayOrder = 'lucene' | 'source';

/** The path of a column whose values may be told without a document, if it has one; undefined when it needs the document. */
export function toldBy(column: SourceColumn): readonly string[] | undefined {
  if (column.from === 'metadata') return TOLD_WITHOUT_FIELDS.has(column.name) ? [] : undefined;
  const { field, type } = column;
  return type === 'geo_point' || !isPlain(field) ? undefined : [field.path as string];
}

const TOLD_WITHOUT_FIELDS: ReadonlySet<string> = new Set(['_id', '_version']);

/** With `fields`, the values come from there while the event is open. */
export const loadColumn = (column: SourceColumn, order: ArrayOrder, fields?: EventFields): Load =>
  column.from === 'metadata' ? (metadata[column.name] ?? (() => null)) : fieldLoad(column, order, fields);

/** Ours are never changed after they are written; which fields were not indexed, only an exported document knows. */
const metadata: Readonly<Record<string, Load>> = {
  _id: ({ id }) => id,
  _index: ({ backingIndex, index }) => backingIndex ?? index ?? null,
  _ignored: ({ document }) => columnValue(distinctAtoms(valuesAt(document, '_ignored').map(textOf))),
  _version: () => 1,
  _source: ({ document }) => document,
};

function fieldLoad(column: FieldColumn, order: ArrayOrder, fields: EventFields | undefined): Load {
  const { field, type, fieldType, lowercase } = column;
  const read = type === 'geo_point' ? readPoints(column) : readScalars(column, fields);
  const arrange = order === 'lucene' ? arrangements(type, fieldType) : undefined;
  const isUnknown = fieldType === 'dynamic' && typeof field.path === 'string';
  const cased = (atom: Atom): Atom => (lowercase === true ? String(atom).toLowerCase() : atom);
  return (event, context) => {
    const value = read(event, context);
    if (value === undefined || (isMulti(value) && value.length === 0)) {
      if (isUnknown) context.count('unmapped');
      return null;
    }
    if (!isMulti(value)) return cased(value);
    const atoms = lowercase === true ? value.map(cased) : value;
    return columnValue(atoms.length > 1 && arrange !== undefined ? arrange(atoms) : atoms);
  };
}

type Arrange = (atoms: readonly Atom[]) => readonly Atom[];

/** Text fields and places come from the source; keywords and addresses are a sorted set, numbers sorted. */
function arrangements(type: ColumnType, fieldType: FieldType): Arrange | undefined {
  if (type === 'geo_point' || fieldType === 'text' || fieldType === 'match_only_text') return undefined;
  const sort: Arrange = (atoms) => atoms.toSorted((a, b) => compareAtoms(a, b, type));
  const isSet = type === 'keyword' || type === 'ip' || type === 'version';
  return isSet ? (atoms) => sort(distinctAtoms(atoms)) : sort;
}

/** One value is itself. */
type Read = (event: PipelineEvent, context: RunContext) => readonly Atom[] | Atom | undefined;

function readScalars({ field, type }: FieldColumn, fields: EventFields | undefined): Read {
  const convert = fieldConversions[type];
  const values = openReader(field, fields);
  const converted = (value: Scalar, context: RunContext): Atom | undefined => {
    const atom = convert?.(value);
    if (atom === undefined) context.count('convFail');
    return atom;
  };
  return (event, context) => {
    const found = values(event);
    if (found === undefined) return undefined;
    if (!isList(found)) return converted(found, context);
    if (found.length === 1) return converted(found[0] as Scalar, context);
    const atoms: Atom[] = [];
    for (const value of found) {
      const atom = converted(value, context);
      if (atom !== undefined) atoms.push(atom);
    }
    return atoms;
  };
}

const isList = (found: readonly Scalar[] | Scalar): found is readonly Scalar[] => Array.isArray(found);

/** One value is itself; of several, only the field itself says in which order they stand. */
type ReadValues = (event: PipelineEvent) => readonly Scalar[] | Scalar | undefined;

function openReader(field: FieldRef, fields: EventFields | undefined): ReadValues {
  const read = toldReader(field);
  const { path } = field;
  if (fields === undefined || typeof path !== 'string' || !isPlain(field)) return read;
  const values = fields.values(field);
  return (event) => {
    const told = event.told?.(path);
    if (told !== undefined) return told;
    const count = fields.isOpen(event) ? values.count() : MANY;
    return count > 1 ? read(event) : count === 1 ? values.at(0) : undefined;
  };
}

const MANY = Infinity;

function readPoints({ field }: FieldColumn): Read {
  const path = typeof field.path === 'string' ? field.path : field.name;
  return ({ document }, context) => {
    const points = pointsOf(rawAt(document, path.split('.')) ?? null);
    for (const point of points) if (point === undefined) context.count('convFail');
    return points.filter((point) => point !== undefined);
  };
}

/** The JSON at a path, dotted keys included; the first that is there. */
function rawAt(node: JsonValue | undefined, keys: readonly string[]): JsonValue | undefined {
  if (keys.length === 0) return node;
  if (!isObject(node)) return undefined;
  for (let count = keys.length; count > 0; count--) {
    const found = rawAt(node[keys.slice(0, count).join('.')], keys.slice(count));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How a field of the type takes a value of the document; undefined where Elasticsearch would refuse it. */
const fieldConversions: Readonly<Partial<Record<ColumnType, (value: Scalar) => Atom | undefined>>> = {
  keyword: textOf,
  integer: (value) => wholeFrom(value, 'integer'),
  long: (value) => wholeFrom(value, 'long'),
  unsigned_long: (value) => wholeFrom(value, 'unsigned_long'),
  double: (value) => {
    const number = Number(numberOf(value) ?? NaN);
    return Number.isFinite(number) ? number : undefined;
  },
  boolean: booleanOf,
  datetime: parseDate,
  ip: (value) => {
    const address = parseAddress(textOf(value));
    return address === undefined ? undefined : addressText(address);
  },
  version: textOf,
};

/** A mapping cuts fractions off. */
function wholeFrom(value: Scalar, type: 'integer' | 'long' | 'unsigned_long'): Atom | undefined {
  const number = numberOf(value);
  if (number === undefined || (typeof number === 'number' && !Number.isFinite(number))) return undefined;
  return fitWhole(typeof number === 'number' ? Math.trunc(number) : number, type);
}
