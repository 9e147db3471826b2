/** `winnow lofp search`: statements of the catalogue by words and facets. */
import type { Answer, Hit } from '../../catalog/search/answer.ts';
import { facetNames, facetTable } from '../../catalog/search/facets.ts';
import type { Statement } from '../../catalog/model.ts';
import { catalogueFormat, openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import type { CatalogueFormat } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { number, plural } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe } from '../text/safe.ts';

export const lofpSearch: Command = {
  name: 'lofp search',
  doc: 'search what is known to be benign',
  details:
    'All words must be there; the last letters may be missing. "…" is a phrase, - before anything means without ' +
    'it, and facet:value narrows: several values of a facet mean any of them, * is any run of characters. Facets: ' +
    `${facetNames.map((name) => `${name} (${facetTable[name].doc})`).join('; ')}.`,
  arguments: [{ name: '[QUERY...]', doc: 'words and facets; none lists everything' }],
  examples: [
    ["winnow lofp search 'secret actor:gitops data:kubernetes -is:deprecated'", 'words and facets'],
    ['winnow lofp search tech:T1562 has:profile', 'what can be told from its events'],
    ['winnow lofp search origin:inline-exclusion field:user.name -o json', 'what rules exclude by user'],
  ],
  run,
};

async function run(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const opened = await openedCatalogue(context);
  if (opened === undefined) return ExitCode.badInput;
  const { settings, terminal, voice, style } = context;
  const search = await opened.search();
  const answer = search.search(words.join(' '), { limit: settings.limit === 0 ? Infinity : settings.limit });
  for (const problem of answer.diagnostics) voice.diagnostic(problem);
  terminal.stdout.write(writers[catalogueFormat(context)](answer, style));
  voice.note(totals(answer));
  return ExitCode.nothingFound;
}

type Writer = (answer: Answer, style: Style) => string;

const found = ({ hits }: Answer): Statement[] =>
  hits.flatMap(({ statement, alike }) => [statement, ...alike]);

const writers: Readonly<Record<CatalogueFormat, Writer>> = {
  table: tableText,
  json: (answer) =>
    `${safeJson({ total: answer.total, facets: answer.facets, statements: found(answer) }, 2)}\n`,
  ndjson: (answer) =>
    found(answer)
      .map((one) => `${safeJson(one)}\n`)
      .join(''),
  md: ({ hits }) => hits.map(markdown).join(''),
};

const markdown = ({ statement: { id, title, origins, rules }, alike }: Hit): string => {
  const others = alike.length === 0 ? '' : `; in other words: ${alike.map((one) => code(one.id)).join(', ')}`;
  return `- ${escapeMarkdown(title)} (${code(id)}, ${origins.join(', ')}, ${plural(rules.length, 'rule')}${others})\n`;
};

/** What says the same in other words stands behind the title, and is a record of its own for machines. */
const inOtherWords = ({ alike }: Hit): string =>
  alike.length === 0 ? '' : ` (and ${alike.map(({ id }) => id).join(', ')} in other words)`;

function tableText(answer: Answer, { width, paint }: Style): string {
  if (answer.hits.length === 0) return '';
  const fixed: readonly Column[] = [
    { head: 'ID', width: 13 },
    { head: 'ORIGIN', width: 16 },
    { head: 'RULES', width: 5, align: 'right' },
    { head: 'DATA', width: 14 },
  ];
  const free = width - fixed.reduce((sum, column) => sum + column.width + 2, 0);
  const rows = answer.hits.map((hit): Cell[] => {
    const { id, origins, rules, data, title, deprecated } = hit.statement;
    return [
      { text: id, look: paint.command },
      { text: origins[0] ?? '' },
      { text: number(rules.length) },
      { text: data.slice(0, 2).join(', ') },
      { text: safe(title) + inOtherWords(hit), ...(deprecated ? { look: paint.faint } : {}) },
    ];
  });
  return `${grid([...fixed, { head: 'WHAT', width: Math.max(20, free) }], rows, paint.strong).join('\n')}\n`;
}

/** How many there are, and how they divide by what was not asked for: of that, others would be counted too. */
function totals(answer: Answer): string {
  const { total, hits, groups, facets, filtered } = answer;
  const parts = (['source', 'origin', 'data'] as const).map((name) => {
    if (filtered.has(name)) return '';
    const most = Object.entries(facets[name] ?? {}).slice(0, 4);
    return most.length < 2
      ? ''
      : `${name}: ${most.map(([value, count]) => `${value} ${number(count)}`).join(', ')}`;
  });
  const shown = hits.length < groups ? `, ${number(found(answer).length)} shown (--limit 0 shows all)` : '';
  const alike = groups < total ? ` in ${plural(groups, 'group')} of the same meaning` : '';
  return [`${plural(total, 'statement')}${alike}${shown}`, ...parts.filter((part) => part !== '')].join('; ');
}
