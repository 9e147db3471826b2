/** Whole queries: an event, a sequence or a sample, and the pipes behind it (eql §1). */
import type { Category, Event, Expression, Field, Item, Query, SampleQuery, SequenceQuery } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { spanOf } from './cursor.ts';
import { expression } from './expression.ts';
import { field } from './field.ts';
import { pipes } from './pipe.ts';
import { maxspan, runs } from './quantity.ts';

export function query(c: Cursor): Query {
  if (c.atEnd) throw c.unexpected('a query', 'the smallest one is: any where true');
  if (!c.at('where', 1)) {
    refuseJoin(c);
    if (c.at('sequence')) return sequence(c);
    if (c.at('sample')) return sample(c);
  }
  const found = event(c);
  leftovers(c);
  return { kind: 'event', event: found, pipes: pipes(c) };
}

/** What stands between the condition and the pipes or the end is read too, for the errors in it. */
function leftovers(c: Cursor): void {
  while (!c.atEnd && !c.at('|') && !c.report.full) {
    c.report.add(c.unexpected('"and", "or", "|" or the end of the query').diagnostic);
    if (c.atAny([')', ']'])) c.next();
    c.skip((open) => open <= 0 && c.atAny(['and', 'or']));
    while (c.acceptAny(['and', 'or']) !== undefined) expression(c);
  }
}

function refuseJoin(c: Cursor): void {
  if (!c.at('join')) return;
  const hint = 'write "sequence by" when the order of the events is known, "sample by" when it is not';
  throw c.report.fatal('EQL123', '"join" is not part of Elasticsearch\'s EQL', spanOf(c.peek()), hint);
}

function event(c: Cursor): Event {
  const { start } = c.peek();
  const name = category(c);
  const condition = expression(c);
  return { category: name, condition, span: c.since(start) };
}

function category(c: Cursor): Category {
  const token = c.peek();
  if (!c.at('where', 1)) return missingCategory(c);
  c.next();
  c.accept('where');
  if (token.kind === 'keyword' && token.text === 'any') return { span: spanOf(token) };
  if (token.kind === 'identifier' || token.kind === 'string')
    return { name: token.text, span: spanOf(token) };
  const hint = 'it is a name, a string in double quotes, or any';
  c.report.say(
    'EQL117',
    `${c.text.slice(token.start, token.end)} is not a category of events`,
    spanOf(token),
    hint,
  );
  return { span: spanOf(token) };
}

/** Goes on as if `any where` had been written. */
function missingCategory(c: Cursor): Category {
  const token = c.peek();
  const where = c.accept('where');
  const message =
    where === undefined
      ? 'the condition does not begin with a category and "where"'
      : '"where" has no category before it';
  const hint =
    where === undefined
      ? 'write "any where …" for events of any category'
      : 'write "any where" for events of any category';
  c.report.say('EQL117', message, spanOf(token), hint);
  return { span: spanOf(token) };
}

function sequence(c: Cursor): SequenceQuery {
  const { start } = c.peek();
  c.accept('sequence');
  const keys = by(c);
  const span = maxspan(c);
  const late = c.at('by') ? keysTooLate(c, 'with maxspan') : [];
  const steps = items(c);
  const until = c.accept('until') === undefined ? undefined : item(c);
  return {
    kind: 'sequence',
    by: [...keys, ...late],
    ...(span === undefined ? {} : { maxspan: span }),
    items: steps,
    ...(until === undefined ? {} : { until }),
    pipes: restOfSteps(c),
    span: c.since(start),
  };
}

function sample(c: Cursor): SampleQuery {
  const { start } = c.peek();
  c.accept('sample');
  const keys = by(c);
  const steps = items(c);
  return { kind: 'sample', by: keys, items: steps, pipes: restOfSteps(c), span: c.since(start) };
}

function restOfSteps(c: Cursor): Query['pipes'] {
  if (!c.atEnd && !c.at('|')) throw c.unexpected('"[", "|" or the end of the query');
  return pipes(c);
}

const atItem = (c: Cursor): boolean => c.atAny(['[', '![']);

function items(c: Cursor): Item[] {
  if (!atItem(c))
    throw c.unexpected(
      '"["',
      'an event of a sequence or sample stands in square brackets: [process where …]',
    );
  const found: Item[] = [];
  while (atItem(c)) found.push(item(c));
  return found;
}

function item(c: Cursor): Item {
  const { start } = c.peek();
  if (!atItem(c)) throw c.unexpected('"["', 'an event stands in square brackets: [process where …]');
  const absent = c.next().text === '![';
  const inner = body(c);
  const keys = by(c);
  const repeat = runs(c);
  const late = c.at('by') ? keysTooLate(c, 'with runs') : [];
  refuseFork(c);
  const rest = { event: inner, by: [...keys, ...late], span: c.since(start) };
  return { absent, ...rest, ...(repeat === undefined ? {} : { runs: repeat }) };
}

/** The event between the brackets, and the bracket that closes. */
function body(c: Cursor): Event {
  const { start } = c.peek();
  const read = (): Event => {
    const found = event(c);
    if (!c.at(']')) throw c.unexpected('"and", "or" or "]"');
    return found;
  };
  const nothing: Expression = { kind: 'boolean', value: false, span: c.since(start) };
  const found = c.recovering(read, () => ({
    category: { span: nothing.span },
    condition: nothing,
    span: nothing.span,
  }));
  c.skip(() => false);
  c.expect(']');
  return found;
}

function by(c: Cursor): Field[] {
  if (c.accept('by') === undefined) return [];
  const keys = [field(c)];
  while (c.accept(',') !== undefined) keys.push(field(c));
  return keys;
}

function keysTooLate(c: Cursor, before: string): Field[] {
  const at = spanOf(c.peek());
  c.report.say(
    'EQL119',
    `"by" stands after "${before}"`,
    at,
    `"by" and its fields come first, then "${before}"`,
  );
  return by(c);
}

function refuseFork(c: Cursor): void {
  const token = c.peek();
  if (token.kind !== 'identifier' || token.text !== 'fork') return;
  c.report.say('EQL123', '"fork" is not part of Elasticsearch\'s EQL', spanOf(c.next()), 'leave it out');
}
