/** `winnow lofp new`: what has changed in the catalogue. */
import type { Change } from '../../catalog/model.ts';
import { catalogueFormat, openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import type { CatalogueFormat } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { plural } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe } from '../text/safe.ts';

export const lofpNew: Command = {
  name: 'lofp new',
  doc: 'what is new, changed and gone in the catalogue, the latest first',
  details: 'Changes are noted when a catalogue is built into the folder of an earlier one.',
  arguments: [],
  examples: [
    ['winnow lofp new --limit 0 -o json | jq \'map(select(.kind == "gone"))\'', 'all that went away'],
  ],
  run,
};

async function run(_: readonly string[], context: CommandContext): Promise<ExitCode> {
  const opened = await openedCatalogue(context);
  if (opened === undefined) return ExitCode.badInput;
  const { settings, terminal, voice, style } = context;
  const { changes, as_of: day } = opened.catalogue;
  const latest = changes.toReversed().slice(0, settings.limit === 0 ? Infinity : settings.limit);
  terminal.stdout.write(writers[catalogueFormat(context)](latest, style));
  voice.note(`${plural(changes.length, 'change')} up to ${day}, ${plural(latest.length, 'change')} shown`);
  return ExitCode.nothingFound;
}

type Writer = (changes: readonly Change[], style: Style) => string;

const writers: Readonly<Record<CatalogueFormat, Writer>> = {
  table: tableText,
  json: (changes) => `${safeJson(changes, 2)}\n`,
  ndjson: (changes) => changes.map((change) => `${safeJson(change)}\n`).join(''),
  md: (changes) =>
    changes
      .map(({ at, kind, id, title }) => `- ${at}: ${kind} ${escapeMarkdown(title)} (${code(id)})\n`)
      .join(''),
};

function tableText(changes: readonly Change[], { width, paint }: Style): string {
  if (changes.length === 0) return '';
  const fixed: readonly Column[] = [
    { head: 'DATE', width: 10 },
    { head: 'CHANGE', width: 7 },
    { head: 'ID', width: 13 },
  ];
  const free = width - fixed.reduce((sum, column) => sum + column.width + 2, 0);
  const rows = changes.map(({ at, kind, id, title }): Cell[] => [
    { text: at },
    { text: kind, ...(kind === 'gone' ? { look: paint.warn } : {}) },
    { text: id, look: paint.command },
    { text: safe(title) },
  ]);
  return `${grid([...fixed, { head: 'WHAT', width: Math.max(20, free) }], rows, paint.strong).join('\n')}\n`;
}
