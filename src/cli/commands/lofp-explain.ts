/** `winnow lofp explain`: which benign behaviours a user's own events show, and what nothing explains. */
import type { ExplainedInputs, Seen, SeenBehaviour, Unexplained } from '../../app/explain-benign.ts';
import { placeText } from '../../model/place.ts';
import type { Count } from '../../model/summary.ts';
import { catalogueFormat } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../errors.ts';
import { ExitCode, UNREADABLE } from '../exit.ts';
import type { CatalogueFormat, Settings } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { instant, isoInstant, number, plural } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { hanging } from '../text/layout.ts';
import { code, escapeMarkdown } from '../text/markdown.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe } from '../text/safe.ts';

export const lofpExplain: Command = {
  name: 'lofp explain',
  doc: 'say which benign behaviours your own events show, by whom, and what nothing explains',
  details:
    'Runs the profile of every behaviour over all events of the files; no rules are needed. A profile has a grade: A and ' +
    'B rest on what the platform asserts, C and D on something that whoever makes the request can choose. What only ' +
    'C or D fit is listed, and counts as unexplained.',
  arguments: [{ name: '[FILES...]', doc: 'files, globs, folders, or - for standard input' }],
  examples: [
    ['winnow lofp explain audit.log', 'what is going on in a cluster'],
    ['winnow lofp explain logs/ --values site.toml', 'with your own accounts, groups and networks'],
    ['winnow lofp explain logs/ -o md > benign.md', 'to hand on'],
  ],
  run,
};

async function run(files: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, services, terminal, voice, style } = context;
  const inputs = inputsOf(files, terminal.stdinIsTerminal);
  const { behaviours, values } = settings;
  const explained = await services.explainBenign({
    inputs,
    ingest: ingestOptions(settings),
    behaviours,
    values,
  });
  for (const problem of explained.diagnostics) voice.diagnostic(problem);
  if (!explained.ok) return ExitCode.badInput;
  terminal.stdout.write(writers[catalogueFormat(context)](explained.value, style));
  voice.note(totalText(explained.value));
  const { refused } = explained.value;
  for (const { code: why, what, count } of refused)
    voice.warning(
      `${plural(count, 'record')} could not be used: ${why} ${what} (winnow scan --show-refused names them)`,
    );
  return refused.some((one) => UNREADABLE.has(one.code)) ? ExitCode.badInput : ExitCode.nothingFound;
}

function inputsOf(files: readonly string[], stdinIsTerminal: boolean): readonly string[] {
  if (files.length > 0) return files;
  if (!stdinIsTerminal) return ['-'];
  throw new UsageError(
    'nothing to explain',
    'name files, globs or folders, or pipe a log in; winnow demo writes a sample to try',
  );
}

const ingestOptions = ({ format, keepRequestReceived, cluster }: Settings) => ({
  shape: format,
  keepRequestReceived,
  ...(cluster === undefined ? {} : { cluster }),
});

function totalText(all: ExplainedInputs): string {
  const { total, explained, byGrade, behaviours, unseen, undecided, skipped } = all;
  const leftOut = skipped.map(({ what, count }) => `${number(count)} left out (${what})`);
  if (total === 0) return ['there was no event to explain', ...leftOut].join('; ');
  const sure = `${number(explained)} of ${plural(total, 'event')} explained by profiles of grade A or B`;
  const unsure = byGrade.C + byGrade.D;
  return [
    sure,
    ...(unsure === 0 ? [] : [`${number(unsure)} fit only profiles of grade C or D`]),
    `${number(behaviours.length)} of ${plural(behaviours.length + unseen.length, 'profile')} seen`,
    ...(undecided === 0 ? [] : [`${plural(undecided, 'question')} over a limit, which count as unexplained`]),
    ...leftOut,
  ].join('; ');
}

type Writer = (explained: ExplainedInputs, style: Style) => string;

const writers: Readonly<Record<CatalogueFormat, Writer>> = {
  table: tableText,
  json: (explained) => `${safeJson(jsonDocument(explained), 2)}\n`,
  ndjson: (explained) => {
    const { behaviours, ...rest } = jsonDocument(explained);
    return [...behaviours, rest].map((one) => `${safeJson(one)}\n`).join('');
  },
  md: markdown,
};

/** In lines, each record says what it is. */
const jsonDocument = ({ behaviours, unexplained, ...rest }: ExplainedInputs) => ({
  schema: 1,
  kind: 'summary',
  ...rest,
  behaviours: behaviours.map(({ span, ...one }) => ({ kind: 'behaviour', ...one, ...spanFields(span) })),
  unexplained,
});

const spanFields = (span: Seen['span']) =>
  span === undefined ? {} : { first_seen: isoInstant(span.from), last_seen: isoInstant(span.to) };

function tableText(explained: ExplainedInputs, style: Style): string {
  const { behaviours, unexplained } = explained;
  const lines = [
    ...(behaviours.length === 0 ? [] : behaviourLines(behaviours, style)),
    ...unexplainedLines(unexplained, style),
  ];
  return lines.length === 0 ? '' : `${lines.join('\n').trimEnd()}\n`;
}

const BEHAVIOUR = 9;
const fixed: readonly Column[] = [
  { head: 'BEHAVIOUR', width: BEHAVIOUR },
  { head: 'GRADE', width: 5 },
  { head: 'EVENTS', width: 9, align: 'right' },
];

function behaviourLines(behaviours: readonly SeenBehaviour[], { width, paint }: Style): string[] {
  const free = width - fixed.reduce((sum, column) => sum + column.width + 2, 0);
  const room = width - BEHAVIOUR - 2;
  const rows = behaviours.flatMap((one): Cell[][] => [
    [
      { text: one.behaviour, look: paint.command },
      { text: one.grade },
      { text: number(one.explains) },
      { text: safe(one.title), look: paint.strong },
    ],
    ...detailsOf(one).map(([label, text]): Cell[] => [
      { text: '' },
      { text: hanging(label, safe(text), room, LABEL_WIDTH).join('\n'), laidOut: true, span: 3 },
    ]),
    [{ text: '', span: 4 }],
  ]);
  return grid([...fixed, { head: 'WHAT', width: Math.max(20, free) }], rows, paint.strong);
}

const LABEL_WIDTH = 9;

const detailsOf = (one: SeenBehaviour): readonly (readonly [string, string])[] => [
  ['actors', namesOf(one)],
  ...(one.span === undefined
    ? []
    : [['seen', `${instant(one.span.from)} to ${instant(one.span.to)} UTC`] as const]),
  ...one.examples
    .slice(0, 1)
    .map(({ reason, source }) => ['first', `${reason} [${placeText(source)}]`] as const),
  ...(one.first < one.explains
    ? [
        [
          'overlap',
          `${number(one.explains - one.first)} of them fit another profile of the same or a better grade too`,
        ] as const,
      ]
    : []),
];

const counted = ({ what, count }: Count): string => `${what} (${number(count)})`;

const namesOf = ({
  actors,
  actorCount,
  actorsOver,
}: Pick<Seen, 'actors' | 'actorCount' | 'actorsOver'>): string => {
  const more = actorCount - actors.length;
  return [
    ...actors.map(counted),
    ...(more > 0 || actorsOver ? [`and ${actorsOver ? 'over ' : ''}${number(more)} more`] : []),
  ].join(', ');
};

function unexplainedLines(unexplained: Unexplained, { width, paint }: Style): string[] {
  const { count, actors, actorCount, actorsOver } = unexplained;
  if (count === 0) return [];
  const more = actorCount - actors.length;
  return [
    paint.strong(
      `Unexplained: ${plural(count, 'event')} of ${actorsOver ? 'over ' : ''}${plural(actorCount, 'actor')}`,
    ),
    ...actors.flatMap((actor) => hanging('  -', safe(unexplainedText(actor)), width, 4)),
    ...(more > 0 ? [`  - and ${number(more)} more`] : []),
  ];
}

const unexplainedText = ({ what, count, example }: Unexplained['actors'][number]): string =>
  `${what}: ${number(count)}, the first: ${example.reason} [${placeText(example.source)}]`;

function markdown(explained: ExplainedInputs): string {
  const { behaviours, unexplained } = explained;
  const rows = behaviours.map(
    (one) =>
      `| ${one.behaviour} ${escapeMarkdown(one.title)} | ${one.grade} | ${number(one.explains)} | ${escapeMarkdown(namesOf(one))} |`,
  );
  const others = unexplained.actors.map(
    ({ what, count, example }) =>
      `- ${escapeMarkdown(`${what}: ${number(count)}, the first: ${example.reason}`)} (${code(placeText(example.source))})`,
  );
  return [
    '# Benign behaviours',
    `${totalText(explained)}.`,
    ...(rows.length === 0
      ? []
      : [['| Behaviour | Grade | Events | Actors |', '|---|---|--:|---|', ...rows].join('\n')]),
    ...(unexplained.count === 0
      ? []
      : ['## Unexplained', [...others, ...moreActors(unexplained)].join('\n')]),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

const moreActors = ({ actors, actorCount }: Unexplained): string[] =>
  actorCount > actors.length ? [`- and ${plural(actorCount - actors.length, 'more actor')}`] : [];
