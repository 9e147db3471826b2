/** The commands of a pipeline, one function each (esql §2.4). */
import type { Span } from '../../../base/span.ts';
import { didYouMean } from '../../../base/typo.ts';
import type {
  AggregateField,
  Command,
  Completion,
  Dissect,
  Enrich,
  Field,
  Grok,
  LookupJoin,
  Name,
  Rename,
  SortKey,
} from './ast.ts';
import type { Cursor } from './cursor.ts';
import { describe, spanOf } from './cursor.ts';
import { cast, expression, numeral, options, text } from './expression.ts';
import { from } from './from.ts';
import { FOREIGN_COMMANDS, NOT_RUN_COMMANDS } from './known.ts';
import { atName, name, namePattern } from './name.ts';

type Reader = (c: Cursor, start: number) => Command;

/** By the word that begins the command. */
const READERS: Readonly<Record<string, Reader>> = {
  from,
  row: (c, start) => ({ kind: 'row', fields: fields(c), span: c.since(start) }),
  where: (c, start) => ({ kind: 'where', condition: expression(c), span: c.since(start) }),
  eval: (c, start) => ({ kind: 'eval', fields: fields(c), span: c.since(start) }),
  stats: (c, start) => ({ kind: 'stats', ...grouping(c), span: c.since(start) }),
  inline,
  keep: (c, start) => ({ kind: 'keep', columns: listed(c, namePattern), span: c.since(start) }),
  drop: (c, start) => ({ kind: 'drop', columns: listed(c, namePattern), span: c.since(start) }),
  rename: (c, start) => ({ kind: 'rename', pairs: listed(c, pair), span: c.since(start) }),
  sort: (c, start) => ({ kind: 'sort', keys: listed(c, sortKey), span: c.since(start) }),
  limit,
  mv_expand: (c, start) => ({ kind: 'mvExpand', column: name(c), span: c.since(start) }),
  grok,
  dissect,
  enrich,
  lookup,
  completion,
};

export const COMMANDS: readonly string[] = [
  ...Object.keys(READERS).filter((word) => word !== 'inline' && word !== 'lookup'),
  'inline stats',
  'lookup join',
];

/** One command, up to a pipe that is not taken. */
export function command(c: Cursor): Command {
  const token = c.peek();
  const word = token.kind === 'word' ? token.text.toLowerCase() : '';
  const reader = Object.hasOwn(READERS, word) ? READERS[word] : undefined;
  if (reader === undefined) throw unknownCommand(c);
  c.next();
  const read = reader(c, token.start);
  if (!c.atEnd && !c.at('|')) throw c.unexpected('"|" or the end of the query');
  return read;
}

function unknownCommand(c: Cursor): Error {
  const token = c.peek();
  if (token.kind !== 'word') return c.unexpected('a command', EMPTY_HINTS.get(describe(token)));
  const word = token.text.toLowerCase();
  const shown = token.text.toUpperCase();
  const instead = NOT_RUN_COMMANDS.get(word);
  if (instead !== undefined)
    return c.report.fatal('ESQL107', `the command ${shown} is not run by Winnow`, spanOf(token), instead);
  const names = COMMANDS.map((known) => known.toUpperCase());
  const hint =
    FOREIGN_COMMANDS.get(word) ?? didYouMean(word, names) ?? `the commands are ${names.join(', ')}`;
  return c.report.fatal('ESQL106', `ES|QL has no command ${shown}`, spanOf(token), hint);
}

const EMPTY_HINTS: ReadonlyMap<string, string> = new Map([
  ['"|"', 'there is nothing between two pipes'],
  ['the end of the query', 'a command follows each pipe'],
]);

/** At least one, separated by commas; what cannot be read is reported and left out. */
function listed<T>(c: Cursor, read: (c: Cursor) => T): T[] {
  const found: T[] = [];
  do
    found.push(
      ...c.recovering(
        () => [read(c)],
        (): T[] => [],
      ),
    );
  while (c.accept(',') !== undefined);
  return found;
}

const fields = (c: Cursor): Field[] => listed(c, field);

/** `name = value` or `value`. */
function field(c: Cursor): Field {
  const { start } = c.peek();
  const target = assigned(c) ? name(c) : undefined;
  if (target !== undefined) c.expect('=');
  const from = c.peek().start;
  const value = expression(c);
  const written = c.text.slice(from, c.last.end);
  return { ...(target === undefined ? {} : { name: target }), value, text: written, span: c.since(start) };
}

/** Whether a name and "=" come next. */
function assigned(c: Cursor): boolean {
  if (!atName(c)) return false;
  let ahead = 1;
  while (c.at('.', ahead) && ['word', 'quoted'].includes(c.peek(ahead + 1).kind)) ahead += 2;
  return c.at('=', ahead);
}

interface Grouping {
  readonly aggregates: readonly AggregateField[];
  readonly by: readonly Field[];
}

function grouping(c: Cursor): Grouping {
  const bare = c.at('by') && !c.at('=', 1) && !c.at('.', 1);
  const aggregates = bare ? [] : listed(c, aggregateField);
  const by = c.accept('by') === undefined ? [] : fields(c);
  return { aggregates, by };
}

function aggregateField(c: Cursor): AggregateField {
  const read = field(c);
  if (c.accept('where') === undefined) return read;
  const where = expression(c);
  return { ...read, where, span: c.since(read.span.start) };
}

function inline(c: Cursor, start: number): Command {
  c.expect('stats', 'the command is INLINE STATS');
  return { kind: 'inlineStats', ...grouping(c), span: c.since(start) };
}

/** `a AS b`, or `b = a`. */
function pair(c: Cursor): Rename['pairs'][number] {
  const first = name(c);
  if (c.accept('=') !== undefined) return { from: name(c), to: first };
  c.expect('as', 'write old AS new');
  return { from: first, to: name(c) };
}

function sortKey(c: Cursor): SortKey {
  const value = expression(c);
  const order = c.acceptAny(['asc', 'desc']);
  const nulls = c.accept('nulls') === undefined ? undefined : nullsPlace(c);
  return {
    value,
    ...(order === undefined ? {} : { order }),
    ...(nulls === undefined ? {} : { nulls }),
    span: c.since(value.span.start),
  };
}

function nullsPlace(c: Cursor): 'first' | 'last' {
  const place = c.acceptAny(['first', 'last']);
  if (place === undefined) throw c.unexpected('FIRST or LAST');
  return place;
}

function limit(c: Cursor, start: number): Command {
  const count = numeral(c, 'the number of rows');
  if (c.at('by')) throw notRun(c, 'LIMIT … BY', 'use STATS … BY with TOP or VALUES');
  return { kind: 'limit', count, span: c.since(start) };
}

function notRun(c: Cursor, what: string, instead: string): Error {
  return c.report.fatal('ESQL117', `${what} is not run by Winnow`, spanOf(c.peek()), instead);
}

function grok(c: Cursor, start: number): Grok {
  const input = cast(c);
  const patterns = listed(c, () => text(c, 'a pattern in double quotes'));
  return { kind: 'grok', input, patterns, span: c.since(start) };
}

function dissect(c: Cursor, start: number): Dissect {
  const input = cast(c);
  const pattern = text(c, 'a pattern in double quotes');
  const separator = c.atEnd || c.at('|') ? undefined : appendSeparator(c);
  const rest = separator === undefined ? {} : { appendSeparator: separator };
  return { kind: 'dissect', input, pattern, ...rest, span: c.since(start) };
}

function appendSeparator(c: Cursor) {
  c.expect('append_separator', 'the only option of DISSECT is APPEND_SEPARATOR = "…"');
  c.expect('=');
  return text(c, 'the separator in double quotes');
}

function enrich(c: Cursor, start: number): Enrich {
  const policy = sourceName(c, 'the name of a policy');
  const on = c.accept('on') === undefined ? undefined : name(c);
  const columns = c.accept('with') === undefined ? [] : listed(c, enrichColumn);
  const { text: written, span } = policy;
  const rest = on === undefined ? {} : { on };
  return { kind: 'enrich', policy: written, policySpan: span, ...rest, columns, span: c.since(start) };
}

function enrichColumn(c: Cursor): { readonly name?: Name; readonly from: Name } {
  const first = name(c);
  return c.accept('=') === undefined ? { from: first } : { name: first, from: name(c) };
}

function sourceName(c: Cursor, what: string): { readonly text: string; readonly span: Span } {
  const token = c.peek();
  if (token.kind !== 'source' && token.kind !== 'string') throw c.unexpected(what);
  c.next();
  return { text: token.text, span: spanOf(token) };
}

function lookup(c: Cursor, start: number): LookupJoin {
  c.expect('join', 'the command is LOOKUP JOIN');
  const { text: table, span: tableSpan } = sourceName(c, 'the name of a table');
  c.expect('on', 'write LOOKUP JOIN table ON column');
  const on = listed(c, () => name(c));
  if (!c.atEnd && !c.at('|'))
    throw notRun(c, 'LOOKUP JOIN on a condition', 'join on columns of the same name');
  return { kind: 'lookupJoin', table, tableSpan, on, span: c.since(start) };
}

function completion(c: Cursor, start: number): Completion {
  const column = assigned(c) ? name(c) : undefined;
  if (column !== undefined) c.expect('=');
  const prompt = cast(c);
  const given = c.accept('with') === undefined ? [] : options(c);
  const rest = column === undefined ? {} : { column };
  return { kind: 'completion', ...rest, prompt, options: given, span: c.since(start) };
}
