/**
 * Annotations for a GitHub Actions job: one a group, because GitHub keeps ten of each level and drops the rest
 * unseen. The groups beyond what a job page shows are in the summary on stderr, which the job's log keeps.
 */
import type { AlertGroup } from '../../model/summary.ts';
import type { Severity } from '../../model/alert.ts';
import { plural } from '../text/format.ts';
import { safe, safeLines } from '../text/safe.ts';
import { explanationLines, shownStatements } from './benign-text.ts';
import { FirstPlaces, actorNames } from './groups.ts';
import type { Report, ReportFormat } from './types.ts';

export const github: ReportFormat = {
  doc: 'annotations for a GitHub Actions job, one a group',
  atTheEnd: true,
  create: ({ write }): Report => {
    const places = new FirstPlaces();
    return {
      start: () => {},
      alert: (alert) => places.add(alert),
      finish: ({ groups }) => write(groups.map((group) => annotation(group, places)).join('')),
    };
  },
};

const commands: Readonly<Record<Severity, 'notice' | 'warning' | 'error'>> = {
  low: 'notice',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};

function annotation(group: AlertGroup, places: FirstPlaces): string {
  const origin = places.origin(group);
  const properties: readonly (readonly [string, string])[] = [
    ...(origin === undefined ? [] : [['file', origin.file] as const]),
    ...(origin?.line === undefined ? [] : [['line', String(origin.line)] as const]),
    ['title', `${group.severity}: ${group.ruleName} (${plural(group.count, 'alert')})`],
  ];
  const message = [
    safe(group.example),
    `Actors: ${actorNames(group).map(safe).join(', ')}`,
    ...explanationLines(group, 'Profiles'),
    ...shownStatements(group.benign).texts.map((text) => `Benign: ${safeLines(text)}`),
  ].join('\n');
  const listed = properties.map(([name, value]) => `${name}=${escapeProperty(safe(value))}`).join(',');
  return `::${commands[group.severity]} ${listed}::${escapeData(message)}\n`;
}

/** As the runner's own toolkit escapes them. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
