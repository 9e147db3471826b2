/** For people at a terminal: groups with what is known to be benign about each, the summary, and what to try next. */
import type { RunSummary } from '../../model/summary.ts';
import type { Style } from '../terminal.ts';
import { plural } from '../text/format.ts';
import { wrap } from '../text/layout.ts';
import { groupLines } from './group-grid.ts';
import { FirstPlaces, shownGroups } from './groups.ts';
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
      ...(shown.groups.length === 0 ? ['No alerts.', ''] : groupLines(shown.groups, this.#places, style)),
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
