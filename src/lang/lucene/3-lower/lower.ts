/** Lucene's tree as a predicate: boolean clauses by what they are required to do, leaves by the type of their field. */
import type { Span } from '../../../base/span.ts';
import type { FieldTypes } from '../../../data/field-type.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import { TRUE } from '../../../plan/rewrite.ts';
import { askAnyField, askField, fieldExists } from '../../kit/field.ts';
import type { Boolean, LuceneLeaf, LuceneNode, Occur } from '../1-parse/ast.ts';
import { questionOf } from '../2-check/question.ts';

export const lowerLucene = (node: LuceneNode, types: FieldTypes): Predicate =>
  node.kind === 'boolean' ? lowerBoolean(node, types) : lowerLeaf(node, types);

/** Optional clauses count only where nothing is required; clauses that only forbid leave everything else. */
function lowerBoolean({ clauses, span }: Boolean, types: FieldTypes): Predicate {
  const lowered = (occur: Occur): Predicate[] =>
    clauses.filter((clause) => clause.occur === occur).map(({ node }) => lowerLucene(node, types));
  const [must, should] = [lowered('must'), lowered('should')];
  const forbidden = lowered('mustNot').map((arg): Predicate => ({ kind: 'not', arg }));
  const optional = must.length === 0 && should.length > 0 ? [joined('or', should, span)] : [];
  return joined('and', [...must, ...optional, ...forbidden], span);
}

/** One predicate stands for itself. */
function joined(kind: 'and' | 'or', args: readonly Predicate[], span: Span): Predicate {
  const [only] = args;
  return only !== undefined && args.length === 1 ? { ...only, span } : { kind, args, span };
}

function lowerLeaf(leaf: LuceneLeaf, types: FieldTypes): Predicate {
  const question = questionOf(leaf);
  if (question.kind === 'all') return { ...TRUE, span: leaf.span };
  if (question.kind === 'exists') return fieldExists(types, question.name, leaf.span);
  return question.name === undefined
    ? askAnyField(question.ask, leaf.span)
    : askField(types, question.name, question.ask, leaf.span);
}
