/** For people at a terminal: groups with what is known to be benign about each, the summary, and what to try next. */
import type { AlertGroup, RunSummary } from '../../model/summary.ts';
import type { Style } from '../terminal.ts';
import { number, plural } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { hanging, unfold, wrap } from '../text/layout.ts';
import { safe } from '../text/safe.ts';
import { FirstPlaces, actorNames, shownGroups, span, targetNames } from './groups.ts';
import { nextSteps } from './next-steps.ts';
import { summaryLines } from './summary-text.ts';
import type { Report, ReportContext, ReportFormat } from './types.ts';

export const table: ReportFormat = {
  doc: 'groups of alerts for people, with what is known to be benign about each',
  atTheEnd: true,
  forTerminal: true,
  create: (context) => new TableReport(context),
};

class TableReport implements Report {
  readonly #context: ReportContext;
  readonly #places = new FirstPlaces();

  constructor(context: ReportContext) {
    this.#context = context;
  }

  start(): void {}

  alert(alert: Parameters<FirstPlaces['add']>[0]): void {
    this.#places.add(alert);
  }

  finish(summary: RunSummary): void {
    const { style, maxGroups, write } = this.#context;
    const shown = shownGroups(summary, maxGroups);
    const lines = [
      ...groupLines(shown.groups, this.#places, style),
      ...hiddenLines(shown.hidden, shown.hiddenAlerts, style),
      ...summaryLines(summary, style),
      ...this.#hints(summary),
    ];
    write(`${lines.join('\n')}\n`);
  }

  #hints(summary: RunSummary): string[] {
    const { hints, shippedRules, style } = this.#context;
    const [group] = summary.groups;
    const top = group === undefined ? undefined : { group, origin: this.#places.origin(group) };
    return hints ? hintLines(nextSteps({ summary, top, shippedRules }), style) : [];
  }
}

const TIME_WIDTH = 19;
/** From this width on actors and targets have columns of their own. */
const WIDE = 130;

type MakeRow = (group: AlertGroup) => readonly (readonly Cell[])[];

function groupLines(groups: readonly AlertGroup[], places: FirstPlaces, style: Style): string[] {
  if (groups.length === 0) return ['No alerts.', ''];
  const wide = style.width >= WIDE;
  const columns = wide ? wideColumns(style.width) : narrowColumns(style.width);
  const rows: MakeRow = (group) => [
    headRow(group, style, wide),
    ...detailRows(group, places, style, columns.length, wide),
    [{ text: '', span: columns.length }],
  ];
  return grid(columns, groups.flatMap(rows), style.paint.strong);
}

const fixedColumns = (ruleWidth: number): Column[] => [
  { head: 'SEVERITY', width: 8 },
  { head: 'RULE', width: ruleWidth },
  { head: 'ALERTS', width: 7, align: 'right' },
  { head: 'FIRST – LAST, UTC', width: TIME_WIDTH },
];

const narrowColumns = (width: number): Column[] => fixedColumns(width - 8 - 7 - TIME_WIDTH - 6);

function wideColumns(width: number): Column[] {
  const free = width - 8 - 7 - TIME_WIDTH - 10;
  const rule = Math.floor(free * 0.36);
  const actors = Math.floor(free * 0.32);
  return [
    ...fixedColumns(rule),
    { head: 'ACTORS', width: actors },
    { head: 'TARGETS', width: free - rule - actors },
  ];
}

function headRow(group: AlertGroup, { paint }: Style, wide: boolean): readonly Cell[] {
  const { severity } = group;
  return [
    { text: severity, look: (line) => paint.severity(severity, line) },
    { text: safe(group.ruleName), look: paint.strong },
    { text: number(group.count) },
    { text: span(group).replace(' – ', '\n') },
    ...(wide ? [{ text: stacked(actorNames(group)) }, { text: stacked(targetNames(group)) }] : []),
  ];
}

const stacked = (items: readonly string[]): string => items.map(safe).join('\n');

function detailRows(
  group: AlertGroup,
  places: FirstPlaces,
  { width, paint }: Style,
  columns: number,
  wide: boolean,
): readonly (readonly Cell[])[] {
  const place = safe(places.text(group));
  const details: readonly (readonly [label: string, text: string])[] = [
    ...(wide
      ? []
      : ([
          ['actors', actorNames(group).map(safe).join(', ')],
          ['targets', targetNames(group).map(safe).join(', ')],
        ] as const)),
    ['first', `${safe(unfold(group.example))}${place === '' ? '' : ` [${place}]`}`],
    ...benign(group),
  ];
  const room = Math.max(20, width - 10);
  return details
    .filter(([, text]) => text !== '')
    .map(([label, text]) => [
      { text: '' },
      { text: labelled(label, text, room), laidOut: true, span: columns - 1, look: faintLabel(paint.faint) },
    ]);
}

const DETAIL_LABEL = 9;

const labelled = (label: string, text: string, width: number): string =>
  hanging(label, text, width, DETAIL_LABEL).join('\n');

const faintLabel = (faint: (text: string) => string) => (line: string) =>
  faint(line.slice(0, DETAIL_LABEL)) + line.slice(DETAIL_LABEL);

function benign({ falsePositives }: AlertGroup): (readonly [string, string])[] {
  if (falsePositives.length === 0) return [['benign', 'the rule states no known false positives']];
  return falsePositives.map((statement, index) => [index === 0 ? 'benign' : '', safe(unfold(statement))]);
}

function hiddenLines(groups: number, alerts: number, { paint, width }: Style): string[] {
  if (groups === 0) return [];
  const text = `… and ${plural(groups, 'more group')} with ${plural(alerts, 'alert')} (--max-groups 0 shows all)`;
  return [...wrap(text, width).map(paint.warn), ''];
}

function hintLines(steps: ReturnType<typeof nextSteps>, { paint, width }: Style): string[] {
  if (steps.length === 0) return [];
  return [
    '',
    paint.strong('What to try next'),
    ...steps.flatMap(({ command, why }) => [
      `  ${paint.command(command)}`,
      ...wrap(why, width - 6).map((line) => `      ${paint.faint(line)}`),
    ]),
  ];
}
