/**
 * Why a condition of a row holds or does not: clause by clause, with the values of the columns that each reads. Null is
 * no answer that a WHERE takes, so a clause that is null has failed, and its values show why (esql §2.2).
 */
import { atomsOf } from '../../data/atom.ts';
import type { Atom, ColumnType, ColumnValue } from '../../data/column.ts';
import { isoDate } from '../../data/date-format.ts';
import type { Scalar } from '../../data/document.ts';
import { Numeral } from '../../data/numeral.ts';
import { printRowExpression } from '../../plan/print-pipeline.ts';
import type { RowExpression } from '../../plan/row.ts';
import type { Explanation, Seen } from '../explain/index.ts';
import { explain } from '../explain/index.ts';
import { rowCall } from './expression.ts';
import { columnsIn } from './reads.ts';
import type { Layout, Row, RowCall, RunContext } from './row.ts';

type Explain = (row: Row, context: RunContext) => Explanation;

const MOST_VALUES = 3;

/** Ready to explain rows of this layout. */
export function explainRow(e: RowExpression, layout: Layout): Explain {
  const call = rowCall(e, layout);
  if (e.kind === 'and' || e.kind === 'or') return several(e, call, layout);
  const leaf = leafOf(e, call, layout);
  // `IS NOT NULL` and `NOT IN` are written as one clause.
  if (e.kind === 'not' && e.span?.start !== e.arg.span?.start) {
    const arg = explainRow(e.arg, layout);
    const known = (row: Row, context: RunContext): Explanation => ({
      ...head(e, call(row, context)),
      kind: 'not',
      wanted: 'not this',
      children: [arg(row, context)],
    });
    // What is null is so on both sides of NOT.
    return (row, context) => (call(row, context) === null ? leaf : known)(row, context);
  }
  if (e.kind !== 'document') return leaf;
  return (row, context) =>
    row.event === undefined ? leaf(row, context) : explain(e.where, row.event.document, context);
}

function several(e: Extract<RowExpression, { kind: 'and' | 'or' }>, call: RowCall, layout: Layout): Explain {
  const members = e.args.map((arg) => explainRow(arg, layout));
  return (row, context) => ({
    ...head(e, call(row, context)),
    kind: e.kind,
    wanted: e.kind === 'and' ? 'all of these' : 'any of these',
    children: members.map((member) => member(row, context)),
  });
}

function leafOf(e: RowExpression, call: RowCall, layout: Layout): Explain {
  const columns = [...columnsIn(e)].map(([name, type]) => ({ name, type, read: layout.reader(name) }));
  return (row, context) => {
    const value = call(row, context);
    return {
      ...head(e, value),
      kind: 'compute',
      wanted: value === null ? 'true, and it is null' : '',
      seen: columns.map(({ name, type, read }) => seen(name, type, read(row, context))),
    };
  };
}

const head = (e: RowExpression, value: ColumnValue) => ({
  verdict: value === true ? ('held' as const) : ('failed' as const),
  ...(e.span === undefined ? {} : { span: e.span }),
  text: printRowExpression(e),
  seen: [],
  children: [],
});

function seen(field: string, type: ColumnType, value: ColumnValue): Seen {
  const atoms = atomsOf(value);
  const values = atoms.slice(0, MOST_VALUES).map((atom) => scalarOf(atom, type));
  return { field, values, count: atoms.length };
}

function scalarOf(atom: Atom, type: ColumnType): Scalar {
  if (type === 'datetime') return isoDate(Number(atom));
  if (typeof atom === 'bigint') return new Numeral(String(atom));
  return typeof atom === 'object' ? JSON.stringify(atom) : atom;
}
