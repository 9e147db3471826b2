/** Comma-separated values (RFC 4180): quoted cells may hold commas, line breaks and doubled quotes. */

export interface CsvRow {
  /** One-based line of its first cell. */
  readonly line: number;
  readonly cells: readonly string[];
}

const CELL = /(?:"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Rows that hold anything; text behind a closing quote belongs to its cell. */
export function* csvRows(text: string): Generator<CsvRow> {
  let cells: string[] = [];
  let [line, begin] = [1, 1];
  CELL.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  for (let at = CELL.lastIndex; at < text.length; at = CELL.lastIndex) {
    CELL.lastIndex = at;
    const [whole = '', quoted, rest = '', plain = '', end = ''] = CELL.exec(text) ?? [];
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + rest);
    CELL.lastIndex = at + Math.max(1, whole.length);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',' && CELL.lastIndex < text.length) continue;
    if (end === ',') cells.push('');
    if (cells.some((cell) => cell !== '')) yield { line: begin, cells };
    [cells, begin] = [[], line];
  }
}
