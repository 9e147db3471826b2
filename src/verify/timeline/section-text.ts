/**
 * The sections of a timeline as the files that they stand for: what every such file has and no timeline needs to say is
 * put above the section's own lines.
 */
import type { Section } from './model.ts';

export interface SectionText {
  readonly text: string;
  /** Lines that were put above those of the section. */
  readonly added: number;
}

const RULE: readonly (readonly [key: string, value: string])[] = [
  ['description', '"A rule of a timeline."'],
  ['author', '["timeline"]'],
  ['severity', '"medium"'],
  ['type', '"query"'],
];

/** As Elastic has it. */
const SCORES: Readonly<Record<string, number>> = { low: 21, medium: 47, high: 73, critical: 99 };

/** TOML of a rule; its id is its name. */
export function ruleText({ name, body }: Section): SectionText {
  const says = (key: string): boolean => new RegExp(`^\\s*${key}\\s*=`, 'm').test(body);
  const added = RULE.filter(([key]) => !says(key)).map(([key, value]) => `${key} = ${value}`);
  const type = /^\s*type\s*=\s*["'](\w+)["']/m.exec(body)?.[1] ?? 'query';
  const severity = /^\s*severity\s*=\s*["'](\w+)["']/m.exec(body)?.[1] ?? 'medium';
  const language = type === 'eql' || type === 'esql' ? type : 'kuery';
  return below(body, [
    '[rule]',
    `rule_id = ${JSON.stringify(name)}`,
    ...(says('name') ? [] : [`name = ${JSON.stringify(name)}`]),
    ...added,
    ...(says('risk_score') ? [] : [`risk_score = ${SCORES[severity] ?? SCORES['medium']}`]),
    ...(type === 'machine_learning' || says('language') ? [] : [`language = "${language}"`]),
  ]);
}

/** YAML of one exception, for all rules unless it says otherwise. Exceptions of a timeline stand in the list `timeline`. */
export function exceptionText({ name, body }: Section): SectionText {
  const indent = /^ */m.exec(body.replace(/^\s*\n/, ''))?.[0] ?? '';
  // A list item's keys stand two columns to the right of its dash.
  const [dash, keys] = indent.length < 2 ? ['', '  '] : [indent.slice(2), indent];
  const says = (key: string): boolean => new RegExp(`^${keys}${key}\\s*:`, 'm').test(body);
  const defaults = [
    ['owner', 'timeline'],
    ['reason', 'none is needed in a timeline'],
    ['rules', 'all'],
  ].filter(([key = '']) => !says(key));
  return below(body, [
    'list: timeline',
    'exceptions:',
    `${dash}- name: ${JSON.stringify(name)}`,
    ...defaults.map(([key, value]) => `${keys}${key}: ${value}`),
  ]);
}

/** TOML of one overlay, for the rule of the section's name. */
export const overlayText = ({ name, body }: Section): SectionText =>
  below(body, ['[[overlay]]', `rule_id = ${JSON.stringify(name)}`]);

const below = (body: string, lines: readonly string[]): SectionText => ({
  text: [...lines, body, ''].join('\n'),
  added: lines.length,
});
