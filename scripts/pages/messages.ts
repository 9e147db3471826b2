import { messages } from '../../src/base/messages/index.ts';
import type { MessageDefinition } from '../../src/base/messages/index.ts';

const areas: Readonly<Record<string, string>> = {
  KQL: 'KQL queries',
  LUC: 'Lucene query strings',
  EQL: 'EQL queries',
  ESQL: 'ES|QL queries',
  FLT: 'Kibana filters',
  RULE: 'Rule files',
  EXC: 'Exceptions',
  OVL: 'Overlays',
  INP: 'Input',
  RUN: 'Runs',
  TEST: 'Rule tests',
  CAT: 'Catalogue of false positives',
  BHV: 'Behaviours of the catalogue',
};

/** The reference page of every message code, from the catalogue in `src/base/messages`. */
export function messagesPage(): string {
  const entries = Object.entries<MessageDefinition>(messages).sort(([a], [b]) => (a < b ? -1 : 1));
  const prefixes = [...new Set(entries.map(([code]) => prefixOf(code)))];
  return [
    '# Messages',
    '',
    'Every diagnostic that Winnow prints carries one of these codes. A code never changes its meaning.',
    '',
    ...prefixes.flatMap((prefix) => [
      `## ${areas[prefix] ?? prefix}`,
      '',
      ...entries
        .filter(([code]) => prefixOf(code) === prefix)
        .flatMap(([code, definition]) => section(code, definition)),
    ]),
  ].join('\n');
}

const prefixOf = (code: string): string => code.replace(/\d+$/, '');

function section(code: string, { title, severity, why, fix, example }: MessageDefinition): string[] {
  const sample = example === undefined ? [] : ['Example:', '', '```', example, '```', ''];
  return [`### ${code}: ${title}`, '', `*${severity}*`, '', why, '', `**What to do.** ${fix}`, '', ...sample];
}
