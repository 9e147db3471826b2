/** What a rule remembers, for people and for programs. */
import type { ExplainedState } from '../app/explain-state.ts';
import type { Alert } from '../model/alert.ts';
import type { Origin } from '../model/event.ts';
import { placeText } from '../model/place.ts';
import type { KeyOfState, KeyState } from '../model/state.ts';
import type { ExceptedItem } from '../model/summary.ts';
import { describeRule } from '../rules/load/describe.ts';
import type { Settings } from './options/table.ts';
import type { Style } from './terminal.ts';
import { bytes as memorySize, instant, isoInstant, number, plural } from './text/format.ts';
import { hanging } from './text/layout.ts';
import { safeJson } from '../base/safe-json.ts';
import { safe } from './text/safe.ts';

type Wrapped = (text: string, indent: number) => string[];
type Writer = (explained: ExplainedState, key: string, style: Style) => string;

export const stateWriters: Readonly<Record<Settings['pageOutput'], Writer>> = {
  text: (explained, key, style) => `${[...textLines(explained, key, style), ''].join('\n')}\n`,
  json: (explained, key) => `${safeJson(jsonDocument(explained, key), 2)}\n`,
};

/** States, alerts and exceptions that are shown, before "and N more". */
const SHOWN = 20;

function textLines(explained: ExplainedState, key: string, { paint, width }: Style): string[] {
  const { rule, events, at } = explained;
  const head = `${rule.file}; ${plural(events, 'event')} read, the latest of ${instant(at)} UTC`;
  const wrapped: Wrapped = (text, indent) => hanging('', safe(text), width, indent);
  return [
    paint.strong(safe(rule.document.rule.name)),
    ...wrapped(head, 0).map(paint.faint),
    '',
    ...stateLines(explained, key).flatMap((line) => wrapped(line, line.startsWith('has ') ? 2 : 0)),
    ...memoryLines(explained).flatMap((line) => wrapped(line, 0).map(paint.faint)),
    ...learningLines(explained).flatMap((line) => wrapped(line, 0).map(paint.warn)),
    ...listed(alertsHead(key), explained.alerts.map(alertText), wrapped),
    ...listed('Exceptions:', explained.excepted.map(exceptionText), wrapped),
  ];
}

function stateLines({ states, stateCount }: ExplainedState, key: string): string[] {
  if (states.length > 0) return [...states.slice(0, SHOWN).flatMap(stateText), ...more(states.length, SHOWN)];
  if (stateCount === 0) return ['The rule remembers nothing: no event began anything that still waits.'];
  return [
    `The rule remembers nothing about ${key}, but about ${plural(stateCount, 'other key')} (--key '*' shows them).`,
  ];
}

const more = (all: number, shown: number): string[] =>
  all > shown ? [`… and ${number(all - shown)} more (-o json has all of them)`] : [];

const listed = (head: string, lines: readonly string[], wrapped: Wrapped): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        ...[head, ...lines.slice(0, SHOWN), ...more(lines.length, SHOWN)].flatMap((line) => wrapped(line, 2)),
      ];

const alertsHead = (key: string): string =>
  key === '*' ? 'Its latest alerts:' : `Its latest alerts that name ${key}:`;

/** A line about the state, and one about its events. */
function stateText(state: KeyState): string[] {
  const events = 'events' in state ? [`has ${placesText(state.events)}`] : [];
  return [`${keyText(state.key)}: ${describe(state)}`, ...events];
}

const keyText = (key: KeyOfState): string =>
  key.length === 0 ? '(no key)' : key.map((value) => value ?? '(missing)').join(', ');

const placesText = (events: readonly Origin[]): string => events.map(placeText).join(', ');

const utc = (time: number): string => `${instant(time)} UTC`;

function describe(state: KeyState): string {
  switch (state.kind) {
    case 'sequence': {
      const until = state.until === undefined ? '' : `, until ${utc(state.until)}`;
      return `waits for step ${state.step} of ${state.steps}, since ${utc(state.since)}${until}`;
    }
    case 'absence':
      return `has every event since ${utc(state.since)}, and fires unless one that must not be there comes until ${utc(state.until)}`;
    case 'sample':
      return `has ${state.items.map((count, i) => `${plural(count, 'event')} for item ${i + 1}`).join(', ')}`;
    case 'threshold':
      return thresholdText(state);
    case 'terms':
      return `seen first ${utc(state.first)}, last ${utc(state.last)}`;
    case 'window':
      return `${plural(state.count, 'event')} to look at together, from ${utc(state.from)} to ${utc(state.to)}`;
    case 'suppression':
      return `an alert since ${utc(state.since)} takes in others until ${utc(state.until)}: ${plural(state.count, 'alert')} so far`;
  }
}

function thresholdText(state: Extract<KeyState, { kind: 'threshold' }>): string {
  const { count, needed, cardinality, neededCardinality, from, usedUpTo } = state;
  const distinct =
    cardinality === undefined ? '' : `, ${number(cardinality)} of ${neededCardinality} different values`;
  const since = from === undefined ? '' : `, since ${utc(from)}`;
  const used = usedUpTo === undefined ? '' : `; it fired with events up to ${utc(usedUpTo)}`;
  return `${number(count)} of ${plural(needed, 'event')}${distinct}${since}${used}`;
}

function memoryLines({ memory }: ExplainedState): string[] {
  if (memory.length === 0) return [];
  const kinds = memory.map(({ kind, entries, bytes }) => `${kind} ${number(entries)} (${memorySize(bytes)})`);
  return [`In memory for all keys: ${kinds.join(', ')}.`];
}

const learningLines = ({ summary }: ExplainedState): string[] =>
  summary.learning.map(
    ({ until, count }) =>
      `Learning until ${utc(until)}: ${plural(count, 'alert')} held back, because the history is too short (--history FILE).`,
  );

function alertText({ time, reason, excepted, sources }: Alert): string {
  const by = excepted === undefined ? '' : ` (excepted by "${excepted.name}")`;
  return `${instant(time)} ${reason}${by} [${sources.map(placeText).join(', ')}]`;
}

const exceptionText = ({ name, list, alerts, events }: ExceptedItem): string =>
  `"${name}" of ${list}: ${plural(alerts, 'alert')} excepted, ${plural(events, 'event')} hidden`;

const jsonDocument = (explained: ExplainedState, key: string) => ({
  schema: 1,
  rule: describeRule(explained.rule),
  key,
  events: explained.events,
  at: explained.at === undefined ? null : isoInstant(explained.at),
  states: explained.states.map(withTimes),
  stateCount: explained.stateCount,
  memory: explained.memory,
  learning: explained.summary.learning.map(({ until, count }) => ({ until: isoInstant(until), count })),
  suppressed: explained.summary.suppressed,
  alerts: explained.alerts.map(({ id, time, reason, excepted, sources }) => ({
    id,
    time: time === undefined ? null : isoInstant(time),
    reason,
    ...(excepted === undefined ? {} : { excepted }),
    sources,
  })),
  excepted: explained.excepted,
});

const TIMES: ReadonlySet<string> = new Set(['since', 'until', 'from', 'usedUpTo', 'first', 'last']);

/** Times as the rest of the document has them. */
const withTimes = (state: KeyState): object =>
  Object.fromEntries(
    Object.entries(state).map(([name, value]: [string, unknown]) => [
      name,
      TIMES.has(name) && typeof value === 'number' ? isoInstant(value) : value,
    ]),
  );
