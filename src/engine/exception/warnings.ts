/** What exceptions do that their authors may not have meant, found before any event is read (engine A5.3, D.5). */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { diagnostic } from '../../base/diagnostic.ts';
import { interpret } from '../../exec/interpret/index.ts';
import { asUndecided } from '../../exec/undecided.ts';
import { fieldKey, fieldsOf } from '../../plan/fold.ts';
import type { Plan, Step } from '../../plan/plan.ts';
import type { Predicate } from '../../plan/predicate.ts';
import type { LoadedRule, RuleException } from '../../rules/rule.ts';
import { canOverlap } from './overlap.ts';

/** EXC201, EXC202 and EXC204, each once for an exception however many rules it is for. */
export function exceptionWarnings(rules: readonly LoadedRule[]): Diagnostic[] {
  const byException = new Map<RuleException, LoadedRule[]>();
  for (const rule of rules) {
    for (const exception of rule.exceptions ?? [])
      byException.set(exception, [...(byException.get(exception) ?? []), rule]);
  }
  return [...byException].flatMap(([exception, bound]) => [
    ...(fitsEmptyEvent(exception.where) ? [tooWide(exception)] : []),
    ...hiding(exception, bound),
  ]);
}

/** It asks for nothing that must be there. An event of the epoch is older than any expiry. */
function fitsEmptyEvent(where: Predicate): boolean {
  try {
    return interpret(where, { '@timestamp': new Date(0).toISOString() }, { now: 0 });
  } catch (error) {
    asUndecided(error);
    return false;
  }
}

const tooWide = ({ name, place }: RuleException): Diagnostic =>
  diagnostic('EXC204', `"${name}" fits even an event without any field`, place);

function hiding(exception: RuleException, rules: readonly LoadedRule[]): Diagnostic[] {
  const hidden = rules.map((rule) => ({ rule, steps: hiddenSteps(exception.where, rule.plan) }));
  const broken = hidden.flatMap(({ rule, steps }) => {
    const missing = steps.filter(({ negative }) => negative);
    return missing.length === 0 ? [] : [{ rule, steps: missing }];
  });
  const thinned = hidden.filter(({ steps }) => steps.length > 0 && steps.every(({ negative }) => !negative));
  const { name, place } = exception;
  return [
    ...affected(broken).map((text) =>
      diagnostic('EXC202', `"${name}" can hide ${text}, which makes it match`, place),
    ),
    ...affected(thinned).map((text) => diagnostic('EXC201', `"${name}" can hide ${text}`, place)),
  ];
}

interface HiddenStep {
  /** `step 2`, `the missing event (step 2)`, `the event after "until"`. */
  readonly what: string;
  /** That it does not happen is what the rule asks for. */
  readonly negative: boolean;
}

/** The steps of which an event can be excepted, but for exceptions that hide whole sequences. */
function hiddenSteps(where: Predicate, plan: Plan | undefined): HiddenStep[] {
  if (plan === undefined || plan.kind === 'filter' || plan.kind === 'pipeline') return [];
  const until = plan.kind === 'sequence' ? plan.until : undefined;
  if (isAboutKey(where, until === undefined ? plan.steps : [...plan.steps, until])) return [];
  const steps = plan.steps.flatMap((step, index) =>
    canOverlap(where, step.where) ? [named(step, index + 1)] : [],
  );
  const ending = until !== undefined && canOverlap(where, until.where);
  return ending ? [...steps, { what: 'the event after "until"', negative: true }] : steps;
}

const named = ({ absent }: Step, number: number): HiddenStep => ({
  what: absent ? `the missing event (step ${number})` : `step ${number}`,
  negative: absent,
});

/** All events of a sequence share these values, so that all of them are hidden or none. */
function isAboutKey(where: Predicate, steps: readonly Step[]): boolean {
  const read = fieldsOf(where).filter(({ name }) => name !== '@timestamp');
  return steps.every(({ key }) => {
    const joined = new Set(key.map(({ field }) => fieldKey(field)));
    return read.length > 0 && read.every((field) => joined.has(fieldKey(field)));
  });
}

/** At most one text: the first rule with its steps, and how many others there are. */
function affected(
  found: readonly { readonly rule: LoadedRule; readonly steps: readonly HiddenStep[] }[],
): string[] {
  const [first, ...others] = found;
  if (first === undefined) return [];
  const steps = first.steps.map(({ what }) => what).join(' and ');
  const more =
    others.length === 0 ? '' : ` (and of ${others.length} more ${others.length === 1 ? 'rule' : 'rules'})`;
  return [`${steps} of "${first.rule.document.rule.name}"${more}`];
}
