/** Which clauses of an explanation matter for its verdict: what a person reads first, before asking for all. */
import type { Explanation, Verdict } from './explain.ts';

/** A clause with those of its members that are to be shown. */
export interface Shown {
  readonly explanation: Explanation;
  readonly members: readonly Shown[];
  /** Says what was left out below the clause. */
  readonly rest?: string;
}

/** Of the members of an `or` that failed: a list of a thousand names tells nobody anything. */
const MOST_FAILED_MEMBERS = 8;

/** Every clause there is. */
export const everything = (explanation: Explanation): Shown => ({
  explanation,
  members: membersOf(explanation).map(everything),
});

/**
 * Without what made no difference: alternatives that failed beside one that held, the members of an exclusion that did
 * not apply, and what held inside an alternative that failed.
 */
export const focus = (explanation: Explanation): Shown => show(explanation, true, false);

/** `needed`: the match needs the clause to hold, and not to fail. `alternative`: others may stand in for it. */
function show(explanation: Explanation, needed: boolean, alternative: boolean): Shown {
  const { kind } = explanation;
  const { kept, rest } = choose(explanation, needed, alternative);
  const members = kept.map((member) => show(member, kind === 'not' ? !needed : needed, kind === 'or'));
  return { explanation, members, ...(rest === undefined ? {} : { rest }) };
}

interface Choice {
  readonly kept: readonly Explanation[];
  readonly rest?: string;
}

function choose(explanation: Explanation, needed: boolean, alternative: boolean): Choice {
  const { kind, verdict } = explanation;
  const members = membersOf(explanation);
  if (kind === 'and' && verdict === 'failed' && (alternative || !needed))
    return without('held', members, (n) => `${n} more ${n === 1 ? 'clause' : 'clauses'} held`);
  if (kind !== 'or') return { kept: members };
  if (verdict !== 'failed')
    return without(
      'failed',
      members,
      (n) => `${n} more ${n === 1 ? 'alternative' : 'alternatives'} did not hold`,
    );
  if (!needed) return { kept: [], rest: `none of ${members.length} alternatives held` };
  const more = members.length - MOST_FAILED_MEMBERS;
  return more <= 0
    ? { kept: members }
    : { kept: members.slice(0, MOST_FAILED_MEMBERS), rest: `${more} more that failed too` };
}

function without(verdict: Verdict, members: readonly Explanation[], say: (count: number) => string): Choice {
  const kept = members.filter((member) => member.verdict !== verdict);
  const dropped = members.length - kept.length;
  return dropped === 0 ? { kept } : { kept, rest: say(dropped) };
}

/** The members of an `and` within an `and`, and of an `or` within an `or`, stand beside the others. */
const membersOf = ({ kind, children }: Explanation): readonly Explanation[] =>
  kind !== 'and' && kind !== 'or'
    ? children
    : children.flatMap((child) => (child.kind === kind ? membersOf(child) : [child]));
