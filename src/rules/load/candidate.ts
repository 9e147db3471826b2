/** A rule on its way into the set: compiled, not yet compared with the others. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { location } from '../../base/diagnostic.ts';
import type { Profile } from '../format/profile.ts';
import type { RuleFile } from '../format/rule-file.ts';
import { lint } from '../lint/index.ts';
import type { LoadedRule, RuleStatus } from '../rule.ts';
import type { Toolkit } from './compile.ts';
import { isDeprecated, offByDefault } from './off.ts';
import type { CompiledRule } from './strategies.ts';
import { strategies } from './strategies.ts';

export interface Candidate {
  readonly rule: RuleFile;
  readonly compiled: CompiledRule;
  readonly status: RuleStatus;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles the rule by its type; an error anywhere keeps it from running. */
export function candidate(rule: RuleFile, found: readonly Diagnostic[], toolkit: Toolkit): Candidate {
  const strategy = strategies[rule.document.rule.type];
  const compiled = strategy.compile(rule, toolkit);
  const diagnostics = [...found, ...compiled.diagnostics];
  return { rule, compiled, status: statusOfError(diagnostics) ?? strategy.status(compiled), diagnostics };
}

/** The candidate, which does not run if it is deprecated; an error is the reason that comes first. */
export function withoutDeprecated(one: Candidate): Candidate {
  const broken = !one.status.runnable && one.status.reason === 'error';
  return broken || !isDeprecated(one.rule) ? one : { ...one, status: offByDefault.deprecated };
}

function statusOfError(diagnostics: readonly Diagnostic[]): RuleStatus | undefined {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first === undefined) return undefined;
  return { runnable: false, reason: 'error', explanation: `${location(first)}: ${first.message}` };
}

/** The candidates with what the lints say about them. */
export function linted(candidates: readonly Candidate[], profile: Profile): Candidate[] {
  const subjects = candidates.map(({ rule, compiled }) => ({ rule, plan: compiled.plan }));
  const found = lint(subjects, profile);
  return candidates.map((one, index) => ({
    ...one,
    diagnostics: [...one.diagnostics, ...(found[index] ?? [])],
  }));
}

/** What the other layers see of it. */
export function loaded({ rule, compiled, status, diagnostics }: Candidate): LoadedRule {
  const { query, plan, threatPlan } = compiled;
  return {
    file: rule.file,
    document: rule.document,
    ...(query === undefined ? {} : { query }),
    ...(plan === undefined ? {} : { plan }),
    ...(threatPlan === undefined ? {} : { threatPlan }),
    status,
    diagnostics,
  };
}
