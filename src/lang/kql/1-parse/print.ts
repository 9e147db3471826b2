/**
 * A syntax tree as KQL text in one canonical form: one space around keywords, no value lists, parentheses only where
 * needed. `parseKql(printKql(tree))` gives the same tree, spans aside.
 */
import type { Order } from '../../../data/fold.ts';
import type { KqlNode, Value } from './ast.ts';

const OPERATORS: Readonly<Record<Order, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

/** The query text of a tree. */
export function printKql(node: KqlNode): string {
  switch (node.kind) {
    case 'and':
      return node.args.map((arg) => grouped(arg, ['and', 'or'])).join(' and ');
    case 'or':
      return node.args.map((arg) => grouped(arg, ['or'])).join(' or ');
    case 'not':
      return `not ${grouped(node.arg, ['and', 'or', 'not'])}`;
    case 'is':
      return node.field === null
        ? valueText(node.value)
        : `${valueText(node.field)}:${valueText(node.value)}`;
    case 'range':
      return `${valueText(node.field)} ${OPERATORS[node.order]} ${valueText(node.value)}`;
    case 'nested':
      return `${valueText(node.field)}:{ ${printKql(node.arg)} }`;
  }
}

const grouped = (node: KqlNode, loose: readonly KqlNode['kind'][]): string =>
  loose.includes(node.kind) ? `(${printKql(node)})` : printKql(node);

function valueText(value: Value): string {
  switch (value.kind) {
    case 'quoted':
      return `"${value.text.replace(/[\\"]/g, '\\$&').replace(/[\t\r\n]/g, controlText)}"`;
    case 'literal':
      return value.value === '' ? EMPTY : bare(String(value.value));
    case 'wildcard':
      return value.pieces.map(bare).join('*');
  }
}

/** Bare text is trimmed after its escapes are read, so an escaped tab is the empty text. */
const EMPTY = '\\t';

const controlText = (character: string): string =>
  character === '\t' ? '\\t' : character === '\r' ? '\\r' : '\\n';

/** A keyword inside a value is broken by writing its first letter as a code: `\not` would be a line end and "ot". */
const bare = (text: string): string =>
  text
    .replace(/[\\():<>"*{}]/g, '\\$&')
    .replace(/(?<![^\s])(?:or|and)(?=\s|$)|not(?=\s|$)/gi, (word) => unicode(word[0] ?? '') + word.slice(1))
    .replace(/[\t\r\n]/g, controlText);

const unicode = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
