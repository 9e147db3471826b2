/** What became of events in a rule that pipes rows, for people and for programs. */
import type { ExplainedPipeline } from '../app/explain-pipeline.ts';
import type { Source } from '../base/source.ts';
import { source } from '../base/source.ts';
import type { Counter, TracedOperator } from '../exec/pipeline/index.ts';
import { jsonOf } from '../exec/pipeline/json.ts';
import { renderExplanation } from '../exec/explain/index.ts';
import { describeRule } from '../rules/load/describe.ts';
import type { LoadedRule } from '../rules/rule.ts';
import { clauseLines, withPlaces } from './clause-view.ts';
import { eventsText, headOf, withoutAlertsLines } from './explain-view.ts';
import type { Settings } from './options/table.ts';
import type { Style } from './terminal.ts';
import { instant, isoInstant, number, plural } from './text/format.ts';
import { hanging } from './text/layout.ts';
import { lossWords } from './text/losses.ts';
import { safeJson } from '../base/safe-json.ts';
import { safe, safeLines } from './text/safe.ts';

type Writer = (explained: ExplainedPipeline, style: Style, all: boolean) => string;

export const pipelineWriters: Readonly<Record<Settings['pageOutput'], Writer>> = {
  text: (explained, style, all) => `${textLines(explained, style, all).join('\n')}\n`,
  json: (explained) => `${safeJson(jsonDocument(explained), 2)}\n`,
};

function textLines(explained: ExplainedPipeline, style: Style, all: boolean): string[] {
  const { paint, width } = style;
  const { rule, operators, losses } = explained;
  const query = queryOf(rule);
  const lost = (Object.keys(lossWords) as Counter[]).flatMap((counter) =>
    losses[counter] === undefined ? [] : `${number(losses[counter])} ${lossWords[counter]}`,
  );
  return [
    paint.strong(safe(rule.document.rule.name)),
    ...hanging('', safe(headText(explained)), width, 0).map(paint.faint),
    ...withoutAlertsLines(explained.alerts, style),
    '',
    ...tableLines(operators, query, style),
    ...lost.flatMap((text) => hanging('', text, width, 0).map(paint.warn)),
    ...followedLines(explained, query, style, all),
  ];
}

function headText({ rule, events, alerts, routed, window }: ExplainedPipeline): string {
  const read = `${rule.file}; ${eventsText(events, alerts)}`;
  return window === undefined
    ? `${read}, ${number(routed)} by the rule; all of them at once, whatever its windows`
    : `${read}; the run of ${instant(window.at)} UTC reads ${number(routed)}, from ${instant(window.from)} to ${instant(window.to)}`;
}

/** A line a command: rows in, rows out, and what is written there. */
function tableLines(operators: readonly TracedOperator[], query: Source, { width, paint }: Style): string[] {
  const cells = operators.map(({ rowsIn, rowsOut }) => [number(rowsIn), number(rowsOut)] as const);
  const widest = (place: 0 | 1): number => Math.max(3, ...cells.map((row) => row[place].length));
  const [left, right] = [widest(0), widest(1)];
  const indent = left + right + 4;
  const line = (from: string, to: string, text: string): string[] =>
    hanging('', text, width, indent).map((part, i) =>
      i === 0 ? `${from.padStart(left)}  ${to.padStart(right)}  ${part.slice(indent)}` : part,
    );
  return [
    paint.strong(`${'in'.padStart(left)}  ${'out'.padStart(right)}`),
    ...operators.flatMap((one, i) => {
      const [from = '', to = ''] = cells[i] ?? [];
      const text = safe(commandText(one, query));
      return one.rowsIn > 0 && one.rowsOut === 0
        ? line(from, to, text).map(paint.warn)
        : line(from, to, text);
    }),
  ];
}

const WIDEST_COMMAND = 200;

/** What the query writes, on one line, with its place. */
function commandText({ operator: { span, kind } }: TracedOperator, query: Source): string {
  if (span === undefined) return kind.toUpperCase();
  const flat = query.text.slice(span.start, span.end).replace(/\s+/g, ' ').trim();
  const shown = flat.length > WIDEST_COMMAND ? `${flat.slice(0, WIDEST_COMMAND)}…` : flat;
  return `${placeOf(span.start, query)} ${shown}`;
}

function placeOf(offset: number, query: Source): string {
  const { line, column } = query.place(offset);
  return `${line}:${column}`;
}

function followedLines(explained: ExplainedPipeline, query: Source, style: Style, all: boolean): string[] {
  const { chosen, operators, window } = explained;
  if (chosen.length === 0) return nearestLines(operators, query, style, all);
  const heads = chosen.flatMap((event) => ['', style.paint.strong(safe(headOf(event)))]);
  const words = (text: string): string[] => hanging('', safe(text), style.width, 0);
  if (window === undefined) return [...heads, ...words('It has no time, so no run of the rule reads it.')];
  if (explained.routedChosen === 0)
    return [
      ...heads,
      ...words('A scan does not ask this rule about it: it stands in another index, or outside the run.'),
    ];
  const groups = operators.flatMap((one) => groupLines(one, query)).flatMap(words);
  const stop = operators.find(({ chosenIn, chosenOut }) => chosenIn > 0 && chosenOut === 0);
  const [last] = operators.slice(-1);
  if (stop === undefined)
    return [
      ...heads,
      ...groups,
      ...words(`It came through: ${plural(last?.chosenOut ?? 0, 'row')} of the result.`),
    ];
  return [...heads, ...groups, ...words(stopText(stop, query)), ...whyLines(stop, query, style, all)];
}

const SHOWN_GROUPS = 5;

function groupLines(traced: TracedOperator, query: Source): string[] {
  const { groups, operator } = traced;
  if (groups.length === 0 || operator.span === undefined) return [];
  const place = placeOf(operator.span.start, query);
  const text = (group: TracedOperator['groups'][number]): string =>
    group.length === 0
      ? 'the only one'
      : group
          .map(({ column, value, type }) => `${column} = ${JSON.stringify(jsonOf(value, type) ?? null)}`)
          .join(', ');
  const more = groups.length - SHOWN_GROUPS;
  return [
    ...groups.slice(0, SHOWN_GROUPS).map((group) => `At ${place} it is in the group ${text(group)}.`),
    ...(more > 0 ? [`At ${place} it is in ${plural(more, 'more group')}.`] : []),
  ];
}

function stopText({ operator, groups, chosenIn }: TracedOperator, query: Source): string {
  const place = operator.span === undefined ? '' : ` ${placeOf(operator.span.start, query)}`;
  switch (operator.kind) {
    case 'source':
      return `It ended at${place}: the filters of the rule keep it out.`;
    case 'limit':
      return `It ended at${place}: LIMIT ${operator.count} was used up by rows before it.`;
    case 'where':
      return `It ended at${place}, as ${plural(chosenIn, 'row')}:`;
    default:
      return groups.length === 0
        ? `It ended at${place}.`
        : `It ended at${place}: its group was cut off by a limit.`;
  }
}

/** Each with an empty line before it. */
function whyLines(
  { keptBack }: TracedOperator,
  query: Source,
  { width, paint }: Style,
  all: boolean,
): string[] {
  return keptBack.flatMap((explanation) => [
    '',
    ...safeLines(renderExplanation(explanation, query, { all, subject: 'row' }).trimEnd())
      .split('\n')
      .flatMap((line) => clauseLines(line, width, paint)),
  ]);
}

/** Without an event to follow: the last WHERE that kept rows back, which those came nearest that it kept. */
function nearestLines(
  operators: readonly TracedOperator[],
  query: Source,
  style: Style,
  all: boolean,
): string[] {
  const last = operators.findLast(({ keptBack }) => keptBack.length > 0);
  if (last === undefined || last.operator.span === undefined) return [];
  const kept = plural(last.rowsIn - last.rowsOut, 'row');
  const text = `${placeOf(last.operator.span.start, query)} kept back ${kept}; what came nearest:`;
  return ['', ...hanging('', text, style.width, 0), ...whyLines(last, query, style, all)];
}

/** A rule may consist of filters alone. */
const queryOf = ({ query, file }: LoadedRule): Source => query ?? source(file, '');

const jsonDocument = (explained: ExplainedPipeline) => {
  const { rule, events, alerts, routed, window, chosen, operators, losses } = explained;
  const query = queryOf(rule);
  return {
    schema: 1,
    rule: describeRule(rule),
    events,
    ...(alerts === undefined ? {} : { alerts }),
    routed,
    window:
      window === undefined
        ? null
        : { at: isoInstant(window.at), from: isoInstant(window.from), to: isoInstant(window.to) },
    chosen: chosen.map(({ key, origin, time }) => ({
      source: origin,
      key,
      time: time === undefined ? null : isoInstant(time),
    })),
    commands: operators.map((one) => ({
      kind: one.operator.kind,
      ...(one.operator.span === undefined
        ? {}
        : {
            place: query.place(one.operator.span.start),
            written: query.text.slice(one.operator.span.start, one.operator.span.end),
          }),
      rowsIn: one.rowsIn,
      rowsOut: one.rowsOut,
      chosenIn: one.chosenIn,
      chosenOut: one.chosenOut,
      groups: one.groups.map((group) =>
        Object.fromEntries(group.map(({ column, value, type }) => [column, jsonOf(value, type) ?? null])),
      ),
      keptBack: one.keptBack.map((explanation) => withPlaces(explanation, query)),
    })),
    losses,
  };
};
