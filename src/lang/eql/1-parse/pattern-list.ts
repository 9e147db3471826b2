/** Constants, and the right side of `:`, `like` and `regex`, with the habits of KQL that are met there. */
import type { Span } from '../../../base/span.ts';
import { span } from '../../../base/span.ts';
import type { Constant, MatchOperator } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';

/** A constant, taken, or nothing. A sign is an operator and not part of it. */
export function constant(c: Cursor): Constant | undefined {
  const token = c.peek();
  const at = spanOf(token);
  if (token.kind === 'string') return { kind: 'string', value: c.next().text, span: at };
  if (token.kind === 'number') return { kind: 'number', text: c.next().text, span: at };
  if (token.kind !== 'keyword') return undefined;
  if (c.accept('null') !== undefined) return { kind: 'null', span: at };
  const value = c.acceptAny(['true', 'false']);
  return value === undefined ? undefined : { kind: 'boolean', value: value === 'true', span: at };
}

/** One constant, or a list of them in parentheses. */
export function patterns(c: Cursor, op: MatchOperator): Constant[] {
  if (c.accept('(') === undefined) return [pattern(c, op)];
  const found = [pattern(c, op)];
  while (c.accept(')') === undefined) {
    const comma = c.peek();
    separator(c);
    if (c.at(')')) refuseTrailingComma(c, spanOf(comma));
    else found.push(pattern(c, op));
  }
  return found;
}

function separator(c: Cursor): void {
  if (c.accept(',') !== undefined) return;
  const token = c.peek();
  const word = c.acceptAny(['or', 'and']);
  if (word !== undefined) {
    c.report.say(
      'EQL118',
      `values of a list are separated by commas, not by "${word}"`,
      spanOf(token),
      kqlHint(word),
    );
    return;
  }
  if (token.kind !== 'string') throw c.unexpected('"," or ")"');
  c.report.add(c.unexpected('"," or ")"').diagnostic);
}

const kqlHint = (word: string): string =>
  word === 'or'
    ? 'write ("a", "b"): any of them'
    : 'repeat the field for values that must all be there: field : "a" and field : "b"';

function pattern(c: Cursor, op: MatchOperator): Constant {
  const value = constant(c);
  if (value !== undefined) return value;
  refuseMethod(c);
  const bare = bareText(c);
  if (bare === undefined) throw c.unexpected(`a string after "${op}"`);
  const written = c.text.slice(bare.start, bare.end);
  const anything = written === '*' ? 'write field != null for "has any value"' : `write "${written}"`;
  c.report.say('EQL118', `text after "${op}" stands in double quotes`, bare, anything);
  return { kind: 'string', value: written, span: bare };
}

/** Words, wildcards and what sticks to them, up to a space or a parenthesis: `cmd*.exe`. */
function bareText(c: Cursor): Span | undefined {
  const { start } = c.peek();
  let end = start;
  while (c.peek().start === end && bareToken(c)) end = c.next().end;
  return end === start ? undefined : span(start, end);
}

function bareToken(c: Cursor): boolean {
  const { kind } = c.peek();
  if (kind === 'symbol') return !c.atAny(['(', ')', '[', ']', '![', ',', '|']);
  return kind === 'identifier' || kind === 'number' || kind === 'quoted' || kind === 'tilde';
}

/** `field:length()`: the method syntax of python-eql. */
function refuseMethod(c: Cursor): void {
  const name = c.peek();
  if (name.kind !== 'identifier' || !c.at('(', 1)) return;
  const hint = `write ${name.text}(field, …)`;
  throw c.report.fatal('EQL123', `"${name.text}" cannot be called as a method`, spanOf(name), hint);
}

export function refuseTrailingComma(c: Cursor, at: Span): void {
  c.report.say('EQL114', 'there is nothing after the last comma', at, 'take the comma away');
}
