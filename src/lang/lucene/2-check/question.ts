/** What a leaf of the tree asks of its field: shared by the checks and by lowering, so that they agree. */
import { MANY } from '../../../data/pattern.ts';
import type { FieldName } from '../../kit/field.ts';
import type { Ask, Bound } from '../../kit/leaf.ts';
import type { LuceneLeaf, Range } from '../1-parse/ast.ts';

/** `exists` stands for `field:*`, `_exists_:field` and `field:[* TO *]`; `all` for `*` and `*:*`. */
export type Question =
  | { readonly kind: 'all' }
  | { readonly kind: 'exists'; readonly name: FieldName }
  | { readonly kind: 'ask'; readonly name: FieldName | undefined; readonly ask: Ask };

export function questionOf(leaf: LuceneLeaf): Question {
  const name = leaf.field?.name;
  if (name === '_exists_') return { kind: 'exists', name: writtenName(leaf) };
  const ask = askOf(leaf);
  if (ask !== undefined) return { kind: 'ask', name, ask };
  return name === undefined || isAnyName(name) ? { kind: 'all' } : { kind: 'exists', name };
}

const isAnyName = (name: FieldName): boolean => typeof name !== 'string' && name.length === 1;

function writtenName(leaf: LuceneLeaf): FieldName {
  if (leaf.kind === 'wildcard') return leaf.pattern;
  return leaf.kind === 'term' || leaf.kind === 'phrase' ? leaf.text : '';
}

/** Undefined: any value at all. */
function askOf(leaf: LuceneLeaf): Ask | undefined {
  switch (leaf.kind) {
    case 'term':
    case 'phrase':
      return { kind: 'value', text: leaf.text, phrase: leaf.kind === 'phrase' };
    case 'wildcard':
      return leaf.pattern.length === 1 && leaf.pattern[0] === MANY
        ? undefined
        : { kind: 'pattern', pattern: leaf.pattern };
    case 'regexp':
      return { kind: 'regexp', expression: leaf.expression };
    case 'range':
      return rangeAsk(leaf);
  }
}

function rangeAsk({ from, to }: Range): Ask | undefined {
  const lower: Bound[] =
    from === undefined ? [] : [{ order: from.inclusive ? 'gte' : 'gt', than: from.text }];
  const upper: Bound[] = to === undefined ? [] : [{ order: to.inclusive ? 'lte' : 'lt', than: to.text }];
  const bounds = [...lower, ...upper];
  return bounds.length === 0 ? undefined : { kind: 'range', bounds };
}
