/** `winnow rules list`: a row a rule, whether it runs, and if not, why. */
import type { RuleRow } from '../../rules/load/describe.ts';
import { describeRule } from '../../rules/load/describe.ts';
import { isBuildingBlock, offByDefault } from '../../rules/load/off.ts';
import type { LoadedRule, RuleSet } from '../../rules/rule.ts';
import type { Severity } from '../../model/alert.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import type { ListFormat } from '../options/table.ts';
import { ruleFilter } from '../rule-filter.ts';
import { ruleProblems, sayRuleProblems } from '../rule-problems.ts';
import type { Style } from '../terminal.ts';
import { csvLine } from '../text/csv.ts';
import { duration, number, plural } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe } from '../text/safe.ts';

export const rulesList: Command = {
  name: 'rules list',
  doc: 'list rules: a row a rule, whether it runs, and if not, why',
  details:
    'Every rule is listed, also those that do not run: deprecated ones, those of types that Winnow does not ' +
    'run yet, and files that are no readable rule. Totals and the load time go to standard error.',
  arguments: [{ name: '[PATHS...]', doc: 'folders or files of rules, instead of --rules' }],
  examples: [
    ['winnow rules list', 'the shipped rules'],
    [
      "winnow rules list detection-rules/rules -o json | jq 'map(select(.runnable | not).reason)'",
      "why rules of Elastic's do not run",
    ],
  ],
  run,
};

async function run(paths: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, services, terminal, voice, style } = context;
  const from = paths.length > 0 ? paths : settings.rules;
  const set = await services.loadRules(from, { ...ruleFilter(settings), buildingBlocks: true }, settings);
  const rows = [
    ...set.rules.map((rule) => rowOf(rule, settings.buildingBlocks)),
    ...set.refused.map(({ file }) => refusedRow(file)),
  ];
  const format = settings.listOutput ?? (terminal.stdout.isTerminal ? 'table' : 'ndjson');
  terminal.stdout.write(writers[format](rows, style));
  sayRuleProblems(set, voice, settings.warnings);
  voice.note(totals(set, rows));
  return ruleProblems(set).errors.length > 0 ? ExitCode.badInput : ExitCode.nothingFound;
}

/** It can run, and says what a scan must be given for it. */
function rowOf(rule: LoadedRule, asked: boolean): Row {
  const row = describeRule(rule);
  if (!row.runnable) return row;
  if (rule.document.rule.type === 'threat_match') return { ...row, reason: NEEDS_INDICATORS };
  const waits = !asked && isBuildingBlock(rule) && rule.overlay?.enabled !== true;
  return waits ? { ...row, reason: offByDefault.buildingBlock.reason } : row;
}

const NEEDS_INDICATORS = 'needs indicators';

/** By reason of the row: which rules they are, and what a scan runs them with. */
const WAITING: readonly (readonly [reason: string, what: string])[] = [
  [offByDefault.buildingBlock.reason, 'building blocks, which a scan runs with --building-blocks'],
  [NEEDS_INDICATORS, 'indicator match rules, which need --indicators'],
];

/** A file that is no rule is a row too: nothing that was found is left out. */
type Row = RuleRow;

const refusedRow = (file: string): Row => ({
  rule_id: '',
  name: '',
  type: '',
  language: '',
  severity: '',
  file,
  runnable: false,
  reason: 'unreadable',
});

const keys = ['rule_id', 'name', 'type', 'language', 'severity', 'file', 'runnable', 'reason'] as const;

type Writer = (rows: readonly Row[], style: Style) => string;

const writers: Readonly<Record<ListFormat, Writer>> = {
  table: tableText,
  json: (rows) => `${safeJson(rows, 2)}\n`,
  ndjson: (rows) => rows.map((row) => `${safeJson(row)}\n`).join(''),
  csv: (rows) => [keys, ...rows.map((row) => keys.map((key) => row[key]))].map(csvLine).join(''),
};

/** From these widths on the id and the file are shown too; `-o json` always has them. */
const WITH_ID = 110;
const WITH_FILE = 160;

function tableText(rows: readonly Row[], { width, paint }: Style): string {
  const columns = tableColumns(width);
  const look = (severity: string) => (line: string) =>
    severity === '' ? line : paint.severity(severity as Severity, line);
  const cells = rows.map((row): readonly Cell[] =>
    columns.map(({ key, cell }) => ({
      text: safe(cell(row)),
      ...(key === 'severity' ? { look: look(row.severity) } : {}),
      ...(key === 'runnable' && !row.runnable ? { look: paint.warn } : {}),
    })),
  );
  return `${grid(columns, cells, paint.strong).join('\n')}\n`;
}

interface RuleColumn extends Column {
  readonly key: keyof Row;
  readonly cell: (row: Row) => string;
}

function tableColumns(width: number): readonly RuleColumn[] {
  const fixed: readonly RuleColumn[] = [
    { key: 'severity', head: 'SEVERITY', width: 8, cell: ({ severity }) => severity },
    { key: 'type', head: 'TYPE', width: 16, cell: typeAndLanguage },
    { key: 'runnable', head: 'RUNS', width: 21, cell: runs },
    ...(width >= WITH_ID
      ? [{ key: 'rule_id', head: 'RULE ID', width: 36, cell: (row: Row) => row.rule_id } as const]
      : []),
  ];
  const free = width - fixed.reduce((sum, column) => sum + column.width + 2, 0);
  const file = width >= WITH_FILE ? Math.floor(free / 2) : 0;
  return [
    ...fixed,
    {
      key: 'name',
      head: 'NAME',
      width: free - file - (file > 0 ? 2 : 0),
      cell: (row) => row.name || row.file,
    },
    ...(file > 0 ? [{ key: 'file', head: 'FILE', width: file, cell: (row: Row) => row.file } as const] : []),
  ];
}

const runs = ({ runnable, reason }: Row): string =>
  reason === '' ? 'yes' : runnable ? `yes, ${reason}` : reason;

/** `query kuery`, but only `eql` where both are the same word. */
const typeAndLanguage = ({ type, language }: Row): string =>
  language === '' || language === type ? type : `${type} ${language}`;

function totals({ milliseconds, refused }: RuleSet, rows: readonly Row[]): string {
  const readable = rows.filter(({ rule_id }) => rule_id !== '');
  const runnable = readable.filter((row) => row.runnable).length;
  const waiting = WAITING.flatMap(([reason, what]) => {
    const count = readable.filter((row) => row.runnable && row.reason === reason).length;
    return count === 0 ? [] : [`${number(count)} ${what}`];
  });
  const reasons = counts(rows.filter((row) => !row.runnable).map(({ reason }) => reason));
  const not = rows.length - runnable;
  return [
    `${plural(rows.length, 'rule')}${readable.length === 0 ? '' : ` (${counts(readable.map(typeAndLanguage))})`}`,
    `${number(runnable)} runnable${waiting.length === 0 ? '' : ` (of them ${waiting.join('; ')})`}, ` +
      `${number(not)} not${not === 0 ? '' : ` (${reasons})`}`,
    `${plural(refused.length, 'file')} unreadable`,
    `loaded in ${duration(milliseconds)}`,
  ].join('; ');
}

/** `eql 1,059, query kuery 792`: the most frequent first. */
function counts(words: readonly string[]): string {
  const byWord = Map.groupBy(words, (word) => word);
  return [...byWord]
    .map(([word, all]) => [word, all.length] as const)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([word, count]) => `${word} ${number(count)}`)
    .join(', ');
}
