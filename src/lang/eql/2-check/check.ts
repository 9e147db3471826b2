import type { Diagnostic } from '../../../base/diagnostic.ts';
import type { Source } from '../../../base/source.ts';
import type { FieldTypes } from '../../../data/field-type.ts';
import { Report } from '../../kit/report.ts';
import type { Event, Item, Query, SampleQuery, SequenceQuery } from '../1-parse/ast.ts';
import type { Context } from './condition.ts';
import { checkCondition, checkName } from './condition.ts';

/** What is wrong or doubtful in a query that could be read, in the order of the text (eql §3–6). */
export function checkQuery(query: Query, source: Source, types: FieldTypes): readonly Diagnostic[] {
  const c: Context = { report: new Report(source), types };
  if (query.kind === 'event') checkEvent(query.event, c);
  else if (query.kind === 'sequence') checkSequence(query, c);
  else checkSample(query, c);
  return c.report.diagnostics('EQL126');
}

function checkEvent({ category, condition }: Event, c: Context): void {
  const { name } = category;
  if (name !== undefined && name !== 'any' && name.toLowerCase() === 'any') {
    c.report.say('EQL304', `"${name}" is read as the name of a category`, category.span, 'write any');
  }
  checkCondition(condition, c);
}

function checkSequence(query: SequenceQuery, c: Context): void {
  checkSteps(query, query.until === undefined ? query.items : [...query.items, query.until], c);
  checkMissing(query, c);
  const steps = query.items.reduce((sum, item) => sum + Math.max(1, item.runs?.value ?? 1), 0);
  if (steps < 2) {
    c.report.say(
      'EQL224',
      'a sequence needs two events',
      query.span,
      'add an event, or repeat this one: [ … ] with runs=2',
    );
  }
  if (query.until !== undefined) refusePlain(query.until, '"until"', c);
}

function checkSample(query: SampleQuery, c: Context): void {
  checkSteps(query, query.items, c);
  if (query.items.length < 2) c.report.say('EQL224', 'a sample needs two events', query.span, 'add an event');
  for (const item of query.items) refusePlain(item, 'a sample', c);
}

/** Each item by itself, and that all have as many keys as the first. */
function checkSteps({ by }: SequenceQuery | SampleQuery, items: readonly Item[], c: Context): void {
  for (const key of by) checkName(key, c);
  const [first] = items;
  for (const item of items) {
    checkEvent(item.event, c);
    for (const key of item.by) checkName(key, c);
    checkRuns(item, c);
    if (first === undefined || item.by.length === first.by.length) continue;
    const message = `this event has ${keys(by.length + item.by.length)}, the first one ${by.length + first.by.length}`;
    c.report.say(
      'EQL220',
      message,
      item.span,
      'every event, also that of "until", needs as many fields after "by"',
    );
  }
}

const keys = (count: number): string => (count === 1 ? '1 key' : `${count} keys`);

const MOST_RUNS = 100;

function checkRuns({ runs, absent }: Item, c: Context): void {
  if (runs === undefined) return;
  if (absent)
    c.report.say('EQL225', 'an event that must be missing has no runs', runs.span, 'leave "with runs" out');
  else if (runs.value < 1 || runs.value > MOST_RUNS) {
    c.report.say('EQL221', `the number of runs is 1 to ${MOST_RUNS}, not ${runs.value}`, runs.span);
  }
}

function checkMissing({ items, maxspan }: SequenceQuery, c: Context): void {
  const absent = items.find((item) => item.absent);
  if (absent === undefined) return;
  if (maxspan === undefined) {
    const hint =
      'add "with maxspan=…": without it there is no time at which the event can be said to be missing';
    c.report.say('EQL222', 'a sequence with a missing event has no time span', absent.span, hint);
  }
  if (items.every((item) => item.absent)) {
    c.report.say(
      'EQL223',
      'all events of the sequence must be missing',
      absent.span,
      'add at least one event without "!"',
    );
  }
}

function refusePlain(item: Item, where: string, c: Context): void {
  if (item.absent)
    c.report.say('EQL225', `${where} cannot hold a missing event`, item.span, 'write "[" instead of "!["');
  else if (item.runs !== undefined)
    c.report.say('EQL225', `${where} has no runs`, item.runs.span, 'leave "with runs" out');
}
