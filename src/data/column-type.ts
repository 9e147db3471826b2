/** The types that fields have as columns (esql §2.1). */
import type { ColumnType } from './column.ts';
import type { FieldInfo, FieldType } from './field-type.ts';

const types: Readonly<Partial<Record<FieldType, ColumnType>>> = {
  keyword: 'keyword',
  constant_keyword: 'keyword',
  wildcard: 'keyword',
  text: 'keyword',
  match_only_text: 'keyword',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
  ip: 'ip',
  date: 'datetime',
  version: 'version',
  geo_point: 'geo_point',
};

/** Undefined for a field without a type of its own. */
export const columnTypeOf = ({ type }: FieldInfo): ColumnType | undefined => types[type];
