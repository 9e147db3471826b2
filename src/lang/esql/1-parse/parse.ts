import { DiagnosticError } from '../../../base/diagnostic.ts';
import type { Result } from '../../../base/result.ts';
import { failure, success } from '../../../base/result.ts';
import type { Source } from '../../../base/source.ts';
import { span } from '../../../base/span.ts';
import type { Command, Query } from './ast.ts';
import { command } from './command.ts';
import { Cursor, spanOf } from './cursor.ts';

/**
 * Reads a query of ES|QL (esql §1, §2). Never throws, whatever the text; spans count from the beginning of
 * `source.text`. Several errors are reported at once where reading can go on behind the first.
 */
export function parseEsql(source: Source): Result<Query> {
  const c = new Cursor(source);
  const commands = readAll(c);
  const diagnostics = c.report.diagnostics('ESQL199');
  if (commands === undefined || c.report.failed) return failure(...diagnostics);
  return success({ commands, span: span(0, source.text.length) }, diagnostics);
}

function readAll(c: Cursor): Command[] | undefined {
  try {
    return query(c);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    c.report.add(error.diagnostic);
    return undefined;
  }
}

const SOURCES = ['from', 'row'];

function query(c: Cursor): Command[] {
  if (c.atEnd) throw c.report.fatal('ESQL114', 'the query is empty', spanOf(c.peek()), 'begin with FROM');
  const found: Command[] = [];
  let first = true;
  do {
    const read = c.command(() => one(c, first));
    if (read !== undefined) found.push(read);
    first = false;
  } while (c.accept('|') !== undefined);
  return found;
}

/** A command that stands where it may. */
function one(c: Cursor, first: boolean): Command {
  const token = c.peek();
  const read = command(c);
  const isSource = SOURCES.includes(read.kind);
  if (first && !isSource)
    c.report.say(
      'ESQL112',
      `the query begins with ${token.text.toUpperCase()}`,
      spanOf(token),
      'begin with FROM',
    );
  if (!first && isSource)
    c.report.say(
      'ESQL112',
      `${token.text.toUpperCase()} stands behind a pipe`,
      spanOf(token),
      'it comes first, and once',
    );
  return read;
}
