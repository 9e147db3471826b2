/** ES|QL as Elastic's prebuilt rules use it (specification esql). */
import type { Result } from '../../base/result.ts';
import { failure, success } from '../../base/result.ts';
import type { Source } from '../../base/source.ts';
import type { Plan } from '../../plan/plan.ts';
import type { CompileOptions, Language } from '../kit/language.ts';
import type { Command, From } from './1-parse/ast.ts';
import { highlight } from './1-parse/highlight.ts';
import { parseEsql } from './1-parse/parse.ts';
import { checkQuery } from './2-check/check.ts';
import { lowerQuery } from './3-lower/lower.ts';

export const esql: Language = { name: 'esql', compile, highlight };

export { parseEsql } from './1-parse/parse.ts';
export { printQuery } from './1-parse/print.ts';

function compile(query: Source, options: CompileOptions): Result<Plan> {
  const parsed = parseEsql(query);
  if (!parsed.ok) return parsed;
  const checked = checkQuery(parsed.value, query, options);
  if (checked.diagnostics.some((d) => d.severity === 'error')) return failure(...checked.diagnostics);
  return success(lowerQuery(checked, parsed.value.commands.find(isFrom)), checked.diagnostics);
}

const isFrom = (command: Command): command is From => command.kind === 'from';
