/** KQL, the language that rules call `kuery` (kql). */
import { failure, success } from '../../base/result.ts';
import { checkKql } from './2-check/check.ts';
import { lowerKql } from './3-lower/lower.ts';
import type { Language } from '../kit/language.ts';
import { highlightKql } from './1-parse/highlight.ts';
import { parseKql } from './1-parse/parse.ts';

export { parseKql } from './1-parse/parse.ts';
export { printKql } from './1-parse/print.ts';
export type { KqlNode, Value } from './1-parse/ast.ts';

export const kql: Language = {
  name: 'kuery',
  compile(query, { types }) {
    const parsed = parseKql(query);
    if (!parsed.ok) return parsed;
    const found = checkKql(parsed.value, query, types);
    if (found.some(({ severity }) => severity === 'error')) return failure(...found);
    return success({ kind: 'filter', where: lowerKql(parsed.value, types), pipes: [] }, found);
  },
  highlight: highlightKql,
};
