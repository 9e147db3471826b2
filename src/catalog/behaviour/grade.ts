/**
 * How hard it is to forge an event that a profile explains. The conclusion "this is benign" is worth as much as the
 * weakest field that it rests on, so every field of the query counts, also those in negations: a condition that anybody
 * can fulfil by choosing a text is no evidence, whatever stands beside it.
 */
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { Expression } from '../../plan/expression.ts';
import { byKind, occurrencesOf } from '../../plan/fold.ts';
import type { Test } from '../../plan/test.ts';
import type { Evidence, Grade } from './model.ts';
import { grades } from './model.ts';
import { trustOf } from './trust.ts';

/** How tightly a leaf ties the field: to whole values, to a beginning, or to anything that has a part. */
type Hold = 'whole' | 'beginning' | 'part';
interface Leaf {
  readonly field: FieldRef;
  readonly hold: Hold;
}

/** The fields of a profile with their grades, the weakest first; `unknown` names those that nobody graded. */
export function evidenceOf(where: Predicate): { readonly evidence: Evidence[]; readonly unknown: string[] } {
  const byField = Map.groupBy(leavesOf(where), ({ field }) => field.name);
  const graded = [...byField].map(([field, leaves]) => ({ field, ...gradeLeaves(field, leaves) }));
  const evidence = graded.filter((one): one is Evidence => one.grade !== undefined);
  return {
    evidence: evidence.toSorted((a, b) => weakness(b.grade) - weakness(a.grade)),
    unknown: graded.filter(({ grade }) => grade === undefined).map(({ field }) => field),
  };
}

/** The weakest grade; `D` for a profile that rests on nothing. */
export const weakest = (evidence: readonly Pick<Evidence, 'grade'>[]): Grade =>
  evidence.map(({ grade }) => grade).toSorted((a, b) => weakness(b) - weakness(a))[0] ?? 'D';

const weakness = (grade: Grade): number => grades.indexOf(grade);

function gradeLeaves(field: string, leaves: readonly Leaf[]): Partial<Omit<Evidence, 'field'>> {
  const trust = trustOf(field);
  if (trust === undefined) return {};
  const holds = leaves.map(({ hold }) => hold);
  if (holds.includes('part') && trust.grade !== 'D')
    return { grade: 'D', reason: `${trust.reason}, but only a part of the text is asked for` };
  if (holds.includes('beginning') && trust.grade === 'A')
    return { grade: 'B', reason: `${trust.reason}, but only the beginning of the text is asked for` };
  return trust;
}

const computed = (expression: Expression): Leaf[] =>
  occurrencesOf(expression).map((field) => ({ field, hold: 'part' }));

const leavesOf = byKind<Predicate, readonly Leaf[]>({
  and: (p, go) => p.args.flatMap((arg) => go(arg)),
  or: (p, go) => p.args.flatMap((arg) => go(arg)),
  not: (p, go) => go(p.arg),
  some: (p) => [{ field: p.field, hold: holdOf(p.test) }],
  exists: (p) => [{ field: p.field, hold: 'whole' }],
  nested: (p, go) => go(p.arg),
  compute: (p) => computed(p.expression),
});

const loosest = (holds: readonly Hold[]): Hold =>
  holds.includes('part') ? 'part' : holds.includes('beginning') ? 'beginning' : 'whole';

const whole = (): Hold => 'whole';
const part = (): Hold => 'part';

const holdOf = byKind<Test, Hold>({
  present: whole,
  text: whole,
  pattern: ({ oneOf }) =>
    loosest(oneOf.map(([first]) => (typeof first === 'string' && first !== '' ? 'beginning' : 'part'))),
  regexp: part,
  textOrder: part,
  number: whole,
  numberOrder: whole,
  boolean: whole,
  ip: whole,
  ipOrder: whole,
  dateOrder: whole,
  tokens: part,
  tokenPattern: part,
  anyOf: ({ tests }, go) => loosest(tests.map((test) => go(test))),
  allOf: ({ tests }, go) => loosest(tests.map((test) => go(test))),
});
