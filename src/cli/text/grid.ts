/** Columns of text without borders: cli-table3 aligns them, wrapping is done here because it cuts long words. */
import Table from 'cli-table3';
import { wrap } from './layout.ts';

export interface Column {
  readonly head: string;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

/** A cell of wrapped text, coloured line by line so that padding stays plain. */
export interface Cell {
  readonly text: string;
  /** Its lines have their final length: they are not wrapped again. */
  readonly laidOut?: true;
  readonly look?: (line: string) => string;
  /** How many columns it takes. */
  readonly span?: number;
}

/** Blanks between two columns. */
export const GAP = 2;
const BORDERS =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle';
const NO_BORDERS = Object.fromEntries(BORDERS.split(' ').map((name) => [name, '']));

/** Lines of the table, without blanks at their ends. */
export function grid(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  bold: (text: string) => string,
): string[] {
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: columns.map(({ width }, index) => width + (index === columns.length - 1 ? 0 : GAP)),
    colAligns: columns.map(({ align = 'left' }) => align),
  });
  table.push(
    columns.map(({ head, align = 'left' }) => ({ content: bold(head), hAlign: align })),
    ...rows.map((row) => fill(columns, row)),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

function fill(columns: readonly Column[], row: readonly Cell[]) {
  let at = 0;
  return row.map(({ text, laidOut, look = (line) => line, span = 1 }, index) => {
    const own = columns.slice(at, at + span);
    at += span;
    const last = index === row.length - 1;
    const width = own.reduce((sum, column) => sum + column.width, 0) + GAP * (span - 1);
    const lines = laidOut === true ? text.split('\n') : wrap(text, width);
    const content = lines.map(look).join('\n');
    return {
      content,
      colSpan: span,
      hAlign: span === 1 ? (own[0]?.align ?? 'left') : 'left',
      ...(last ? { style: { 'padding-right': 0 } } : {}),
    } as const;
  });
}
