/** What a leaf of the tree asks, and of which field: shared by the checks and by lowering, so that they agree. */
import type { Pattern } from '../../../data/pattern.ts';
import { MANY } from '../../../data/pattern.ts';
import type { FieldName } from '../../kit/field.ts';
import type { Ask } from '../../kit/leaf.ts';
import type { Is, KqlNode, Range, Value } from '../1-parse/ast.ts';
import { textOfValue } from '../1-parse/ast.ts';

/** A leaf of the tree that names a field. */
export type FieldLeaf = (Is & { readonly field: Value }) | Range;

/** Kibana takes a bare `null` before the colon for no field at all. */
export const hasField = (node: Is): node is Is & { readonly field: Value } =>
  node.field !== null && !(node.field.kind === 'literal' && node.field.value === null);

/** The absolute name or pattern of names; `within` is the path of the nested field around it (kql §4.10). */
export function fieldNameOf(field: Value, within: string | undefined): FieldName {
  const prefix = within === undefined ? '' : `${within}.`;
  if (field.kind !== 'wildcard') return prefix + textOfValue(field);
  const [first = '', ...others] = field.pieces;
  return patternOf([prefix + first, ...others]);
}

/** What is asked of one value of the field. */
export function askOf(node: KqlNode & { readonly value: Value }): Ask {
  const { value } = node;
  if (node.kind === 'range')
    return { kind: 'range', bounds: [{ order: node.order, than: textOfValue(value) }] };
  if (value.kind === 'wildcard') return { kind: 'pattern', pattern: patternOf(value.pieces), split: true };
  return { kind: 'value', text: textOfValue(value), phrase: value.kind === 'quoted' };
}

/** A star between each two pieces; empty pieces are left out. */
const patternOf = (pieces: readonly string[]): Pattern =>
  pieces.flatMap((piece, index) => [...(index === 0 ? [] : [MANY]), ...(piece === '' ? [] : [piece])]);
