/** A rule of a timeline as a rule file: what every rule has and no timeline needs to say is added. */
import type { TimelineRule } from './model.ts';

const DEFAULTS: readonly (readonly [key: string, value: string])[] = [
  ['description', '"A rule of a timeline."'],
  ['author', '["timeline"]'],
  ['risk_score', '47'],
  ['severity', '"medium"'],
  ['type', '"query"'],
];

/** TOML of the whole file; the rule's id is its name. */
export function timelineRuleText({ id, toml }: TimelineRule): string {
  const says = (key: string): boolean => new RegExp(`^${key}\\s*=`, 'm').test(toml);
  const added = DEFAULTS.filter(([key]) => !says(key)).map(([key, value]) => `${key} = ${value}`);
  const language = /^type\s*=\s*["']eql["']/m.test(toml) ? 'eql' : 'kuery';
  const learns = /^type\s*=\s*["']machine_learning["']/m.test(toml);
  return [
    '[rule]',
    `rule_id = ${JSON.stringify(id)}`,
    `name = ${JSON.stringify(id)}`,
    ...added,
    ...(learns || says('language') ? [] : [`language = "${language}"`]),
    toml,
    '',
  ].join('\n');
}
