/** `winnow lofp show`: all that is known about a statement, or what is benign about a rule. */
import type { Found } from '../../catalog/lookup.ts';
import type { Behaviour } from '../../catalog/behaviour/model.ts';
import { lookUp } from '../../catalog/lookup.ts';
import { techniqueLabel } from '../../catalog/attack/attack.ts';
import type { Catalogue, SourceRule, Statement, Tombstone } from '../../catalog/model.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { didYouMean } from '../../base/typo.ts';
import type { ShownBehaviour } from '../behaviour-view.ts';
import { behaviourDocument, behaviourLines } from '../behaviour-view.ts';
import { catalogueFormat, openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { CATALOGUE_FOLDER } from '../options/table.ts';
import type { Style } from '../terminal.ts';
import { plural } from '../text/format.ts';
import { hanging } from '../text/layout.ts';
import { proseLines } from '../text/prose.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe, safeLines } from '../text/safe.ts';

export const lofpShow: Command = {
  name: 'lofp show',
  doc: 'show statements, behaviours, or everything that is known to be benign about a rule',
  arguments: [
    { name: '<IDS...>', doc: 'ids of statements (old ones too) and behaviours, ids or names of rules' },
  ],
  examples: [
    ['winnow lofp show BP-0012', 'a behaviour that alerts name, with its profile; needs no catalogue'],
    ['winnow lofp show FP-0hx3k2m9qa', 'a statement with its rules, licences and history'],
    ["winnow lofp show 'Kubernetes Secret Access'", 'a rule, with what its query excludes'],
  ],
  run,
};

async function run(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { settings, services, terminal, voice } = context;
  const ids = words.filter((word) => /^BP-\d+$/i.test(word));
  const behaviours = await behavioursNamed(ids, context);
  // Behaviours come with Winnow, so that nobody needs a catalogue to look one up.
  const isNeeded = ids.length < words.length || settings.catalogue !== undefined;
  const opened = isNeeded
    ? await openedCatalogue(context)
    : valueOf(await services.openCatalogue(CATALOGUE_FOLDER));
  if (behaviours === undefined || (isNeeded && opened === undefined)) return ExitCode.badInput;
  const found = words.map((word) => ({
    word,
    known:
      behaviourFor(word, behaviours, opened?.catalogue) ??
      (opened === undefined ? undefined : lookUp(opened.catalogue, word)),
  }));
  const known = found.flatMap((one) => one.known ?? []);
  terminal.stdout.write(print(known, context));
  for (const { word } of found.filter((one) => one.known === undefined))
    voice.diagnostic(unknown(word, behaviours, opened?.catalogue));
  return known.length < words.length ? ExitCode.badInput : ExitCode.nothingFound;
}

const valueOf = <T>(result: Result<T>): T | undefined => (result.ok ? result.value : undefined);

/** All behaviours, when one is asked for by its id; undefined after saying what is wrong with the site's own. */
async function behavioursNamed(
  ids: readonly string[],
  { services, settings, voice }: CommandContext,
): Promise<readonly Behaviour[] | undefined> {
  if (ids.length === 0) return [];
  const { behaviours, values } = settings;
  const read = await services.behaviours({ behaviours, values });
  for (const problem of read.diagnostics) voice.diagnostic(problem);
  return read.ok ? read.value : undefined;
}

function behaviourFor(
  word: string,
  behaviours: readonly Behaviour[],
  catalogue: Catalogue | undefined,
): ShownBehaviour | undefined {
  const behaviour = behaviours.find(({ id }) => id === word.toUpperCase());
  if (behaviour === undefined) return undefined;
  const gathered = catalogue?.statements.filter((one) => one.behaviours.includes(behaviour.id)) ?? [];
  return { kind: 'behaviour', behaviour, statements: gathered.map(({ id, title }) => ({ id, title })) };
}

function unknown(word: string, behaviours: readonly Behaviour[], catalogue: Catalogue | undefined) {
  const { statements, rules } = catalogue ?? { statements: [], rules: [] };
  const names = [
    ...behaviours.map(({ id }) => id),
    ...statements.map(({ id }) => id),
    ...rules.flatMap(({ id, name }) => [id, name]),
  ];
  return diagnostic('CAT008', `nothing has the id or name "${word}"`, { hint: didYouMean(word, names) });
}

type Known = Found | ShownBehaviour;

function print(known: readonly Known[], context: CommandContext): string {
  const format = catalogueFormat(context);
  const documents = known.map((one) => (one.kind === 'behaviour' ? behaviourDocument(one) : one));
  if (format === 'json') return `${safeJson(documents, 2)}\n`;
  if (format === 'ndjson') return documents.map((one) => `${safeJson(one)}\n`).join('');
  return known.map((one) => `${linesOf(one, context.style, format === 'md').join('\n')}\n`).join('\n');
}

/** Headings and bullets that read well as text are Markdown as they are. */
function linesOf(known: Known, style: Style, isMarkdown: boolean): string[] {
  const head = (text: string): string => (isMarkdown ? `## ${safe(text)}` : style.paint.strong(safe(text)));
  if (known.kind === 'behaviour') return behaviourLines(known, style, head);
  if (known.kind === 'tombstone') return tombstoneLines(known.tombstone, head);
  return known.kind === 'statement'
    ? statementLines(known.statement, known.rules, style, head)
    : ruleLines(known.rule, known.statements, style, head);
}

type Head = (text: string) => string;

const tombstoneLines = ({ id, title, text, gone, rules }: Tombstone, head: Head): string[] => [
  head(title),
  `${id}: gone since ${gone}; it stood in ${rules.map(safe).join(', ')}`,
  '',
  ...safeLines(text).split('\n'),
];

const roleTitles = {
  verify: 'How to tell',
  advice: 'What to do about it',
  likelihood: 'How likely',
} as const;

function statementLines(
  statement: Statement,
  rules: readonly SourceRule[],
  style: Style,
  head: Head,
): string[] {
  const { id, title, text, kind, sentences, origins, actors, data, history, behaviours, aliases } = statement;
  const facts = [origins.join(', '), data.join(', '), actors.join(', '), behaviours.join(', ')];
  const sections = (['verify', 'advice', 'likelihood'] as const).flatMap((role) => {
    const own = sentences.filter((sentence) => sentence.role === role);
    return own.length === 0
      ? []
      : ['', head(roleTitles[role]), ...own.flatMap((one) => bullet(one.text, style))];
  });
  return [
    head(title),
    [id, ...facts.filter((fact) => fact !== '')].map(safe).join(' · '),
    '',
    ...(kind === 'clause' ? safeLines(text).split('\n') : proseLines(text, style.width)),
    ...sections,
    '',
    head(`Stands in ${plural(rules.length, 'rule')}`),
    ...rules.flatMap((rule) => bullet(ruleLine(rule), style)),
    ...(history.length === 0
      ? []
      : [
          '',
          head('Earlier'),
          ...history.flatMap(({ text: old, until }) => bullet(`until ${until}: ${old}`, style)),
        ]),
    ...(aliases.length === 0 ? [] : ['', `once also ${aliases.join(', ')}`]),
  ];
}

const bullet = (text: string, { width }: Style): string[] =>
  hanging('- ', safe(text.replace(/\s+/g, ' ')), width, 2);

/** Whose it is and under which terms is said wherever a text is shown. */
function ruleLine({
  name,
  source,
  severity,
  status,
  techniques,
  authors,
  license,
  path,
  commit,
}: SourceRule): string {
  const facts = [
    source,
    severity ?? '',
    status === 'active' ? '' : status,
    techniques.map((one) => `${techniqueLabel(one)} ${one.name}`).join(', '),
    `by ${authors.join(', ') || 'unknown'}`,
    license,
    commit === undefined ? path : `${path}@${commit.slice(0, 12)}`,
  ];
  return `${name} (${facts.filter((fact) => fact !== '').join('; ')})`;
}

function ruleLines(rule: SourceRule, statements: readonly Statement[], style: Style, head: Head): string[] {
  return [
    head(rule.name),
    ...hanging('', safe(ruleLine(rule)), style.width, 0),
    ...(rule.url === undefined ? [] : [safe(rule.url)]),
    '',
    ...proseLines(rule.description, style.width),
    ...(rule.logic === '' ? [] : ['', head(`Query (${rule.language})`), ...logicLines(rule, style)]),
    '',
    head(`Known to be benign: ${rule.quality}`),
    ...(rule.junk.length === 0
      ? []
      : bullet(`its field only says ${rule.junk.map((one) => `"${one}"`).join(', ')}`, style)),
    ...statements.flatMap(({ id, title, origins }) =>
      bullet(`${title} (${id}, ${origins.join(', ')})`, style),
    ),
  ];
}

/** What the query excludes is marked. */
function logicLines({ logic, exclusions }: SourceRule, { paint }: Style): string[] {
  const inside = (offset: number): boolean =>
    exclusions.some(({ start, end }) => offset >= start && offset < end);
  let offset = 0;
  return logic
    .trimEnd()
    .split('\n')
    .map((line) => {
      const pieces = line.split(/(?<=\s)(?=\S)/).map((piece) => {
        const marked = inside(offset + piece.search(/\S|$/));
        offset += piece.length;
        return marked ? paint.warn(safeLines(piece)) : safeLines(piece);
      });
      offset += 1;
      return pieces.join('').trimEnd();
    });
}
