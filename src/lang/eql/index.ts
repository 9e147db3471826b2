/** EQL as Elasticsearch and its prebuilt rules use it: event queries, sequences and samples (specification eql). */
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { Plan } from '../../plan/plan.ts';
import type { CompileOptions, Language } from '../kit/language.ts';
import { highlight } from './1-parse/highlight.ts';
import { parseEql } from './1-parse/parse.ts';
import { checkQuery } from './2-check/check.ts';
import { lowerQuery } from './3-lower/lower.ts';

export const eql: Language = { name: 'eql', compile, highlight };

export { parseEql } from './1-parse/parse.ts';
export { printQuery } from './1-parse/print.ts';

function compile(query: Source, options: CompileOptions): Result<Plan> {
  const parsed = parseEql(query);
  if (!parsed.ok) return parsed;
  const found = checkQuery(parsed.value, query, options.types);
  if (found.some((d) => d.severity === 'error')) return failure(...found);
  return success(lowerQuery(parsed.value, options), found);
}
