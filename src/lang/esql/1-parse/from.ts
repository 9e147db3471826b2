/** `FROM logs-*, -logs-noise-* METADATA _id` (esql §2.3). */
import type { Span } from '../../../base/span.ts';
import type { From, Index, Name } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import { name } from './name.ts';

export function from(c: Cursor, start: number): From {
  const indices = [index(c)];
  while (c.accept(',') !== undefined) indices.push(index(c));
  const metadata = c.at('metadata') ? metadataFields(c) : [];
  return { kind: 'from', indices, metadata, span: c.since(start) };
}

function index(c: Cursor): Index {
  const token = c.peek();
  if (c.at('(')) throw notRun(c, 'a query inside FROM', spanOf(token), 'name the indices');
  if (token.kind !== 'source' && token.kind !== 'string')
    throw c.unexpected('the name of an index or a pattern');
  c.next();
  return named(c, token.text, spanOf(token));
}

function named(c: Cursor, written: string, span: Span): Index {
  const exclude = written.startsWith('-');
  const text = exclude ? written.slice(1) : written;
  if (text.includes('::')) throw notRun(c, 'a selector of an index (::)', span, 'leave it out');
  if (text.startsWith('<'))
    throw notRun(c, 'date mathematics in an index', span, 'write a pattern, such as logs-*');
  if (text === '') throw c.report.fatal('ESQL101', 'the name of the index is empty', span);
  return { text, exclude, span };
}

const notRun = (c: Cursor, what: string, span: Span, instead: string): Error =>
  c.report.fatal('ESQL117', `${what} is not run by Winnow`, span, instead);

function metadataFields(c: Cursor): Name[] {
  c.next();
  const found = [name(c)];
  while (c.accept(',') !== undefined) found.push(name(c));
  return found;
}
