/** A rule on its way into the set: compiled, not yet compared with the others. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { location } from '../../base/diagnostic.ts';
import type { Profile } from '../format/profile.ts';
import type { RuleFile } from '../format/rule-file.ts';
import { lint } from '../lint/index.ts';
import type { OverlaidRule } from '../overlay/apply.ts';
import type { Overlay } from '../overlay/model.ts';
import type { LoadedRule, RuleException, RuleOverlay, RuleStatus } from '../rule.ts';
import type { Toolkit } from './compile.ts';
import { narrow } from './compile.ts';
import { isDeprecated, offByDefault } from './off.ts';
import type { CompiledRule } from './strategies.ts';
import { strategies } from './strategies.ts';

export interface Candidate {
  readonly rule: RuleFile;
  readonly compiled: CompiledRule;
  readonly overlay?: Overlay;
  readonly exceptions?: readonly RuleException[];
  readonly status: RuleStatus;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles the rule by its type; an error anywhere keeps it from running, and so does an overlay that says so. */
export function candidate(
  { rule, clauses, overlay }: OverlaidRule,
  found: readonly Diagnostic[],
  toolkit: Toolkit,
): Candidate {
  const strategy = strategies[rule.document.rule.type];
  const own = strategy.compile(rule, toolkit);
  const compiled = own.plan === undefined ? own : { ...own, plan: narrow(own.plan, clauses) };
  const diagnostics = [...found, ...own.diagnostics];
  const status = statusOfError(diagnostics) ?? statusOfOverlay(overlay) ?? strategy.status(compiled);
  return { rule, compiled, ...(overlay === undefined ? {} : { overlay }), status, diagnostics };
}

/** The candidate, which does not run if it is deprecated; an error is the reason that comes first. */
export function withoutDeprecated(one: Candidate): Candidate {
  const broken = !one.status.runnable && one.status.reason === 'error';
  return broken || one.overlay?.enabled === true || !isDeprecated(one.rule)
    ? one
    : { ...one, status: offByDefault.deprecated };
}

function statusOfError(diagnostics: readonly Diagnostic[]): RuleStatus | undefined {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first === undefined) return undefined;
  return { runnable: false, reason: 'error', explanation: `${location(first)}: ${first.message}` };
}

function statusOfOverlay(overlay: Overlay | undefined): RuleStatus | undefined {
  if (overlay?.enabled !== false) return undefined;
  const { source, span } = overlay.cursor.place;
  const at = `${source.name}:${source.place(span.start).line}`;
  const because = overlay.reason === undefined ? '' : `: ${overlay.reason.replace(/\.$/, '')}`;
  return { runnable: false, reason: 'overlay', explanation: `Switched off by ${at}${because}.` };
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
export function loaded({
  rule,
  compiled,
  overlay,
  exceptions = [],
  status,
  diagnostics,
}: Candidate): LoadedRule {
  const { query, plan, threatPlan } = compiled;
  return {
    file: rule.file,
    document: rule.document,
    ...(query === undefined ? {} : { query }),
    ...(plan === undefined ? {} : { plan }),
    ...(threatPlan === undefined ? {} : { threatPlan }),
    ...(exceptions.length === 0 ? {} : { exceptions }),
    ...(overlay === undefined ? {} : { overlay: overlayOf(overlay) }),
    status,
    diagnostics,
  };
}

const overlayOf = ({ cursor, enabled }: Overlay): RuleOverlay => ({
  file: cursor.place.source.name,
  ...(enabled === undefined ? {} : { enabled }),
});
