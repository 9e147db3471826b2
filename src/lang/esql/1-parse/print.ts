/**
 * The canonical text of a syntax tree: commands in capitals and one to a line, names and functions as they are written,
 * only the parentheses that are needed; a value that names its column stays as it is. Reading it again gives the same
 * tree (except for places and the `text` of values with a name).
 */
import type { Pattern } from '../../../data/pattern.ts';
import type {
  AggregateField,
  Command,
  Expression,
  Field,
  Index,
  Name,
  Option,
  Query,
  SortKey,
} from './ast.ts';
import { backQuoted, printName as nameText, quote } from './text.ts';
import { FOLLOWERS } from './token.ts';

export const printQuery = (query: Query): string => query.commands.map(printCommand).join('\n| ');

const comma = (texts: readonly string[]): string => texts.join(', ');

function printCommand(command: Command): string {
  switch (command.kind) {
    case 'from':
      return words(
        'FROM',
        comma(command.indices.map(printIndex)),
        listOf('METADATA', command.metadata.map(printName)),
      );
    case 'row':
    case 'eval':
      return words(command.kind.toUpperCase(), comma(command.fields.map(printField)));
    case 'where':
      return words('WHERE', printExpression(command.condition));
    case 'stats':
    case 'inlineStats': {
      const name = command.kind === 'stats' ? 'STATS' : 'INLINE STATS';
      return words(
        name,
        comma(command.aggregates.map(printAggregate)),
        listOf('BY', command.by.map(printField)),
      );
    }
    case 'keep':
    case 'drop':
      return words(
        command.kind.toUpperCase(),
        comma(command.columns.map(({ pattern }) => printPattern(pattern))),
      );
    case 'rename':
      return words(
        'RENAME',
        comma(command.pairs.map(({ from, to }) => `${printName(from)} AS ${printName(to)}`)),
      );
    case 'sort':
      return words('SORT', comma(command.keys.map(printSortKey)));
    case 'limit':
      return words('LIMIT', command.count.text);
    case 'mvExpand':
      return words('MV_EXPAND', printName(command.column));
    case 'grok':
      return words(
        'GROK',
        printExpression(command.input, PRIMARY),
        comma(command.patterns.map((p) => quote(p.value))),
      );
    case 'dissect': {
      const { appendSeparator: separator } = command;
      const option = separator === undefined ? '' : `APPEND_SEPARATOR = ${quote(separator.value)}`;
      return words('DISSECT', printExpression(command.input, PRIMARY), quote(command.pattern.value), option);
    }
    case 'enrich': {
      const columns = command.columns.map(({ name, from }) => assigned(name, printName(from)));
      const on = command.on === undefined ? '' : `ON ${printName(command.on)}`;
      return words('ENRICH', printSource(command.policy), on, listOf('WITH', columns));
    }
    case 'lookupJoin':
      return words('LOOKUP JOIN', printSource(command.table), listOf('ON', command.on.map(printName)));
    case 'completion': {
      const given = command.options.length === 0 ? '' : `WITH ${printOptions(command.options)}`;
      return words('COMPLETION', assigned(command.column, printExpression(command.prompt, PRIMARY)), given);
    }
  }
}

const words = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');
const listOf = (word: string, texts: readonly string[]): string =>
  texts.length === 0 ? '' : `${word} ${comma(texts)}`;
const assigned = (name: Name | undefined, value: string): string =>
  name === undefined ? value : `${printName(name)} = ${value}`;

const printField = ({ name, value, text }: Field): string =>
  name === undefined ? text : assigned(name, printExpression(value));

const printAggregate = (field: AggregateField): string =>
  words(printField(field), field.where === undefined ? '' : `WHERE ${printExpression(field.where)}`);

const printSortKey = ({ value, order, nulls }: SortKey): string =>
  words(
    printExpression(value),
    order?.toUpperCase() ?? '',
    nulls === undefined ? '' : `NULLS ${nulls.toUpperCase()}`,
  );

const printIndex = ({ text, exclude }: Index): string => printSource((exclude ? '-' : '') + text);

/** As it stands, or in double quotes if a character would end it. */
const printSource = (text: string): string =>
  /^[^\s,|"'()[\]=`;]+$/.test(text) && !/\/\/|\/\*/.test(text) ? text : quote(text);

const plainPart = (part: string): boolean =>
  /^[\p{L}_@][\p{L}\p{M}\p{N}_@]*$/u.test(part) && !FOLLOWERS.has(part.toLowerCase());

const printName = ({ name }: Name): string => nameText(name, plainPart);

/** Literal pieces in back quotes where needed; a piece may begin or end with a dot. */
const printPattern = (pattern: Pattern): string =>
  pattern
    .map((part) => (typeof part !== 'string' ? '*' : part.split(/(\.)/).map(printPiece).join('')))
    .join('');

const printPiece = (piece: string): string =>
  piece === '' || piece === '.' || /^[\p{L}\p{M}\p{N}_@]+$/u.test(piece) ? piece : backQuoted(piece);

/** Loosest first; an operand that binds more loosely than its place asks stands in parentheses. */
const LOGIC = { or: 0, and: 1 } as const;
const NOT = 2;
const PREDICATE = 3;
const ARITHMETIC = { '+': 4, '-': 4, '*': 5, '/': 5, '%': 5 } as const;
const SIGN = 6;
const CAST = 7;
const PRIMARY = 7;

function printExpression(e: Expression, least = 0): string {
  const [binding, text] = printed(e);
  return binding < least ? `(${text})` : text;
}

const listed = (items: readonly Expression[]): string => comma(items.map((item) => printExpression(item)));

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
    case 'timespan':
      return [PRIMARY, `${e.count} ${e.unit}${e.count === 1 ? '' : 's'}`];
    case 'list':
      return [PRIMARY, `[${comma(e.items.map((item) => printExpression(item, SIGN)))}]`];
    case 'name':
      return [PRIMARY, printName(e)];
    case 'call': {
      const options = e.options === undefined ? [] : [printOptions(e.options)];
      return [
        PRIMARY,
        `${e.name}(${e.star === true ? '*' : comma([...e.args.map((a) => printExpression(a)), ...options])})`,
      ];
    }
    case 'cast':
      return [CAST, `${printExpression(e.arg, CAST)}::${e.to}`];
    case 'sign':
      return [SIGN, e.op + printExpression(e.arg, SIGN)];
    case 'arithmetic':
      return [ARITHMETIC[e.op], binary(e.left, e.op, e.right, ARITHMETIC[e.op], ARITHMETIC[e.op] + 1)];
    case 'comparison':
      return [PREDICATE, binary(e.left, e.op, e.right, PREDICATE + 1, PREDICATE + 1)];
    case 'in':
      return [PREDICATE, `${operand(e.arg, e.negated)} IN (${listed(e.list)})`];
    case 'like':
    case 'rlike':
      return [
        PREDICATE,
        `${operand(e.arg, e.negated)} ${e.kind.toUpperCase()} ${patterns(e.patterns.map((p) => p.value))}`,
      ];
    case 'isNull':
      return [PREDICATE, `${printExpression(e.arg, PREDICATE + 1)} IS ${e.negated ? 'NOT ' : ''}NULL`];
    case 'search':
      return [PREDICATE, `${printName(e.field)} : ${printExpression(e.value, PREDICATE + 1)}`];
    case 'not':
      return [NOT, `NOT ${printExpression(e.arg, NOT)}`];
    case 'and':
    case 'or':
      return [
        LOGIC[e.kind],
        e.args.map((arg) => printExpression(arg, LOGIC[e.kind] + 1)).join(` ${e.kind.toUpperCase()} `),
      ];
  }
}

const operand = (e: Expression, negated: boolean): string =>
  printExpression(e, PREDICATE + 1) + (negated ? ' NOT' : '');

const patterns = (texts: readonly string[]): string =>
  texts.length === 1 ? quote(texts[0] ?? '') : `(${comma(texts.map(quote))})`;

const binary = (
  left: Expression,
  op: string,
  right: Expression,
  leftLeast: number,
  rightLeast: number,
): string => `${printExpression(left, leftLeast)} ${op} ${printExpression(right, rightLeast)}`;

const printOptions = (options: readonly Option[]): string =>
  `{ ${comma(options.map(({ key, value }) => `${quote(key)}: ${printExpression(value, SIGN)}`))} }`;
