import { DiagnosticError } from '../../../base/diagnostic.ts';
import type { Result } from '../../../base/result.ts';
import { failure, success } from '../../../base/result.ts';
import type { Source } from '../../../base/source.ts';
import type { Query } from './ast.ts';
import { Cursor } from './cursor.ts';
import { query } from './query.ts';

/**
 * Reads a query of EQL as Elasticsearch has it (eql §1). Never throws, whatever the text; spans count from the
 * beginning of `source.text`. Several errors are reported at once where reading can go on behind the first.
 */
export function parseEql(source: Source): Result<Query> {
  const c = new Cursor(source);
  const found = readAll(c);
  const diagnostics = c.report.diagnostics('EQL126');
  return found === undefined || c.report.failed ? failure(...diagnostics) : success(found, diagnostics);
}

function readAll(c: Cursor): Query | undefined {
  try {
    return query(c);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    c.report.add(error.diagnostic);
    return undefined;
  }
}
