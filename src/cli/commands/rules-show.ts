/** `winnow rules show`: all that is known about one rule, on one page. */
import type { BenignBehaviour, KnownBenign } from '../../model/benign.ts';
import { describeRule } from '../../rules/load/describe.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import { openedBenign } from '../benign.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { findRules } from '../find-rules.ts';
import { originMark } from '../report/benign-text.ts';
import type { RuleView, Technique } from '../rule-view.ts';
import { viewRule } from '../rule-view.ts';
import type { Style } from '../terminal.ts';
import { hanging, unfold } from '../text/layout.ts';
import { proseLines } from '../text/prose.ts';
import { safeJson } from '../../base/safe-json.ts';
import { safe, safeLines } from '../text/safe.ts';
import { pictureLines } from '../voice.ts';

export const rulesShow: Command = {
  name: 'rules show',
  doc: 'show a rule: what it finds, its query, its techniques, what is known to be benign about it',
  arguments: [
    {
      name: '<RULES...>',
      doc: 'rule ids, names or file names (* is any run of characters), or paths of rule files',
    },
  ],
  examples: [
    ["winnow rules show 'Service Account*'", 'shipped rules by name'],
    [
      "winnow rules show --catalogue lofp -r detection-rules/rules '*Exec*'",
      'with what the public rule sets know',
    ],
    ['winnow rules show my-rules/exec.toml', 'a file, with all that is wrong with it'],
  ],
  run,
};

async function run(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal, settings, voice, style } = context;
  const benign = await openedBenign(context);
  if (benign === undefined) return ExitCode.badInput;
  const { rules, problems } = await findRules(words, context);
  const write = settings.pageOutput === 'json' ? json : page;
  const pages = rules.map((rule) => write(rule, benign.about(rule), style));
  terminal.stdout.write(pages.join(settings.pageOutput === 'json' ? '' : '\n'));
  for (const problem of problems) voice.diagnostic(problem);
  const failed = problems.some(({ severity }) => severity === 'error');
  return failed ? ExitCode.badInput : ExitCode.nothingFound;
}

function json(rule: LoadedRule, benign: KnownBenign): string {
  const { explanation } = viewRule(rule);
  return `${safeJson({ ...describeRule(rule), explanation, benign, document: rule.document }, 2)}\n`;
}

function page(loaded: LoadedRule, benign: KnownBenign, style: Style): string {
  const rule = viewRule(loaded, () => benign);
  const { width } = style;
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ['', proseLines(rule.description, width)],
    ['Query', queryLines(rule)],
    ['Known to be benign', bullets(statementTexts(rule), width)],
    ['Behaviours that it may be', bullets(benign.behaviours.map(behaviourText), width)],
    ['Triage guide', proseLines(rule.note, width)],
    ['Set-up', proseLines(rule.setup, width)],
    ['References', rule.references.map(safe)],
    ['Problems', rule.diagnostics.flatMap((d) => pictureLines(d, style))],
  ];
  const lines = [
    ...headLines(rule, style),
    ...sections
      .filter(([, content]) => content.length > 0)
      .flatMap(([heading, content]) => [
        '',
        ...(heading === '' ? [] : [style.paint.strong(heading)]),
        ...content,
      ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Bullets of the guide stand in the guide. */
const statementTexts = ({ benign, note }: RuleView): string[] =>
  benign.statements
    .filter(({ origin }) => note === '' || !origin.startsWith('guide'))
    .map(({ id, text, origin, source, license }) => {
      const from = id === undefined ? '' : ` [${id}, ${source}, ${license}]`;
      return `${text.trim()}${originMark(origin)}${from}`;
    });

const hows: Readonly<Record<BenignBehaviour['via'], string>> = {
  rule: '',
  name: ', by the name of the rule',
  technique: ', by its techniques',
};

const behaviourText = ({ id, title, grade, via }: BenignBehaviour): string =>
  `${id} ${title} (${grade === undefined ? 'no profile' : `profile of grade ${grade}`}${hows[via]})`;

const LABEL_WIDTH = 12;

function headLines(rule: RuleView, { width, paint }: Style): string[] {
  const facts: readonly (readonly [label: string, text: string])[] = [
    ['severity', `${rule.severity}, risk score ${rule.riskScore}`],
    ['type', [rule.type, rule.language].filter((word) => word !== undefined).join(', ')],
    ['runs', rule.runnable ? 'yes' : `no: ${rule.reason}: ${rule.explanation}`],
    ['rule id', rule.ruleId],
    ['file', rule.file],
    ['indices', rule.indices.join(', ')],
    ['ATT&CK', rule.techniques.map(techniqueText).join('; ')],
    ['tags', rule.tags.join(', ')],
  ];
  return [
    paint.strong(safe(rule.name)),
    '',
    ...facts
      .filter(([, text]) => text !== '')
      .flatMap(([label, text]) =>
        hanging(label, safe(text), width, LABEL_WIDTH).map(
          (line) => paint.faint(line.slice(0, LABEL_WIDTH)) + line.slice(LABEL_WIDTH),
        ),
      ),
  ];
}

const techniqueText = ({ tactic, id, name }: Technique): string => `${id} ${name} (${tactic})`;

/** As written: its line breaks and indentation belong to it. */
const queryLines = ({ query }: RuleView): string[] =>
  query === undefined || query.trim() === ''
    ? []
    : safeLines(query.replace(/^\s*\n|\s+$/g, ''))
        .split('\n')
        .map((line) => `  ${line}`.trimEnd());

const bullets = (statements: readonly string[], width: number): string[] =>
  statements.flatMap((statement) => hanging('  -', safe(unfold(statement)), width, 4));
