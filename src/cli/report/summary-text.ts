/** The summary for people, always in the order of `RunSummary`. Zeros that answer a question are printed too. */
import { severities } from '../../model/alert.ts';
import type {
  CompletionSummary,
  Count,
  ExceptedItem,
  ExplainedShare,
  InputSummary,
  RuleSummary,
  RunSummary,
} from '../../model/summary.ts';
import type { Style } from '../terminal.ts';
import { bytes, duration, instant, number, plural } from '../text/format.ts';
import { hanging } from '../text/layout.ts';
import type { Paint } from '../text/paint.ts';
import { safe } from '../text/safe.ts';
import { shareText } from './benign-text.ts';
import { LISTED, some } from './some.ts';
import { besideLine, modeLines, stateLines } from './state-text.ts';

const LABEL_WIDTH = 10;
/** Rules that do not run are named up to so many. */
const NAMED = 5;

/** A line of the summary: what it says, and how much it matters. */
export interface Line {
  readonly text: string;
  /** Columns that it and its continuation stand further right. */
  readonly indent?: number;
  readonly look?: keyof Pick<Paint, 'faint' | 'warn' | 'bad' | 'strong'>;
}

/** Lines no wider than the style's width. */
export function summaryLines(summary: RunSummary, style: Style): string[] {
  const blocks: readonly (readonly [label: string, lines: readonly Line[]])[] = [
    ['Input', summary.rules.runnable === 0 ? NOT_READ : inputLines(summary.input)],
    ['Rules', ruleLines(summary.rules)],
    ['Alerts', alertLines(summary)],
    ...(summary.completion === undefined ? [] : [['Model', completionLines(summary.completion)] as const]),
    ['State', stateLines(summary)],
    ['Groups', [{ text: groupText(summary) }]],
    ...(summary.modes === undefined ? [] : [['Modes', modeLines(summary.modes)] as const]),
    ['Time', timeLines(summary)],
  ];
  return blocks.flatMap(([label, lines]) =>
    lines.flatMap((line, i) => render(i === 0 ? label : '', line, style)),
  );
}

function render(label: string, { text, indent = 0, look }: Line, { width, paint }: Style): string[] {
  const left = LABEL_WIDTH + indent;
  return hanging('', safe(text), width, left).map((line, index) => {
    const shown = look === undefined ? line.slice(left) : paint[look](line.slice(left));
    const head = index === 0 ? paint.strong(label) + ' '.repeat(left - label.length) : ' '.repeat(left);
    return (head + shown).trimEnd();
  });
}

const NOT_READ: readonly Line[] = [{ text: 'not read, because no rule runs', look: 'bad' }];

function inputLines(input: InputSummary): Line[] {
  const read = `${plural(input.files, 'file')}, ${bytes(input.bytes)}: ${plural(input.events, 'event')} from ${plural(input.records, 'record')}`;
  return [
    input.events === 0
      ? { text: `${read}: there was nothing to find anything in`, look: 'bad' }
      : { text: read },
    spanLine(input),
    ...listed('shapes', input.shapes),
    ...listed('left out', input.skipped),
    ...listed('repaired', input.repaired),
    ...refusedLines(input),
    ...unreadableLines(input),
    ...readingLines(input),
    ...(input.beside ?? []).map(besideLine),
  ];
}

function spanLine({ span, events, withoutTime }: InputSummary): Line {
  const untimed = withoutTime === 0 ? '' : `; ${plural(withoutTime, 'event')} without a time`;
  if (span === undefined) return { text: withoutSpan(events, withoutTime) };
  const length = duration(span.to - span.from);
  return { text: `${instant(span.from)} to ${instant(span.to)} UTC (${length})${untimed}` };
}

function withoutSpan(events: number, withoutTime: number): string {
  if (events === 0) return 'no time span';
  return withoutTime === 0
    ? 'no event was taken: all of them are among those left out'
    : 'no event has a time';
}

const listed = (label: string, counts: readonly Count[]): Line[] =>
  counts.length === 0
    ? []
    : [{ text: `${label}: ${counts.map(({ what, count }) => `${what} ${number(count)}`).join(', ')}` }];

function refusedLines({ refused }: InputSummary): Line[] {
  const total = refused.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [{ text: 'refused: none' }];
  return [
    { text: `refused: ${plural(total, 'record')} could not be used`, look: 'warn' },
    ...refused.map(({ code, count, what, examples }) => ({
      text: `${number(count)} × ${code} ${what}: ${some(examples, count)}`,
      indent: 2,
    })),
  ];
}

function unreadableLines({ unreadable, missingFields, events }: InputSummary): Line[] {
  if (events === 0) return [];
  const missing = missingFields.map(({ what, count }) => `${what} (${plural(count, 'rule')})`);
  return [
    {
      text: `events without the fields that rules need: ${unreadable === 0 ? 'none' : number(unreadable)}`,
      ...(unreadable === 0 ? {} : { look: 'warn' as const }),
    },
    ...(missing.length === 0
      ? []
      : [
          {
            text: `rules silenced by fields that no event has: ${some(missing, missing.length, 3)}`,
            indent: 2,
          },
        ]),
  ];
}

/** What `--engine bytes` had to decode. */
function readingLines({ reading, events }: InputSummary): Line[] {
  if (reading === undefined) return [];
  return [
    { text: `judged from their bytes: ${number(reading.fromBytes)} of ${plural(events, 'event')}` },
    ...reading.decoded.map(({ what, count }) => ({
      text: `${plural(count, 'line')} decoded: ${what}`,
      indent: 2,
    })),
  ];
}

function ruleLines(rules: RuleSummary): Line[] {
  const not = rules.notRunnable.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      text: `${number(rules.loaded)} loaded, ${number(rules.runnable)} runnable, ${number(not)} not runnable`,
      ...(rules.runnable === 0 ? { look: 'bad' as const } : {}),
    },
    ...rules.notRunnable.map((reason) => ({ text: reasonText(reason), indent: 2 })),
    ...refusedFileLines(rules),
    {
      text: `never matched: ${number(rules.neverMatched)}; no data that they are for: ${number(rules.withoutData)}`,
    },
    ...rules.undecided.map(({ what, count, rules: named }) => ({
      text: `undecided: ${plural(count, 'question')} over the limit "${what}", so alerts may be missing: ${some(named)}`,
      look: 'warn' as const,
    })),
    ...lossLines(rules),
    ...costLines(rules),
  ];
}

/** Which rules the index could not rule out. */
function costLines({ costs }: RuleSummary): Line[] {
  if (costs === undefined) return [];
  const asked = costs.most.length === 0 ? 'none' : plural(costs.tried, 'time');
  return [
    { text: `asked about an event because the index could not rule them out: ${asked}` },
    ...costs.most.map(({ rule, tried, held }) => ({
      text: `${rule}: asked ${plural(tried, 'time')}, held for ${plural(held, 'event')}`,
      indent: 2,
    })),
    {
      text: `asked about every event that they read, as no index helps: ${costs.unindexed.length === 0 ? 'none' : some(costs.unindexed)}`,
    },
  ];
}

/** What took values from queries in ES|QL; `winnow explain` says where. */
function lossLines({ losses = [] }: RuleSummary): Line[] {
  const most = losses.toSorted((a, b) => weight(b.counts) - weight(a.counts));
  return most.length === 0
    ? []
    : [
        { text: `values lost in ES|QL: ${plural(losses.length, 'rule')}` },
        ...most.slice(0, LISTED).map(({ rule, counts }) => ({
          text: `${rule}: ${counts.map(({ what, count }) => `${what} ${number(count)}`).join(', ')}`,
          indent: 2,
        })),
        ...(most.length > LISTED
          ? [{ text: `and ${plural(most.length - LISTED, 'more rule')}`, indent: 2 }]
          : []),
      ];
}

/** Fields that no event has are the least surprise. */
const weight = (counts: readonly Count[]): number =>
  counts.reduce((sum, { what, count }) => sum + (what === 'unmapped' ? 0 : count), 0);

/** With the rules' names while there are few of them; `rules list` has them all. */
function reasonText({ what, count, explanation, rules }: RuleSummary['notRunnable'][number]): string {
  const named = rules.length <= NAMED ? ` (${rules.join('; ')})` : '';
  return `${number(count)} × ${what}: ${explanation.replace(/\.$/, '')}${named}`;
}

function refusedFileLines({ refusedFiles }: RuleSummary): Line[] {
  if (refusedFiles.length === 0) return [];
  return [
    { text: `${plural(refusedFiles.length, 'file')} could not be read as a rule`, look: 'bad' },
    ...refusedFiles.slice(0, LISTED).map(({ file, message }) => ({ text: `${file}: ${message}`, indent: 2 })),
    ...(refusedFiles.length > LISTED
      ? [{ text: `and ${number(refusedFiles.length - LISTED)} more`, indent: 2 }]
      : []),
  ];
}

export function completionLines({
  provider,
  asked,
  answered,
  unanswered,
  ...used
}: CompletionSummary): Line[] {
  if (provider === 'prefilter')
    return [{ text: 'nobody was asked: rows that a language model would be asked about are leads' }];
  const spent =
    used.requests === undefined
      ? ''
      : ` (${plural(used.requests, 'request')}, about ${plural(used.tokens ?? 0, 'token')})`;
  return [
    { text: `${plural(asked, 'question')} to ${provider}${spent}, ${number(answered)} answered` },
    ...unanswered.map(({ what, count }) => ({
      text: `unanswered: ${number(count)} × ${what}`,
      look: 'warn' as const,
      indent: 2,
    })),
  ];
}

function alertLines({ alerts }: RunSummary): Line[] {
  const bySeverity = severities
    .toReversed()
    .map((severity) => `${number(alerts.bySeverity[severity])} ${severity}`);
  const details = [
    ...(alerts.buildingBlocks > 0 ? [`${number(alerts.buildingBlocks)} from building blocks`] : []),
    ...(alerts.leads === undefined
      ? []
      : [`${plural(alerts.leads, 'lead')} that no language model has confirmed`]),
    ...(alerts.foldedStages > 0
      ? [`${plural(alerts.foldedStages, 'other stage')} of the same requests folded in`]
      : []),
  ];
  return [
    { text: `${number(alerts.total)}: ${bySeverity.join(', ')}` },
    ...(details.length === 0 ? [] : [{ text: details.join('; ') }]),
    ...(alerts.releasedEarly === 0
      ? []
      : [
          {
            text: `${plural(alerts.releasedEarly, 'alert')} did not wait for another stage of the request, because too many were waiting`,
            look: 'warn' as const,
          },
        ]),
    ...explainedLines(alerts.explained),
    ...exceptedLines(alerts.excepted),
  ];
}

/** Nothing when there is nothing to explain; that no profile fits is said. */
function explainedLines({ total, explained, byGrade, behaviours }: ExplainedShare): Line[] {
  if (total === 0) return [];
  const unsure = byGrade.C + byGrade.D;
  const first = explained > 0 && explained < total ? '; the others come first' : '';
  return [
    {
      text: `explained by profiles of grade A or B: ${number(explained)} of ${plural(total, 'alert')}${first}`,
    },
    ...behaviours.slice(0, LISTED).map((share) => ({ text: shareText(share), indent: 2 })),
    ...(behaviours.length > LISTED
      ? [{ text: `and ${plural(behaviours.length - LISTED, 'more behaviour')}`, indent: 2 }]
      : []),
    ...(unsure === 0
      ? []
      : [
          {
            text: `${plural(unsure, 'alert')} of the others fit only profiles of grade C or D`,
            indent: 2,
          },
        ]),
  ];
}

/** Nothing about exceptions when there are none. */
function exceptedLines({ alerts, events, items }: RunSummary['alerts']['excepted']): Line[] {
  if (items.length === 0) return [];
  const hit = items.filter((item) => item.alerts + item.events > 0);
  const unused = items.filter((item) => item.unusedSince !== undefined);
  const idle = items.filter((item) => !hit.includes(item) && !unused.includes(item)).map(({ name }) => name);
  const hidden = events === 0 ? '' : `; ${plural(events, 'event')} hidden from sequences and counts`;
  return [
    { text: `excepted: ${plural(alerts, 'alert')}, not counted above${hidden}` },
    ...hit.slice(0, LISTED).map((item) => ({ text: exceptionText(item), indent: 2 })),
    ...(hit.length > LISTED
      ? [{ text: `and ${plural(hit.length - LISTED, 'more exception')}`, indent: 2 }]
      : []),
    ...(idle.length === 0 ? [] : [{ text: `exceptions that hit nothing: ${some(idle)}`, indent: 2 }]),
    ...(unused.length === 0
      ? []
      : [{ text: `unused for 90 days or more: ${some(unused.map(unusedText))}`, indent: 2 }]),
  ];
}

const unusedText = ({ name, unusedSince = '' }: ExceptedItem): string =>
  `${name} (since ${unusedSince.slice(0, 10)})`;

function exceptionText({ name, owner, expires, alerts, events, rules }: ExceptedItem): string {
  const details = [
    ...(owner === undefined ? [] : [owner]),
    ...(expires === undefined ? [] : [`until ${expires.slice(0, 10)}`]),
  ];
  const by = details.length === 0 ? '' : ` (${details.join(', ')})`;
  return `${number(alerts + events)} × ${name}${by}: ${some(rules, rules.length, NAMED)}`;
}

const groupText = ({ groups }: RunSummary): string =>
  groups.length === 0 ? 'none' : `${number(groups.length)}, one for each rule that found something`;

function timeLines({ elapsed, interrupted }: RunSummary): Line[] {
  const { milliseconds, ruleLoadMilliseconds, eventsPerSecond } = elapsed;
  const rate = `${number(eventsPerSecond)} events/s`;
  return [
    { text: `${duration(milliseconds)}, of which rules ${duration(ruleLoadMilliseconds)}; ${rate}` },
    ...(interrupted
      ? [{ text: 'interrupted: this covers only what was read until then', look: 'warn' as const }]
      : []),
  ];
}
