/** `winnow rules show`: all that is known about one rule, on one page. */
import { describeRule } from '../../rules/load/describe.ts';
import type { LoadedRule } from '../../rules/rule.ts';
import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit.ts';
import { findRules } from '../find-rules.ts';
import type { RuleView, Technique } from '../rule-view.ts';
import { viewRule } from '../rule-view.ts';
import type { Style } from '../terminal.ts';
import { hanging, unfold } from '../text/layout.ts';
import { proseLines } from '../text/prose.ts';
import { safe, safeJson, safeLines } from '../text/safe.ts';
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
    ['winnow rules show my-rules/exec.toml', 'a file, with all that is wrong with it'],
  ],
  run,
};

async function run(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal, settings, voice, style } = context;
  const { rules, problems } = await findRules(words, context);
  const pages = rules.map((rule) => (settings.pageOutput === 'json' ? json(rule) : page(rule, style)));
  terminal.stdout.write(pages.join(settings.pageOutput === 'json' ? '' : '\n'));
  for (const problem of problems) voice.diagnostic(problem);
  const failed = problems.some(({ severity }) => severity === 'error');
  return failed ? ExitCode.badInput : ExitCode.nothingFound;
}

const json = (rule: LoadedRule): string =>
  `${safeJson({ ...describeRule(rule), explanation: viewRule(rule).explanation, document: rule.document }, 2)}\n`;

function page(loaded: LoadedRule, style: Style): string {
  const rule = viewRule(loaded);
  const { width } = style;
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ['', proseLines(rule.description, width)],
    ['Query', queryLines(rule)],
    ['Known to be benign', bullets(rule.falsePositives, width)],
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
