/** Lucene query strings, as Elasticsearch's `query_string` reads them (kql §6.3). */
import { failure, success } from '../../base/result.ts';
import { TRUE } from '../../plan/rewrite.ts';
import type { Language } from '../kit/language.ts';
import { highlightLucene } from './1-parse/highlight.ts';
import { parseLucene } from './1-parse/parse.ts';
import { checkLucene } from './2-check/check.ts';
import { lowerLucene } from './3-lower/lower.ts';

export const lucene: Language = {
  name: 'lucene',
  compile(query, { types }) {
    const parsed = parseLucene(query);
    if (!parsed.ok) return parsed;
    const tree = parsed.value;
    if (tree === undefined) return success({ kind: 'filter', where: TRUE, pipes: [] });
    const found = [...parsed.diagnostics, ...checkLucene(tree, query, types)];
    if (found.some(({ severity }) => severity === 'error')) return failure(...found);
    return success({ kind: 'filter', where: lowerLucene(tree, types), pipes: [] }, found);
  },
  highlight: highlightLucene,
};
