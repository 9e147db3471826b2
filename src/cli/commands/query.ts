/** `winnow query`: a question to logs, without a rule. */
import type { Answer } from '../../app/query.ts';
import type { ColumnType, ColumnValue } from '../../data/column.ts';
import type { JsonValue } from '../../data/document.ts';
import type { Counter } from '../../exec/pipeline/index.ts';
import { jsonOf } from '../../exec/pipeline/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { queryChoices } from '../query-inputs.ts';
import type { ListFormat } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { csvLine } from '../text/csv.ts';
import { plural } from '../text/format.ts';
import { GAP, grid } from '../text/grid.ts';
import { lossWords } from '../text/losses.ts';
import { safe, safeJson } from '../text/safe.ts';

export const query: Command = {
  name: 'query',
  doc: 'ask logs a question in ES|QL, KQL, Lucene or EQL, without a rule',
  details:
    'ES|QL gives the rows that it asks for; the other languages give the events that match, and with -o json whole ' +
    'documents. The language is told by how the query begins. NOW() is the time of the last event.',
  arguments: [
    { name: '<QUERY>', doc: "the query, in quotes: 'FROM logs-* | STATS n = COUNT(*) BY user.name'" },
    { name: '<FILES...>', doc: 'files, globs or folders of logs; - is standard input' },
  ],
  examples: [
    [
      "winnow query 'FROM * | STATS n = COUNT(*) BY event.action | SORT n DESC | LIMIT 10' audit.log",
      'what happens most',
    ],
    ["winnow query 'kubernetes.audit.verb: create and user.name: system*' audit.log -o csv", 'events in KQL'],
  ],
  run,
};

async function run([text = '', ...inputs]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, services, terminal, voice, style } = context;
  const { format, keepRequestReceived, cluster, language, ignoreIndex } = settings;
  const ingest = { shape: format, keepRequestReceived, ...(cluster === undefined ? {} : { cluster }) };
  const asked = await services.query({
    text,
    language,
    inputs,
    ingest,
    ignoreIndex,
    queries: queryChoices(settings, terminal),
  });
  for (const problem of asked.diagnostics) voice.diagnostic(problem);
  if (!asked.ok) return ExitCode.badInput;
  const output = settings.listOutput ?? (terminal.stdout.isTerminal ? 'table' : 'ndjson');
  terminal.stdout.write(writers[output](asked.value, style));
  for (const note of notes(asked.value)) voice.note(note);
  return ExitCode.nothingFound;
}

/** What was read, and what went lost on the way. */
function notes({ table, events, refusals, counts }: Answer): string[] {
  const lost = (Object.keys(lossWords) as Counter[]).flatMap((counter) =>
    counts[counter] === undefined ? [] : [`${counts[counter]} ${lossWords[counter]}`],
  );
  const refused = refusals.length === 0 ? '' : `, ${plural(refusals.length, 'record')} not usable`;
  return [`${plural(table.rows.length, 'row')} from ${plural(events, 'event')}${refused}`, ...lost];
}

type Writer = (answer: Answer, style: Style) => string;

const writers: Readonly<Record<ListFormat, Writer>> = {
  table: ({ table }, style) => tableText(table, style),
  json: (answer) => `${safeJson(objects(answer), 2)}\n`,
  ndjson: (answer) =>
    objects(answer)
      .map((one) => `${safeJson(one)}\n`)
      .join(''),
  csv: ({ table: { columns, rows } }) =>
    [
      columns.map(({ name }) => name),
      ...rows.map((row) => columns.map(({ type }, i) => plain(row[i] ?? null, type))),
    ]
      .map(csvLine)
      .join(''),
};

/** An object a row; for queries that choose events, with the whole document. */
function objects({ table: { columns, rows, events } }: Answer): object[] {
  const showsEvents = columns.some(({ name }) => name === 'reason');
  return rows.map((row, i) => ({
    ...Object.fromEntries(columns.map(({ name, type }, at) => [name, jsonOf(row[at] ?? null, type) ?? null])),
    ...(showsEvents ? { document: events[i]?.document } : {}),
  }));
}

const plain = (value: ColumnValue, type: ColumnType): string => {
  const json = jsonOf(value, type);
  if (json === undefined) return '';
  return Array.isArray(json) ? json.map((one: JsonValue) => oneText(one)).join('; ') : oneText(json);
};

const oneText = (value: JsonValue): string =>
  typeof value === 'object' && value !== null && value.constructor === Object
    ? JSON.stringify(value)
    : String(value);

/** A column is as wide as what it holds, and none takes more than its share of what the others leave. */
const LEAST_WIDTH = 6;

function tableText({ columns, rows }: Answer['table'], { width, paint }: Style): string {
  if (columns.length === 0) return '';
  const texts = rows.map((row) => columns.map(({ type }, i) => safe(plain(row[i] ?? null, type))));
  const wanted = columns.map(({ name }, i) =>
    Math.max(name.length, ...texts.map((row) => row[i]?.length ?? 0)),
  );
  const widths = shared(wanted, width - GAP * columns.length);
  // Behind the last column there is no gap, but the grid leaves room for one inside it.
  const heads = columns.map(({ name }, i) => ({
    head: safe(name),
    width: (widths[i] ?? LEAST_WIDTH) + (i === columns.length - 1 ? GAP : 0),
  }));
  const cells = texts.map((row) => row.map((text) => ({ text })));
  return `${grid(heads, cells, paint.strong).join('\n')}\n`;
}

/** Narrow columns get what they want, the wide ones share the rest. */
function shared(wanted: readonly number[], width: number): number[] {
  const widths = wanted.map(() => 0);
  let [left, open] = [width, wanted.length];
  for (const [place, want] of [...wanted.entries()].sort(([, a], [, b]) => a - b)) {
    const given = Math.max(LEAST_WIDTH, Math.min(want, Math.floor(left / open)));
    widths[place] = given;
    left -= given;
    open--;
  }
  return widths;
}
