/** What loading rules had to complain about, said the same way by every command that loads rules. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { RuleSet } from '../rules/rule.ts';
import { plural } from './text/format.ts';
import type { Voice } from './voice.ts';

export interface RuleProblems {
  readonly errors: readonly Diagnostic[];
  /** About files and rules. */
  readonly warnings: readonly Diagnostic[];
  /** About what was asked for: paths and words that fit nothing. */
  readonly remarks: readonly Diagnostic[];
}

export function ruleProblems({ rules, refused, diagnostics }: RuleSet): RuleProblems {
  const found = [...refused, ...rules].flatMap((one) => one.diagnostics);
  const isError = ({ severity }: Diagnostic) => severity === 'error';
  return {
    errors: [...found, ...diagnostics].filter(isError),
    warnings: found.filter((d) => !isError(d)),
    remarks: diagnostics.filter((d) => !isError(d)),
  };
}

const SHOWN = 10;

/** Errors in full, as many as a person reads; warnings as a number, unless `all` are asked for. */
export function sayRuleProblems(rules: RuleSet, voice: Voice, all = false): void {
  const { errors, warnings, remarks } = ruleProblems(rules);
  voice.diagnostics(errors, all ? Infinity : SHOWN, 'winnow rules list --warnings prints them all');
  voice.diagnostics(remarks, Infinity, '');
  if (all) voice.diagnostics(warnings, Infinity, '');
  else if (warnings.length > 0)
    voice.note(
      `${plural(warnings.length, 'warning')} about the rules: winnow rules list --warnings prints them`,
    );
}
