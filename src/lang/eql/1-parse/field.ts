/** Names of fields: parts joined by dots, each plain or in back quotes, perhaps optional (eql §1, §3.3). */
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';
import type { Field } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import type { Token } from './token.ts';

/** Constants are keywords too, but can never be meant as a field. */
const VALUES = ['true', 'false', 'null'];
const RELATIONS = ['child', 'descendant', 'event'];

/** Whether a field begins here; so does a keyword that is followed by what can only follow a field. */
export function atField(c: Cursor): boolean {
  const { kind } = c.peek();
  return c.at('?') || kind === 'identifier' || kind === 'quoted' || kind === 'tilde' || keywordAsField(c);
}

function keywordAsField(c: Cursor): boolean {
  const token = c.peek();
  if (token.kind !== 'keyword' || VALUES.includes(token.text)) return false;
  return c.atAny(['==', '!=', '<', '<=', '>', '>=', ':', '.', 'in', 'like', 'like~', 'regex', 'regex~'], 1);
}

export function field(c: Cursor): Field {
  const { start } = c.peek();
  const optional = c.accept('?') !== undefined;
  if (refuseRelation(c)) return { kind: 'field', name: '', optional, span: c.since(start) };
  const parts = [firstPart(c)];
  while (c.accept('.') !== undefined) parts.push(part(c));
  refuseDigits(c, parts, start);
  refuseIndex(c);
  return { kind: 'field', name: parts.join('.'), optional, span: c.since(start) };
}

function firstPart(c: Cursor): string {
  if (!keywordAsField(c)) return part(c);
  const token = c.next();
  c.report.say(
    'EQL124',
    `"${token.text}" is a keyword`,
    spanOf(token),
    `as the name of a field it stands in back quotes: \`${token.text}\``,
  );
  return token.text;
}

function part(c: Cursor): string {
  const token = c.peek();
  if (token.kind === 'tilde')
    throw c.report.fatal('EQL101', `expected "(" after the function "${token.text}~"`, spanOf(c.next()));
  if (token.kind === 'keyword' && c.last.text === '.') return c.next().text;
  if (token.kind !== 'identifier' && token.kind !== 'quoted') throw c.unexpected('the name of a field');
  return c.next().text;
}

/** `a.0.b` is cut into `a`, `.0`, `.` and `b`. */
function refuseDigits(c: Cursor, parts: string[], start: number): void {
  if (!c.peek().text.startsWith('.') || !adjacent(c, 'number')) return;
  while (adjacent(c, 'number') || adjacent(c, 'identifier') || (adjacent(c, 'symbol') && c.at('.'))) c.next();
  const where = c.since(start);
  const written = c.text.slice(where.start, where.end);
  c.report.say(
    'EQL125',
    'a part of a name that begins with a digit stands in back quotes',
    where,
    `write \`${written}\``,
  );
  parts.splice(0, parts.length, written);
}

const adjacent = (c: Cursor, kind: Token['kind']): boolean =>
  c.peek().kind === kind && c.peek().start === c.last.end;

function refuseIndex(c: Cursor): void {
  const open = c.peek();
  if (!c.at('[') || c.peek(1).kind !== 'number' || !c.at(']', 2)) return;
  for (let taken = 0; taken < 3; taken++) c.next();
  const where = span(open.start, c.last.end);
  refuse(
    c,
    'an element of a list cannot be picked out',
    where,
    'leave the index out: a list is tested as any of its values',
  );
}

/** `child of [ … ]`: the process tree of python-eql. Passed over as a whole. */
function refuseRelation(c: Cursor): boolean {
  const token = c.peek();
  if (!RELATIONS.includes(token.text) || !c.at('of', 1) || !c.at('[', 2)) return false;
  const hint =
    'write a sequence by the keys that join the events, such as process.entity_id and process.parent.entity_id';
  const where = span(token.start, c.peek(1).end);
  refuse(c, `"${token.text} of" is not part of Elasticsearch's EQL`, where, hint);
  c.skip(() => false);
  c.accept(']');
  return true;
}

function refuse(c: Cursor, message: string, where: Span, hint: string): void {
  c.report.say('EQL123', message, where, hint);
}
