/** Markdown for a pull request, a ticket or a CI job's summary page. */
import type { AlertGroup, RunSummary } from '../../model/summary.ts';
import { number, plural } from '../text/format.ts';
import { unfold } from '../text/layout.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';
import { paint } from '../text/paint.ts';
import { behaviourText, explainedText, originMark, shareText } from './benign-text.ts';
import { FirstPlaces, actorNames, shownGroups, span, targetNames } from './groups.ts';
import { summaryLines } from './summary-text.ts';
import type { Report, ReportFormat } from './types.ts';

export const md: ReportFormat = {
  doc: 'Markdown, for a pull request, a ticket or a job summary',
  atTheEnd: true,
  create: ({ write, maxGroups }): Report => {
    const places = new FirstPlaces();
    return {
      start: () => {},
      alert: (alert) => places.add(alert),
      finish: (summary) => write(page(summary, places, maxGroups)),
    };
  },
};

function page(summary: RunSummary, places: FirstPlaces, maxGroups: number): string {
  const { groups, hidden, hiddenAlerts } = shownGroups(summary, maxGroups);
  return [
    `# Winnow: ${plural(summary.alerts.total, 'alert')}`,
    ...(groups.length === 0 ? [] : [overview(groups)]),
    ...(hidden === 0
      ? []
      : [
          `…and ${plural(hidden, 'more group')} with ${plural(hiddenAlerts, 'alert')} (\`--max-groups 0\` shows all).`,
        ]),
    ...groups.map((group) => section(group, places.text(group))),
    '## Summary',
    fenced(summaryLines(summary, { paint: paint(false), width: 100 })),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

const overview = (groups: readonly AlertGroup[]): string =>
  [
    '| Severity | Rule | Alerts | Explained | First – last, UTC | Actors | Targets |',
    '|---|---|--:|--:|---|---|---|',
    ...groups.map((group) => `| ${overviewRow(group).join(' | ')} |`),
  ].join('\n');

const overviewRow = (group: AlertGroup): readonly string[] => [
  group.severity,
  escapeMarkdown(group.ruleName),
  number(group.count),
  number(group.explained.explained),
  span(group),
  actorNames(group).map(escapeMarkdown).join('<br>'),
  targetNames(group).map(escapeMarkdown).join('<br>'),
];

function section(group: AlertGroup, place: string): string {
  const techniques = group.techniques.map(({ id, name }) => escapeMarkdown(`${id} ${name}`));
  const benign = group.benign.statements.map(({ text, origin }) =>
    item(`${unfold(text)}${originMark(origin)}`),
  );
  const behaviours = behaviourText(group.benign);
  const explained = explainedText(group);
  return [
    `## ${escapeMarkdown(group.ruleName)}`,
    `${group.severity}, risk ${group.riskScore}, ${plural(group.count, 'alert')}${techniques.length === 0 ? '' : `, ${techniques.join(', ')}`}; rule ${code(group.ruleId)}`,
    `First: ${escapeMarkdown(group.example)}${place === '' ? '' : ` (${code(place)})`}`,
    ...(explained === ''
      ? []
      : [
          [
            `Profiles ${escapeMarkdown(explained)}:`,
            '',
            ...group.explained.behaviours.map((one) => item(shareText(one))),
          ].join('\n'),
        ]),
    benign.length === 0
      ? 'The rule states no known false positives.'
      : ['Known to be benign:', '', ...benign].join('\n'),
    ...(behaviours === '' ? [] : [`May be: ${escapeMarkdown(behaviours)}`]),
  ].join('\n\n');
}

const item = (text: string): string => `- ${escapeMarkdown(text)}`;

/** Longer than any run of back-quotes in the text, so that nothing in it ends the block. */
function fenced(lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
