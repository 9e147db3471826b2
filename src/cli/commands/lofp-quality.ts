/** `winnow lofp quality`: how well rule sets document what is benign. */
import type { QualityRow } from '../../catalog/quality.ts';
import { qualityRows } from '../../catalog/quality.ts';
import { qualities } from '../../catalog/model.ts';
import { catalogueFormat, openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import type { CatalogueFormat } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { number } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { escapeMarkdown } from '../text/markdown.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe } from '../text/safe.ts';

export const lofpQuality: Command = {
  name: 'lofp quality',
  doc: 'how well rule sets and their teams say what is benign',
  details:
    'A rule counts once, by the best that it says: conditions that exclude (executable), a text in its field, ' +
    'bullets in its guide, only words like "unknown" (junk), or nothing (none).',
  arguments: [],
  examples: [['winnow lofp quality -o json', 'for a dashboard']],
  run,
};

async function run(_: readonly string[], context: CommandContext): Promise<ExitCode> {
  const opened = await openedCatalogue(context);
  if (opened === undefined) return ExitCode.badInput;
  const rows = qualityRows(opened.catalogue);
  context.terminal.stdout.write(writers[catalogueFormat(context)](rows, context.style));
  return ExitCode.nothingFound;
}

type Writer = (rows: readonly QualityRow[], style: Style) => string;

/** The best first. */
const order = qualities.toReversed();
const percent = (share: number): string => `${Math.round(share * 100)} %`;

const writers: Readonly<Record<CatalogueFormat, Writer>> = {
  table: tableText,
  json: (rows) => `${safeJson(rows, 2)}\n`,
  ndjson: (rows) => rows.map((row) => `${safeJson(row)}\n`).join(''),
  md: (rows) =>
    [
      ['source', 'team', 'rules', 'documented', ...order],
      Array(4 + order.length).fill('---'),
      ...rows.map(cells),
    ]
      .map(
        (line) => `| ${line.map((cell) => (cell === '---' ? cell : escapeMarkdown(cell))).join(' | ')} |\n`,
      )
      .join(''),
};

const cells = ({ source, team, rules, documented, quality }: QualityRow): string[] => [
  source,
  team === '' ? 'all' : team,
  number(rules),
  percent(documented),
  ...order.map((name) => number(quality[name])),
];

function tableText(rows: readonly QualityRow[], { paint }: Style): string {
  const columns: readonly Column[] = [
    { head: 'SOURCE', width: 8 },
    { head: 'TEAM', width: 22 },
    { head: 'RULES', width: 6, align: 'right' },
    { head: 'SAY IT', width: 6, align: 'right' },
    ...order.map((name) => ({ head: name.toUpperCase(), width: 10, align: 'right' as const })),
  ];
  const lines = rows.map((row): Cell[] =>
    cells(row).map((text) => ({ text: safe(text), ...(row.team === '' ? { look: paint.strong } : {}) })),
  );
  return `${grid(columns, lines, paint.strong).join('\n')}\n`;
}
