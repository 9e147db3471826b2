/** One self-contained page without scripts or outside resources, to attach to a ticket or to read offline. */
import type { AlertGroup, RunSummary } from '../../model/summary.ts';
import { number, plural } from '../text/format.ts';
import { paint } from '../text/paint.ts';
import { escapeXml } from '../text/xml.ts';
import { explainedText, originMark, shareText } from './benign-text.ts';
import { FirstPlaces, actorNames, shownGroups, span, targetNames } from './groups.ts';
import { summaryLines } from './summary-text.ts';
import type { Report, ReportFormat } from './types.ts';

export const html: ReportFormat = {
  doc: 'one self-contained page without scripts',
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

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --critical: #b00020; --high: #d9480f; --medium: #9a6700; --low: #1f6feb; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td.count { text-align: right; font-variant-numeric: tabular-nums; }
td.time { white-space: nowrap; }
.badge { font-weight: 600; white-space: nowrap; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); } .low { color: var(--low); }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; }
ul { padding-left: 1.2rem; } code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { overflow-x: auto; border: 1px solid var(--line); padding: .8rem; white-space: pre-wrap; }
@media (prefers-color-scheme: dark) { :root { --critical: #ff6b81; --high: #ff922b; --medium: #e0b341; --low: #79b8ff; } }
`.trim();

function page(summary: RunSummary, places: FirstPlaces, maxGroups: number): string {
  const { groups, hidden, hiddenAlerts } = shownGroups(summary, maxGroups);
  const title = `Winnow: ${plural(summary.alerts.total, 'alert')}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>\n${STYLE}\n</style>`,
    '</head>',
    '<body>',
    `<h1>${title}</h1>`,
    ...(groups.length === 0 ? ['<p>No alerts.</p>'] : overview(groups)),
    ...(hidden === 0
      ? []
      : [
          `<p>…and ${plural(hidden, 'more group')} with ${plural(hiddenAlerts, 'alert')} (<code>--max-groups 0</code> shows all).</p>`,
        ]),
    ...groups.flatMap((group, index) => section(group, index, places.text(group))),
    '<section>',
    '<h2>Summary</h2>',
    `<pre>${escapeXml(summaryLines(summary, { paint: paint(false), width: 100 }).join('\n'))}</pre>`,
    '</section>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const overview = (groups: readonly AlertGroup[]): readonly string[] => [
  '<table>',
  '<thead><tr><th>Severity</th><th>Rule</th><th>Alerts</th><th>Explained</th><th>First – last, UTC</th><th>Actors</th><th>Targets</th></tr></thead>',
  '<tbody>',
  ...groups.map(overviewRow),
  '</tbody>',
  '</table>',
];

const overviewRow = (group: AlertGroup, index: number): string =>
  [
    `<tr><td>${badge(group)}</td>`,
    `<td><a href="#group-${index + 1}">${escapeXml(group.ruleName)}</a></td>`,
    `<td class="count">${number(group.count)}</td><td class="count">${number(group.explained.explained)}</td><td class="time">${span(group)}</td>`,
    `<td>${actorNames(group).map(escapeXml).join('<br>')}</td>`,
    `<td>${targetNames(group).map(escapeXml).join('<br>')}</td></tr>`,
  ].join('');

const badge = ({ severity }: AlertGroup): string => `<span class="badge ${severity}">${severity}</span>`;

function section(group: AlertGroup, index: number, place: string): readonly string[] {
  const techniques = group.techniques.map(({ id, name }) => escapeXml(`${id} ${name}`)).join(', ');
  const benign = group.benign.statements.map(({ text, origin }) =>
    item(`${text.trim()}${originMark(origin)}`),
  );
  const behaviours = group.benign.behaviours.map(({ id, title, grade }) =>
    item(`${id} ${title}${grade === undefined ? '' : ` (profile of grade ${grade})`}`),
  );
  const explained = explainedText(group);
  return [
    `<section id="group-${index + 1}">`,
    `<h2>${escapeXml(group.ruleName)}</h2>`,
    `<p>${badge(group)}, risk ${group.riskScore}, ${plural(group.count, 'alert')}${techniques === '' ? '' : `, ${techniques}`}; rule <code>${escapeXml(group.ruleId)}</code></p>`,
    `<p>First: ${escapeXml(group.example)}${place === '' ? '' : ` <code>${escapeXml(place)}</code>`}</p>`,
    ...(explained === ''
      ? []
      : [
          `<p>Profiles ${escapeXml(explained)}:</p>`,
          ...list(group.explained.behaviours.map((share) => item(shareText(share)))),
        ]),
    ...(benign.length === 0
      ? ['<p>The rule states no known false positives.</p>']
      : ['<p>Known to be benign:</p>', ...list(benign)]),
    ...(behaviours.length === 0
      ? []
      : ['<details><summary>Behaviours that it may be</summary>', ...list(behaviours), '</details>']),
    '</section>',
  ];
}

const item = (text: string): string => `<li>${escapeXml(text)}</li>`;
const list = (items: readonly string[]): readonly string[] => ['<ul>', ...items, '</ul>'];
