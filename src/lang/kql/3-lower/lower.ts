/** KQL's tree as a predicate (kql §3–5): each leaf by the type of its field, nested names made absolute. */
import type { FieldTypes } from '../../../data/field-type.ts';
import type { Predicate } from '../../../plan/predicate.ts';
import { TRUE } from '../../../plan/rewrite.ts';
import { askAnyField, askField, fieldExists } from '../../kit/field.ts';
import type { Is, KqlNode, Nested } from '../1-parse/ast.ts';
import { isLoneStar, textOfValue } from '../1-parse/ast.ts';
import { askOf, fieldNameOf, hasField } from '../2-check/question.ts';

/** The predicate of a tree that the checks found no error in; `within` is the path of the nested field around it. */
export function lowerKql(node: KqlNode, types: FieldTypes, within?: string): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, args: node.args.map((arg) => lowerKql(arg, types, within)), span: node.span };
    case 'not':
      return { kind: 'not', arg: lowerKql(node.arg, types, within), span: node.span };
    case 'nested':
      return lowerNested(node, types, within);
    case 'range':
      return askField(types, fieldNameOf(node.field, within), askOf(node), node.span);
    case 'is':
      return lowerIs(node, types, within);
  }
}

function lowerNested(node: Nested, types: FieldTypes, within: string | undefined): Predicate {
  const inner = textOfValue(node.field);
  const path = within === undefined ? inner : `${within}.${inner}`;
  return { kind: 'nested', path, arg: lowerKql(node.arg, types, path), span: node.span };
}

function lowerIs(node: Is, types: FieldTypes, within: string | undefined): Predicate {
  if (!hasField(node))
    return isLoneStar(node.value)
      ? { ...TRUE, span: node.span }
      : askAnyField(askOf(node), node.span, within);
  const name = fieldNameOf(node.field, within);
  if (!isLoneStar(node.value)) return askField(types, name, askOf(node), node.span);
  if (isLoneStar(node.field) && within === undefined) return { ...TRUE, span: node.span };
  return fieldExists(types, name, node.span);
}
