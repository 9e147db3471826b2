/** What the summary says about memory and time: of rules that judge several events, of state files, of the two modes. */
import type {
  BesideSummary,
  ModeComparison,
  ModeDifference,
  ModeSide,
  ResumedSummary,
  RunSummary,
  StateSummary,
} from '../../model/summary.ts';
import { bytes as memory, duration, instant, number, plural } from '../text/format.ts';
import { LISTED, some } from './some.ts';
import type { Line } from './summary-text.ts';

export function stateLines({ state, resumed }: RunSummary): Line[] {
  const lines = state === undefined ? [] : ofState(state);
  return [...lines, ...(resumed === undefined ? [] : resumedLines(resumed))];
}

const ofState = (state: StateSummary): Line[] => [
  ...learningLines(state),
  ...timeLines(state),
  ...evictionLines(state),
  ...overLines(state),
  ...alertLines(state),
  ...rememberedLines(state),
];

function learningLines({ learning }: StateSummary): Line[] {
  if (learning.length === 0) return [];
  const held = learning.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      text: `rules that know too little history: ${number(learning.length)}; ${plural(held, 'alert')} held back (--history FILE teaches them)`,
      look: 'warn',
    },
    ...learning.slice(0, LISTED).map(({ rule, until, count }) => ({
      text: `${rule}: learning until ${instant(until)} UTC, ${number(count)} held back`,
      indent: 2,
    })),
    ...moreLines(learning.length),
  ];
}

const moreLines = (all: number): Line[] =>
  all > LISTED ? [{ text: `and ${plural(all - LISTED, 'more rule')}`, indent: 2 }] : [];

function timeLines({ late, untimed, ahead, gaps }: StateSummary): Line[] {
  return [
    late === 0
      ? { text: 'late events: none' }
      : {
          text: `late events: ${plural(late, 'match', 'matches')} came later than --lateness allows, and were used as far as what is remembered allows`,
          look: 'warn',
        },
    ...(untimed === 0
      ? []
      : [{ text: `without a time: ${plural(untimed, 'match', 'matches')} not used`, look: 'warn' as const }]),
    ...(ahead === 0
      ? []
      : [
          {
            text: `wrong times: ${plural(ahead, 'event lies', 'events lie')} more than a day ahead of all others, and did not move the time`,
            look: 'warn' as const,
          },
        ]),
    ...gaps.slice(0, LISTED).map(({ rule, milliseconds }) => ({
      text: `gap: ${rule} did not look at ${duration(milliseconds)}`,
      look: 'warn' as const,
    })),
    ...moreLines(gaps.length),
  ];
}

/** Sums and counts over a window come out smaller. */
const FEWER = 'rules judge fewer events than there were, and alerts may be missing';

/** Of limits over which something else happens than that alerts are lost. */
const consequences: Readonly<Record<string, string>> = {
  absenceKeys: 'what was there may count as missing',
  absenceTimes: 'what was there may count as missing',
  enrichments: 'alerts do not name all their indicators',
  queryValues: FEWER,
  suppressionGroups: 'more alerts were told than need be',
  terms: 'what was seen before may count as new',
  waitingMatches: 'events may be judged before earlier ones, and alerts may be missing',
  windowMatches: FEWER,
};

function evictionLines({ evictions }: StateSummary): Line[] {
  if (evictions.length === 0) return [{ text: 'forgotten over a limit: nothing' }];
  return evictions.map(({ what, count, rules }) => ({
    text: `forgotten: ${number(count)} × over the limit "${what}", so ${consequences[what] ?? 'alerts may be missing'}: ${some(rules)}`,
    look: 'warn',
  }));
}

function overLines({ folded, dropped }: StateSummary): Line[] {
  return [
    ...(folded === 0 ? [] : [{ text: `over max_signals: ${number(folded)} stand in summary alerts` }]),
    ...(dropped === 0
      ? []
      : [{ text: `over max_signals: ${number(dropped)} dropped, as asked for`, look: 'warn' as const }]),
  ];
}

function alertLines({ suppressed, sequenceParts, looped }: StateSummary): Line[] {
  const details = [
    ...(suppressed === 0 ? [] : [`${number(suppressed)} suppressed into others of their group`]),
    ...(sequenceParts === 0 ? [] : [`${number(sequenceParts)} about single events of sequences`]),
    ...(looped === 0 ? [] : [`${number(looped)} on alerts of the same rule left out`]),
  ];
  return details.length === 0 ? [] : [{ text: `alerts beside those above: ${details.join('; ')}` }];
}

function rememberedLines({ remembered, largest }: StateSummary): Line[] {
  if (remembered.length === 0) return [{ text: 'remembered at the end: nothing' }];
  const kinds = remembered.map(({ what, count, bytes }) => `${what} ${number(count)} (${memory(bytes)})`);
  const rules = largest.map(({ rule, bytes }) => `${rule} (${memory(bytes)})`);
  return [
    { text: `remembered at the end: ${kinds.join(', ')}` },
    ...(rules.length === 0 ? [] : [{ text: `most of it by: ${rules.join('; ')}`, indent: 2 }]),
  ];
}

function resumedLines({
  passed,
  retold,
  anew,
  otherExceptions,
  changed,
  open,
  alertsFileGone,
}: ResumedSummary): Line[] {
  return [
    { text: `state file: ${plural(passed, 'event')} taken by earlier runs, passed over` },
    ...(retold === 0
      ? []
      : [{ text: `${plural(retold, 'alert')} that an earlier run found and could not tell` }]),
    ...(anew.length === 0
      ? []
      : [
          {
            text: `new or changed rules, which did not see those events: ${some(anew)}`,
            look: 'warn' as const,
          },
        ]),
    ...(otherExceptions.length === 0
      ? []
      : [
          {
            text: `exceptions changed, which apply from now on, not to what is remembered: ${some(otherExceptions)}`,
          },
        ]),
    ...changed.map((file) => ({
      text: `${file} is not what the earlier run read: some of its events may have been passed over`,
      look: 'warn' as const,
    })),
    ...(alertsFileGone === true
      ? [{ text: 'the file of alerts was gone: it begins anew, with what this scan found' }]
      : []),
    ...(open ? [{ text: 'what waits for later events is kept and not told yet (--finish tells it)' }] : []),
  ];
}

/** What was read beside the events. */
export function besideLine({ what, used, files, refused, span }: BesideSummary): Line {
  const times = span === undefined ? '' : `, ${instant(span.from)} to ${instant(span.to)} UTC`;
  const bad = refused === 0 ? '' : `; ${plural(refused, 'record')} could not be used`;
  return {
    text: `${what}: ${number(used)} from ${plural(files, 'file')}${times}${bad}`,
    ...(refused === 0 ? {} : { look: 'warn' }),
  };
}

/** A block of its own, when the modes were compared. */
export function modeLines({ mode, rules, notCompared }: ModeComparison): Line[] {
  const head = `alerts of ${mode} are reported; `;
  return [
    rules.length === 0
      ? { text: `${head}stream and compat find the same` }
      : {
          text: `${head}rules that find something else in the other mode: ${number(rules.length)}`,
          look: 'warn',
        },
    ...rules.flatMap(differenceLines),
    ...(notCompared === 0
      ? []
      : [{ text: `${plural(notCompared, 'alert')} not compared: too many differ`, look: 'warn' as const }]),
  ];
}

const differenceLines = (rule: ModeDifference): Line[] => [
  {
    text: `${rule.ruleName}: stream ${number(rule.stream.alerts)}, compat ${number(rule.compat.alerts)}${learning(rule)}`,
    indent: 2,
  },
  ...sideLines('stream', rule.stream),
  ...sideLines('compat', rule.compat),
];

const learning = ({ learningUntil }: ModeDifference): string =>
  learningUntil === undefined ? '' : `; the stream is learning until ${instant(learningUntil)} UTC`;

function sideLines(mode: string, { only, example }: ModeSide): Line[] {
  if (example === undefined) return [];
  const { time, reason, places } = example;
  return [
    {
      text: `only in ${mode}: ${number(only)}, such as ${instant(time)} ${reason}${where(places)}`,
      indent: 4,
    },
  ];
}

const where = (places: readonly string[]): string =>
  places.length === 0 ? '' : ` (${some(places, places.length, 2)})`;
