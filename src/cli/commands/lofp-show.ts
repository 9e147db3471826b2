/** `winnow lofp show`: all that is known about a statement, or what is benign about a rule. */
import type { Found } from '../../catalog/lookup.ts';
import { lookUp } from '../../catalog/lookup.ts';
import { techniqueLabel } from '../../catalog/attack/attack.ts';
import type { Catalogue, SourceRule, Statement, Tombstone } from '../../catalog/model.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { didYouMean } from '../../base/typo.ts';
import { catalogueFormat, openedCatalogue } from '../catalogue.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import type { Style } from '../terminal.ts';
import { plural } from '../text/format.ts';
import { hanging } from '../text/layout.ts';
import { proseLines } from '../text/prose.ts';
import { safe, safeJson, safeLines } from '../text/safe.ts';

export const lofpShow: Command = {
  name: 'lofp show',
  doc: 'show statements, or everything that is known to be benign about a rule',
  arguments: [{ name: '<IDS...>', doc: 'ids of statements (old ones too), ids or names of rules' }],
  examples: [
    ['winnow lofp show FP-0hx3k2m9qa', 'a statement with its rules, licences and history'],
    ["winnow lofp show 'Kubernetes Secret Access'", 'a rule, with what its query excludes'],
  ],
  run,
};

async function run(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const opened = await openedCatalogue(context);
  if (opened === undefined) return ExitCode.badInput;
  const { terminal, voice } = context;
  const { catalogue } = opened;
  const found = words.map((word) => ({ word, known: lookUp(catalogue, word) }));
  const known = found.flatMap((one) => one.known ?? []);
  terminal.stdout.write(print(known, context));
  for (const { word } of found.filter((one) => one.known === undefined))
    voice.diagnostic(unknown(word, catalogue));
  return known.length < words.length ? ExitCode.badInput : ExitCode.nothingFound;
}

function unknown(word: string, { statements, rules }: Catalogue) {
  const names = [...statements.map(({ id }) => id), ...rules.flatMap(({ id, name }) => [id, name])];
  return diagnostic('CAT008', `nothing has the id or name "${word}"`, { hint: didYouMean(word, names) });
}

function print(known: readonly Found[], context: CommandContext): string {
  const format = catalogueFormat(context);
  if (format === 'json') return `${safeJson(known, 2)}\n`;
  if (format === 'ndjson') return known.map((one) => `${safeJson(one)}\n`).join('');
  return known.map((one) => `${linesOf(one, context.style, format === 'md').join('\n')}\n`).join('\n');
}

/** Headings and bullets that read well as text are Markdown as they are. */
function linesOf(known: Found, style: Style, isMarkdown: boolean): string[] {
  const head = (text: string): string => (isMarkdown ? `## ${safe(text)}` : style.paint.strong(safe(text)));
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
