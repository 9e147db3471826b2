import type { Operator, Pipeline, SourceColumn } from '../../../plan/pipeline.ts';
import type { Checked } from '../2-check/check.ts';
import { METADATA_TYPES, fieldColumn } from '../2-check/scope.ts';
import type { From } from '../1-parse/ast.ts';

/** The plan of a query that the check let pass (esql §2.4). Only fields that the query names become columns. */
export function lowerQuery({ operators, scope, fields }: Checked, from: From | undefined): Pipeline {
  const metadata = (from?.metadata ?? []).map(({ name }): SourceColumn => ({
    from: 'metadata',
    name,
    type: METADATA_TYPES[name] ?? 'keyword',
  }));
  const read = [...fields.values()].map(({ info, type }) => fieldColumn(info, type));
  const columns = [...metadata, ...read];
  return {
    kind: 'pipeline',
    operators: operators.map((operator): Operator =>
      operator.kind === 'source' ? { ...operator, columns } : operator,
    ),
    output: scope.output(),
    aggregating: operators.some(({ kind }) => kind === 'stats'),
    unknownFields: [...fields.values()]
      .filter(({ info }) => info.type === 'dynamic')
      .map(({ info, type }) => ({ name: info.name, type })),
  };
}
