/** Tables for ENRICH and LOOKUP JOIN, out of documents. */
import type { Column, ColumnValue } from '../../data/column.ts';
import type { JsonObject } from '../../data/document.ts';
import type { FieldColumn } from '../../plan/pipeline.ts';
import { loadColumn } from './field.ts';
import type { LocalTable } from './operator.ts';

/** Told of every value that does not have its column's type; the row goes without it. */
export type OnUnfit = (row: number, column: Column) => void;

/** Rows are flat: a key a column. The first column is what ENRICH compares. */
export function localTable(
  columns: readonly Column[],
  rows: readonly JsonObject[],
  onUnfit: OnUnfit,
): LocalTable {
  const loads = columns.map((column) => [column, loadColumn(asField(column), 'lucene')] as const);
  const read = (document: JsonObject, place: number): Record<string, ColumnValue> =>
    Object.fromEntries(
      loads.map(([column, load]) => {
        const context = { now: 0, count: () => onUnfit(place, column) };
        return [column.name, load({ document, id: '' }, context)];
      }),
    );
  return { key: columns[0]?.name ?? '', rows: rows.map(read) };
}

const asField = ({ name, type }: Column): FieldColumn => ({
  from: 'field',
  name,
  type,
  field: { name, path: name },
  fieldType: 'keyword',
});
