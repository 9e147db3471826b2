/** `query_string` in a filter: a Lucene query. */
import { DiagnosticError } from '../../base/diagnostic.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { source } from '../../base/source.ts';
import type { Predicate } from '../../plan/predicate.ts';
import { lucene } from '../lucene/index.ts';
import type { Part } from './context.ts';

export function queryStringClause(part: Part): Predicate {
  part.object(['query', 'analyze_wildcard', 'lenient', 'time_zone', 'default_field', 'boost']);
  checkDefaultField(part);
  const { context } = part;
  const query = part.child('query');
  const compiled = lucene.compile(source('query_string', query.text()), { types: context.types });
  const found = compiled.diagnostics.map((inner) => placed(inner, query));
  const error = found.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new DiagnosticError(error);
  context.warnings.push(...found);
  if (!compiled.ok || compiled.value.kind !== 'filter') return query.refuse('FIL102', 'this is no condition');
  return compiled.value.where;
}

function checkDefaultField(part: Part): void {
  const field = part.child('default_field');
  if (part.has('default_field') && field.text() !== '*')
    field.refuse(
      'FIL103',
      'a default field is not supported',
      'name the field inside the query: `field:(…)`',
    );
}

/** At the text of the query as a whole: what its escapes did to offsets is not known here. */
function placed({ code, severity, message, hint }: Diagnostic, query: Part): Diagnostic {
  return {
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...query.context.place(query.path),
  };
}
