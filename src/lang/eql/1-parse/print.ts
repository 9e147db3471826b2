/**
 * The canonical text of a syntax tree: one line, double quotes, only the parentheses that are needed. Reading it again
 * gives the same tree (except for places).
 */
import type { Event, Expression, Field, Item, Pipe, Query } from './ast.ts';
import { quote } from './text.ts';
import { KEYWORDS } from './token.ts';

export function printQuery(query: Query): string {
  return [...head(query), ...query.pipes.map(printPipe)].join(' ');
}

function head(query: Query): readonly string[] {
  switch (query.kind) {
    case 'event':
      return [printEvent(query.event)];
    case 'sample':
      return ['sample', ...printBy(query.by), ...query.items.map(printItem)];
    case 'sequence': {
      const { by, maxspan, items, until } = query;
      const span = maxspan === undefined ? [] : [`with maxspan=${maxspan.count}${maxspan.unit}`];
      const end = until === undefined ? [] : ['until', printItem(until)];
      return ['sequence', ...printBy(by), ...span, ...items.map(printItem), ...end];
    }
  }
}

const printPipe = (pipe: Pipe): string => `| ${pipe.kind} ${pipe.count}`;

const printBy = (by: readonly Field[]): readonly string[] =>
  by.length === 0 ? [] : [`by ${by.map(printField).join(', ')}`];

function printItem({ absent, event, by, runs }: Item): string {
  const brackets = `${absent ? '![' : '['}${printEvent(event)}]`;
  return [brackets, ...printBy(by), ...(runs === undefined ? [] : [`with runs=${runs.value}`])].join(' ');
}

function printEvent({ category, condition }: Event): string {
  const name =
    category.name === undefined ? 'any' : plain(category.name) ? category.name : quote(category.name);
  return `${name} where ${printExpression(condition)}`;
}

const plain = (name: string): boolean => /^[A-Za-z_@][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name);

/** Part by part, as back quotes around a whole name would also be right but read worse. */
function printField({ name, optional }: Field): string {
  const parts = name.split('.');
  const written = parts.includes('')
    ? backQuoted(name)
    : parts.map((part) => (plain(part) ? part : backQuoted(part))).join('.');
  return (optional ? '?' : '') + written;
}

const backQuoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Loosest first; an operand that binds more loosely than its place asks stands in parentheses. */
const LOGIC = { or: 0, and: 1 } as const;
const NOT = 2;
const COMPARISON = 3;
const ARITHMETIC = { '+': 4, '-': 4, '*': 5, '/': 5, '%': 5 } as const;
const SIGN = 6;
const POSTFIX = 7;
const PRIMARY = 8;

function printExpression(e: Expression, least = 0): string {
  const [binding, text] = printed(e);
  return binding < least ? `(${text})` : text;
}

function printed(e: Expression): readonly [binding: number, text: string] {
  switch (e.kind) {
    case 'string':
      return [PRIMARY, quote(e.value)];
    case 'number':
      return [PRIMARY, e.text];
    case 'boolean':
      return [PRIMARY, String(e.value)];
    case 'null':
      return [PRIMARY, 'null'];
    case 'field':
      return [PRIMARY, printField(e)];
    case 'call':
      return [PRIMARY, `${e.name}${e.insensitive ? '~' : ''}(${listed(e.args)})`];
    case 'sign':
      return [SIGN, e.op + printExpression(e.arg, SIGN)];
    case 'arithmetic':
      return [ARITHMETIC[e.op], binary(e.left, e.op, e.right, ARITHMETIC[e.op], ARITHMETIC[e.op] + 1)];
    case 'comparison':
      return [COMPARISON, binary(e.left, e.op, e.right, COMPARISON + 1, COMPARISON + 1)];
    case 'membership':
      return [
        POSTFIX,
        `${printExpression(e.arg, PRIMARY)} ${e.negated ? 'not ' : ''}in${e.insensitive ? '~' : ''} (${listed(e.list)})`,
      ];
    case 'match':
      return [POSTFIX, `${printExpression(e.arg, PRIMARY)} ${e.op} ${patternList(e.patterns)}`];
    case 'not':
      return [NOT, `not ${printExpression(e.arg, NOT)}`];
    case 'and':
    case 'or':
      return [
        LOGIC[e.kind],
        e.args.map((arg) => printExpression(arg, LOGIC[e.kind] + 1)).join(` ${e.kind} `),
      ];
  }
}

const binary = (
  left: Expression,
  op: string,
  right: Expression,
  leftLeast: number,
  rightLeast: number,
): string => `${printExpression(left, leftLeast)} ${op} ${printExpression(right, rightLeast)}`;

const listed = (items: readonly Expression[]): string =>
  items.map((item) => printExpression(item)).join(', ');

function patternList(patterns: readonly Expression[]): string {
  const [only] = patterns;
  return patterns.length === 1 && only !== undefined ? printExpression(only) : `(${listed(patterns)})`;
}
