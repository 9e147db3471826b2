/** What to try next, from what this run was like: the commands can be copied as they are. */
import type { AlertGroup, RunSummary } from '../../model/summary.ts';
import type { Origin } from '../../model/event.ts';
import { shellWord } from '../text/shell.ts';

export interface Step {
  readonly command: string;
  readonly why: string;
}

export interface Situation {
  readonly summary: RunSummary;
  /** The most severe group and where its first alert was found. */
  readonly top: { readonly group: AlertGroup; readonly origin: Origin | undefined } | undefined;
  readonly shippedRules: boolean;
}

/** At most four steps, the most useful first. */
export function nextSteps(situation: Situation): Step[] {
  const { summary } = situation;
  if (summary.input.events === 0) return emptySteps;
  return [...alertSteps(situation), ...refusedSteps(summary), ...ruleSteps(situation)].slice(0, 4);
}

const emptySteps: Step[] = [
  {
    command: 'winnow scan --show-refused --format audit …',
    why: 'why records are not taken for audit events',
  },
  { command: 'winnow demo', why: 'a sample log to compare with' },
];

const refusedSteps = ({ input }: RunSummary): Step[] =>
  input.refused.length === 0
    ? []
    : [{ command: 'winnow scan --show-refused …', why: 'every record that could not be used' }];

function alertSteps({ top, shippedRules }: Situation): Step[] {
  if (top === undefined) return [];
  const from = shippedRules ? '' : ' --rules …';
  const rule = shellWord(top.group.ruleId) + from;
  return [
    ...(top.origin?.line === undefined
      ? []
      : [
          {
            command: `winnow explain --rule ${rule} ${shellWord(`${top.origin.file}:${top.origin.line}`)}`,
            why: 'which clause of the rule held, and on what values',
          },
        ]),
    { command: `winnow rules show ${rule}`, why: 'the rule, its triage guide and known false positives' },
    { command: 'winnow scan -o html … > report.html', why: 'a page to hand on' },
  ];
}

function ruleSteps({ shippedRules, summary: { rules } }: Situation): Step[] {
  const not = rules.loaded - rules.runnable;
  return [
    ...(shippedRules
      ? [{ command: 'winnow scan --rules detection-rules/rules …', why: "your checkout of Elastic's rules" }]
      : []),
    ...(not > 0 ? [{ command: 'winnow rules list', why: 'which rules do not run, and why' }] : []),
  ];
}
