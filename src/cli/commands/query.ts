/** `winnow query`: a question to logs, without a rule. */
import type { Answer } from '../../app/query.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Column, ColumnType, ColumnValue } from '../../data/column.ts';
import type { JsonValue } from '../../data/document.ts';
import type { Counter } from '../../exec/pipeline/index.ts';
import { jsonOf } from '../../exec/pipeline/json.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode, interruptedBy } from '../exit.ts';
import { progressView } from '../progress.ts';
import { queryChoices } from '../query-inputs.ts';
import type { ListFormat } from '../options/table.ts';
import { some } from '../report/some.ts';
import { completionLines } from '../report/summary-text.ts';
import type { Style } from '../terminal.ts';
import { csvLine } from '../text/csv.ts';
import { number, plural } from '../text/format.ts';
import { GAP, grid } from '../text/grid.ts';
import { hanging } from '../text/layout.ts';
import { lossWords } from '../text/losses.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe } from '../text/safe.ts';

export const query: Command = {
  name: 'query',
  doc: 'ask logs a question in ES|QL, KQL, Lucene or EQL, without a rule',
  details:
    'ES|QL gives the rows that it asks for; the other languages give the events that match, and with -o json whole ' +
    'documents. A sequence or a sample of EQL gives the events of each match. The language is told by how the query begins. NOW() is the time of the last event.',
  arguments: [
    { name: '<QUERY>', doc: "the query, in quotes: 'FROM logs-* | STATS n = COUNT(*) BY user.name'" },
    { name: '<FILES...>', doc: 'files, globs or folders of logs; - is standard input' },
  ],
  examples: [
    [
      "winnow query 'FROM * | STATS n = COUNT(*) BY event.action | SORT n DESC | LIMIT 10' audit.log",
      'what happens most',
    ],
    [
      'winnow query \'sequence by user.name [any where event.action == "list"] [any where event.action == "delete"]\' logs/',
      'what somebody did after something else',
    ],
    ["winnow query 'kubernetes.audit.verb: create and user.name: system*' audit.log -o csv", 'events in KQL'],
  ],
  endsInOrder: true,
  run,
};

async function run([text = '', ...inputs]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, services, terminal, voice, style } = context;
  const { format, keepRequestReceived, cluster, language, ignoreIndex } = settings;
  const ingest = { shape: format, keepRequestReceived, ...(cluster === undefined ? {} : { cluster }) };
  const view = progressView(terminal, { quiet: settings.quiet, isShared: false, before: 'preparing' });
  const asked = await services
    .query({
      text,
      language,
      inputs,
      ingest,
      ignoreIndex,
      queries: queryChoices(settings, terminal),
      signal: terminal.signal,
      progress: (progress) => view.update(progress),
    })
    .finally(() => view.stop());
  for (const problem of asked.diagnostics) voice.diagnostic(problem);
  if (!asked.ok) return ExitCode.badInput;
  const output = settings.listOutput ?? (terminal.stdout.isTerminal ? 'table' : 'ndjson');
  terminal.stdout.write(writers[output](asked.value, style));
  for (const note of notes(asked.value)) voice.note(note);
  if (!asked.value.interrupted) return ExitCode.nothingFound;
  voice.diagnostic(diagnostic('RUN001', 'this covers only what was read until then'));
  return interruptedBy(terminal.signal);
}

/** What was read, and what went lost on the way. */
function notes(answer: Answer): string[] {
  const { events, refusals, counts, unread, groups, completion } = answer;
  const lost = (Object.keys(lossWords) as Counter[]).flatMap((counter) =>
    counts[counter] === undefined ? [] : [`${number(counts[counter])} × ${lossWords[counter]}`],
  );
  const refused = refusals.length === 0 ? '' : `, ${plural(refusals.length, 'record')} not usable`;
  return [
    `${found(answer)} from ${plural(events, 'event')}${refused}`,
    ...unreadNotes(unread, events),
    ...missingNotes(answer),
    ...(groups === undefined ? [] : groupNotes(groups)),
    ...(completion === undefined ? [] : completionLines(completion).map(({ text }) => text)),
    ...lost,
  ];
}

function found({ table, groups }: Answer): string {
  const rows = plural(table.rows.length, 'row');
  return groups === undefined ? rows : `${plural(groups.matches, 'match', 'matches')} of ${rows}`;
}

const MOST_FIELDS = 5;

/** A field that no event has matches nothing, and nothing says so, unless what came out shows that it did not matter. */
function missingNotes({ table, missing }: Answer): string[] {
  if (table.rows.length > 0 && table.columns.some(({ name }) => name === 'reason')) return [];
  return missing.slice(0, MOST_FIELDS).map(({ field, similar }) => {
    const instead = similar.length === 0 ? '' : `; they have ${similar.join(', ')}`;
    return `no event has the field ${field}${instead}`;
  });
}

function groupNotes({ untimed, limited }: NonNullable<Answer['groups']>): string[] {
  return [
    ...(untimed === 0
      ? []
      : [`${plural(untimed, 'event')} without a time left out, which have no place in the order`]),
    ...[...limited].map(
      ([limit, count]) => `${number(count)} × over the limit ${limit}: matches may be missing`,
    ),
  ];
}

const MOST_INDICES = 5;

/** Only when FROM reads nothing at all: that is rarely what was meant. */
function unreadNotes(unread: Answer['unread'], events: number): string[] {
  const left = unread.reduce((sum, { count }) => sum + count, 0);
  if (events === 0 || left < events) return [];
  const indices = some(
    unread.map(({ what, count }) => `${what} (${number(count)})`),
    unread.length,
    MOST_INDICES,
  );
  return [`FROM reads none of the events, which stand in ${indices}; --ignore-index reads them all`];
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
      ...rows.map((row) => columns.map(({ type }, i) => csvValue(row[i] ?? null, type))),
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

/** Numbers stay numbers: only a text may look like a formula. */
const csvValue = (value: ColumnValue, type: ColumnType): string | number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && type !== 'datetime')
    ? value
    : plain(value, type);

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
/** Narrower than this in the mean, columns of long values cannot be read beside each other. */
const READABLE_WIDTH = 12;
/** Rows that a person scrolls through; every other format writes all. */
const MOST_ROWS = 1_000;

function tableText({ columns, rows }: Answer['table'], style: Style): string {
  if (columns.length === 0) return '';
  const texts = rows
    .slice(0, MOST_ROWS)
    .map((row) => columns.map(({ type }, i) => safe(plain(row[i] ?? null, type))));
  const wanted = columns.map(({ name }, i) =>
    texts.reduce((most, row) => Math.max(most, row[i]?.length ?? 0), name.length),
  );
  const whole = columns.map((column, i) => standsWhole(column, wanted[i] ?? 0));
  const room = style.width - GAP * columns.length;
  const all = wanted.reduce((sum, want) => sum + want, 0);
  const isWide = all > room && readableWidth(wanted, whole, room) < READABLE_WIDTH;
  const lines = isWide
    ? listLines(columns, texts, style)
    : gridLines(columns, texts, shared(wanted, whole, room), style);
  const left = rows.length - texts.length;
  const more =
    left === 0
      ? []
      : ['', `… and ${plural(left, 'more row')}: LIMIT chooses, and -o ndjson, json or csv writes all`];
  return `${[...lines, ...more].join('\n')}\n`;
}

/** Times, addresses and single numbers stand whole: broken over two lines they cannot be read or copied. */
const LONGEST_WHOLE = 40;
const standsWhole = ({ type }: Column, want: number): boolean => type !== 'keyword' && want <= LONGEST_WHOLE;

/** What is left for each of the other columns; as if there were no difference when there are none. */
function readableWidth(wanted: readonly number[], whole: readonly boolean[], room: number): number {
  const others = whole.filter((one) => !one).length;
  if (others === 0) return room / whole.length;
  return (room - wanted.reduce((sum, want, i) => sum + (whole[i] === true ? want : 0), 0)) / others;
}

type Texts = readonly (readonly string[])[];

function gridLines(
  columns: readonly Column[],
  texts: Texts,
  widths: readonly number[],
  { paint }: Style,
): string[] {
  // Behind the last column there is no gap, but the grid leaves room for one inside it.
  const heads = columns.map(({ name }, i) => ({
    head: safe(name),
    width: (widths[i] ?? LEAST_WIDTH) + (i === columns.length - 1 ? GAP : 0),
  }));
  const cells = texts.map((row) => row.map((text) => ({ text })));
  return grid(heads, cells, paint.strong);
}

/** A block a row and a line a column, without those that have no value: for rows that are too wide for a table. */
function listLines(columns: readonly Column[], texts: Texts, { width, paint }: Style): string[] {
  const names = columns.map(({ name }) => safe(name));
  const indent = GAP + names.reduce((most, name) => Math.max(most, name.length), 0);
  const left = Math.min(indent, Math.floor(width / 2));
  return texts.flatMap((row, place) => [
    ...(place === 0 ? [] : ['']),
    paint.strong(`row ${number(place + 1)}`),
    ...row.flatMap((text, i) => {
      const name = names[i] ?? '';
      if (text === '') return [];
      // A name that takes the room of values has a line of its own.
      if (name.length > left - GAP) return [name, ...hanging('', text, width, left)];
      return hanging('', text, width, left).map((line, at) =>
        at === 0 ? name.padEnd(left) + line.slice(left) : line,
      );
    }),
  ]);
}

/** Columns that stand whole and narrow ones get what they want, the wide ones share the rest. */
function shared(wanted: readonly number[], whole: readonly boolean[], width: number): number[] {
  const widths = wanted.map(() => 0);
  let [left, open] = [width, wanted.length];
  const rank = (place: number): number => (whole[place] === true ? 0 : 1);
  for (const [place, want] of [...wanted.entries()].sort(
    ([one, a], [other, b]) => rank(one) - rank(other) || a - b,
  )) {
    const share = whole[place] === true ? want : Math.floor(left / open);
    const given = Math.max(LEAST_WIDTH, Math.min(want, share));
    widths[place] = given;
    left -= given;
    open--;
  }
  return widths;
}
