/** `winnow lofp build`: rule sets to a catalogue of false positives. */
import type { CatalogueBuild } from '../../app/catalog.ts';
import type { ScopeCounts } from '../../catalog/model.ts';
import { changeKinds } from '../../catalog/model.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { CATALOGUE_FOLDER } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { bytes, duration, number, plural } from '../text/format.ts';
import type { Cell, Column } from '../text/grid.ts';
import { grid } from '../text/grid.ts';
import { safe } from '../text/safe.ts';
import { shellWord } from '../text/shell.ts';

export const lofpBuild: Command = {
  name: 'lofp build',
  doc: 'build the catalogue of false positives from checkouts of rule sets',
  details:
    "Reads Elastic's detection-rules, Sigma, Splunk's security_content and rules in Elastic's format; what a " +
    'checkout holds is found out from its files. Nothing is fetched, and nothing leaves the machine: texts of ' +
    'rule sets keep their authors and licences. Built again into the same folder, ids stay and what is new, ' +
    'changed and gone is noted.',
  arguments: [{ name: '<CHECKOUTS...>', doc: 'folders of rule sets' }],
  examples: [
    ['winnow lofp build detection-rules sigma security_content', 'everything, into the folder lofp'],
    ['winnow lofp build my-rules --out notes', 'only your own rules'],
  ],
  run,
};

/** Enough to see what is wrong with a checkout. */
const SHOWN = 10;

async function run(checkouts: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { services, settings, terminal, voice, style } = context;
  const folder = settings.out ?? CATALOGUE_FOLDER;
  const built = await services.buildCatalogue(checkouts, folder, settings.behaviours);
  const problems = built.ok ? [...built.diagnostics, ...built.value.diagnostics] : built.diagnostics;
  voice.diagnostics(problems, SHOWN, `${folder}/catalogue.json lists them under checkouts`);
  if (!built.ok) return ExitCode.badInput;
  terminal.stdout.write(`${report(built.value, style).join('\n')}\n`);
  voice.note(
    `try: winnow lofp search secret${folder === CATALOGUE_FOLDER ? '' : ` --catalogue ${shellWord(folder)}`}`,
  );
  return ExitCode.nothingFound;
}

function report(build: CatalogueBuild, style: Style): string[] {
  const { catalogue, files, milliseconds, peakMemory } = build;
  const { statements, rules, clusters, behaviours, attack } = catalogue;
  const written = files.map(({ file, bytes: size }) => `${file} (${bytes(size)})`).join(', ');
  return [
    ...checkoutLines(build, style),
    '',
    ...countLines(build, style),
    '',
    `${plural(statements.length, 'statement')} of ${plural(rules.length, 'rule')}, ` +
      `${plural(clusters.length, 'group')} of near-duplicates, ${plural(behaviours.length, 'behaviour')}; as of ${catalogue.as_of}`,
    changesLine(build),
    `wrote ${safe(written)} in ${duration(milliseconds)}, at most ${bytes(peakMemory)} of memory`,
    `ATT&CK ${attack.version}: ${attack.attribution}`,
  ];
}

function checkoutLines({ catalogue }: CatalogueBuild, { width, paint }: Style): string[] {
  const fixed: readonly Column[] = [
    { head: 'RULE SET', width: 9 },
    { head: 'RULES', width: 6, align: 'right' },
    { head: 'BROKEN', width: 6, align: 'right' },
    { head: 'LICENCE', width: 12 },
    { head: 'COMMIT', width: 12 },
  ];
  const free = width - fixed.reduce((sum, column) => sum + column.width + 2, 0);
  const rows = catalogue.checkouts.map(
    ({ source, rules, refused, license, commit = 'unknown', name }): Cell[] => [
      { text: source },
      { text: number(rules) },
      { text: number(refused.length), ...(refused.length > 0 ? { look: paint.warn } : {}) },
      { text: safe(license) },
      { text: commit.slice(0, 12) },
      { text: safe(name) },
    ],
  );
  return grid([...fixed, { head: 'FOLDER', width: Math.max(8, free) }], rows, paint.strong);
}

/** What is counted, in words, and how. */
const counted: readonly (readonly [label: string, value: keyof ScopeCounts])[] = [
  ['rules', 'rules'],
  ['… deprecated', 'deprecated'],
  ['… with a false-positive field', 'rules_with_field'],
  ['… whose field says nothing', 'junk_rules'],
  ['entries of the field', 'occurrences'],
  ['… different texts', 'distinct'],
  ['… without Splunk’s “unknown”, as LoFP', 'distinct_lofp'],
  ['… that say something', 'informative'],
  ['… lost', 'lost'],
  ['sub-techniques of Elastic’s rules with one', 'subtechniques'],
  ['bullets of guides', 'guide_bullets'],
  ['… marked as written by AI', 'guide_bullets_ai'],
  ['… under “False positive analysis” itself', 'guide_bullets_plain'],
  ['… … in guides that mention AI', 'guide_bullets_plain_ai'],
  ['exclusions in queries', 'exclusions'],
  ['named filters', 'named_filters'],
  ['known false positives in lists', 'known_list'],
];

function countLines({ catalogue: { counts } }: CatalogueBuild, { paint }: Style): string[] {
  const columns: readonly Column[] = [
    { head: 'COUNTED', width: 42 },
    { head: 'LOFP’S SCOPE', width: 12, align: 'right' },
    { head: 'LIVE', width: 7, align: 'right' },
    { head: 'ALL', width: 7, align: 'right' },
  ];
  const rows = counted.map(([label, value]): Cell[] => [
    { text: label },
    { text: number(counts.lofp[value]) },
    { text: number(counts.live[value]) },
    { text: number(counts.all[value]) },
  ]);
  return [...grid(columns, rows, paint.strong), ...notes.map((note) => paint.faint(note))];
}

/** How the columns and the lines that look alike differ (decision 0200). */
const notes = [
  'LoFP’s scope: Elastic’s rules and building blocks, Sigma’s rules, Splunk’s detections. Live: all folders,',
  'without deprecated and unsupported rules. Bullets count under every heading about false positives and as AI’s',
  'when the guide has the notice; the two lines below them count only the one heading, and any mention of AI.',
];

/** What this build has added to the feed. */
function changesLine({ catalogue, past }: CatalogueBuild): string {
  if (past === undefined)
    return 'the first catalogue in this folder: from the next one on, changes are noted';
  const added = catalogue.changes.slice(past.changes.length);
  const kinds = changeKinds.flatMap((kind) => {
    const count = added.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [`${number(count)} ${kind}`];
  });
  return kinds.length === 0 ? 'nothing has changed' : `since ${past.as_of}: ${kinds.join(', ')}`;
}
