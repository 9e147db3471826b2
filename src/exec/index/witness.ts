/**
 * What must be true of an event for a predicate to hold on it: the ground on which the index stands.
 *
 * **Why the index can only select too much.** A *witness* is a fact about an event that can be looked up. A *need* is a
 * list of witnesses of which at least one is true on every event that satisfies the predicate. `needsOf` gives needs
 * that follow from the interpreter's own definition, node by node:
 *
 * - `and`: a satisfied conjunction satisfies every member, so the needs of all members are needs of the whole.
 * - `or`: a satisfied disjunction satisfies some member and with it all of that member's needs, so any one need of each
 *   member, put together, is a need of the whole; a member without a need leaves the whole without one.
 * - `not` gives nothing. An absent value can satisfy it, and no witness stands for absence.
 * - `some` reads values at a path, so a value is there; a test for certain texts or numbers is only passed by a value
 *   whose text or number is one of them. Texts are looked up in lower case: whichever way of folding makes two texts
 *   equal, their lower-case forms are equal too.
 * - A pattern is only matched by a text that holds each of its literal pieces, an expression by one that holds what all
 *   its readings have in common, a list of words by one that holds a word. Of these pieces only stretches of ASCII are
 *   looked up: in lower case they stand in the value as they are, whatever stands beside them.
 * - A pattern of names that begins with whole names is only matched by leaves below those.
 * - `nested` evaluates its condition on objects of the document, and every value inside one of them is a value of the
 *   document at the same absolute path, so the condition's needs carry over.
 * - `compute` is true only for a non-null value of its expression; a field that would make that null by being missing
 *   must have a value.
 *
 * Everything else gives nothing, which is always allowed. An evaluation that cannot be decided loses nothing either: a
 * need that is not met makes a member of a conjunction false, and that decides the conjunction.
 */
import type { Order } from '../../data/fold.ts';
import { numberKey } from '../../data/order.ts';
import { literalOf, MANY } from '../../data/pattern.ts';
import { numberOf } from '../../data/scalar.ts';
import { functionOf } from '../../func/index.ts';
import type { Expression } from '../../plan/expression.ts';
import { byKind, fieldKey } from '../../plan/fold.ts';
import type { FieldRef, Predicate } from '../../plan/predicate.ts';
import type { NumberText, Test } from '../../plan/test.ts';
import type { Needle, Place } from './automaton.ts';
import { partsOfPattern, partsOfText } from './parts.ts';
import { textsOfRegexp } from './regexp-parts.ts';

export type Witness =
  /** The text of some value of the field, in lower case, is exactly this. */
  | { readonly kind: 'text'; readonly field: FieldRef; readonly text: string }
  /** The text of some value of the field, in lower case, holds this, which is in ASCII. */
  | { readonly kind: 'part'; readonly field: FieldRef; readonly text: string; readonly at: Place }
  /** Some value of the field is this number, as `numberKey` writes it. */
  | { readonly kind: 'number'; readonly field: FieldRef; readonly number: string }
  /** Some value of the field is an address in this block. */
  | { readonly kind: 'block'; readonly field: FieldRef; readonly block: string }
  /** Some value of the field, read as a number even if it is text, stands in this order to another. */
  | { readonly kind: 'order'; readonly field: FieldRef; readonly order: Order; readonly than: NumberText }
  /** The path, or anything below it, has a value. */
  | { readonly kind: 'present'; readonly path: string };

/** What one value can be asked. */
export type ValueWitness = Exclude<Witness, { kind: 'present' }>;

/** What a text can be asked. */
export type TextWitness = Extract<Witness, { kind: 'text' | 'part' }>;

/** At least one of them is true on every event that satisfies the predicate; with none, no event does. */
export type Need = readonly Witness[];

/** How likely an event is to show a witness, from 0 to 1. */
export type Estimate = (witness: Witness) => number;

/** The chance that some witness of a need is true, at most 1. */
export const likelihood = (need: Need, estimate: Estimate): number =>
  Math.min(
    1,
    need.reduce((sum, witness) => sum + estimate(witness), 0),
  );

/** Needs of a predicate, all of which are met by every event that satisfies it. `estimate` only chooses among them. */
export const needsOf: (predicate: Predicate, estimate: Estimate) => readonly Need[] = byKind<
  Predicate,
  readonly Need[],
  [Estimate]
>({
  and: (p, go, estimate) => p.args.flatMap((arg) => go(arg, estimate)),
  or: (p, go, estimate) =>
    eitherOf(
      p.args.map((arg) => go(arg, estimate)),
      estimate,
    ),
  not: () => [],
  some: (p, _, estimate) =>
    isPlain(p.field) ? [needOfTest(p.test, p.field, estimate)] : presentAtBeginning(p.field),
  exists: (p) => (isPlain(p.field) ? [present(p.field)] : presentAtBeginning(p.field)),
  nested: (p, go, estimate) => go(p.arg, estimate),
  compute: (p, _, estimate) => needsOfTruth(p.expression, estimate),
});

/** Patterns of names would have every leaf path of every event compared with them: the rule itself does that. */
const isPlain = (field: FieldRef): field is PlainField => typeof field.path === 'string';

type PlainField = FieldRef & { readonly path: string };

const present = ({ path }: PlainField): Need => [{ kind: 'present', path }];

function presentAtBeginning(field: FieldRef): Need[] {
  const path = placeOf(field);
  return path === undefined ? [] : [[{ kind: 'present', path }]];
}

/** The path at or below which all values of a field lie: where its witnesses are. A pattern may begin with one. */
export function placeOf({ path }: FieldRef): string | undefined {
  if (typeof path === 'string') return path;
  const [first] = path;
  const end = typeof first === 'string' ? first.lastIndexOf('.') : -1;
  return end < 1 ? undefined : String(first).slice(0, end);
}

/** Needs of a whole of which one member holds: the rarest needs of all members together, then their next ones. */
function eitherOf(members: readonly (readonly Need[])[], estimate: Estimate): readonly Need[] {
  if (members.some((needs) => needs.length === 0)) return [];
  const ranked = members.map((needs) => rarestFirst(needs, estimate));
  const rounds = Math.min(NEEDS_OF_A_CHOICE, Math.max(1, ...ranked.map((needs) => needs.length)));
  return Array.from({ length: rounds }, (_, round) =>
    distinct(ranked.flatMap((needs) => needs[Math.min(round, needs.length - 1)] ?? [])),
  );
}

/** Of a choice with many members, each further need holds many witnesses. */
const NEEDS_OF_A_CHOICE = 3;

function distinct(need: Need): Need {
  return need.length === 1 ? need : [...new Map(need.map((witness) => [keyOf(witness), witness])).values()];
}

/** Different for different witnesses, whatever paths and texts hold. */
function keyOf(witness: Witness): string {
  if (witness.kind === 'present') return `present ${witness.path}`;
  const field = fieldKey(witness.field);
  const asked = `${witness.kind} ${field.length} ${field}`;
  switch (witness.kind) {
    case 'text':
      return `${asked} ${witness.text}`;
    case 'part':
      return `${asked} ${witness.at} ${witness.text}`;
    case 'number':
      return `${asked} ${witness.number}`;
    case 'block':
      return `${asked} ${witness.block}`;
    case 'order':
      return `${asked} ${witness.order} ${witness.than}`;
  }
}

const rarestFirst = (needs: readonly Need[], estimate: Estimate): Need[] =>
  needs
    .map((need) => ({ need, share: likelihood(need, estimate) }))
    .sort((a, b) => a.share - b.share)
    .map(({ need }) => need);

function rarest(needs: readonly Need[], estimate: Estimate): Need | undefined {
  let best: Need | undefined;
  for (const need of needs) {
    if (best === undefined || likelihood(need, estimate) < likelihood(best, estimate)) best = need;
  }
  return best;
}

/**
 * What the values of which a test can be true hold, as witnesses of each; undefined when it may be true of any value, or of
 * numbers, addresses and the like.
 */
export function textsOfTest(
  test: Test,
  field: FieldRef,
  estimate: Estimate,
): readonly TextWitness[] | undefined {
  const need = isPlain(field) ? needOfTest(test, field, estimate) : undefined;
  return need?.every(isOfText) === true ? need : undefined;
}

const isOfText = (witness: Witness): witness is TextWitness =>
  witness.kind === 'text' || witness.kind === 'part';

const anyValue = (_: Test, __: unknown, field: PlainField): Need => present(field);

const needOfTest = byKind<Test, Need, [PlainField, Estimate]>({
  present: anyValue,
  text: (t, _, field) => t.oneOf.map((text) => textWitness(field, text)),
  pattern: (t, _, field, estimate) =>
    oneOfMany(t.oneOf, field, (pattern) => {
      const literal = literalOf(pattern);
      if (literal !== undefined) return textWitness(field, literal);
      return rarestPart(partsOfPattern(pattern, t.fold), field, estimate);
    }),
  regexp: (t, _, field, estimate) => {
    const texts = t.oneOf.map((expression) => textsOfRegexp(expression, t.fold));
    if (!texts.every((list) => list !== undefined)) return present(field);
    return oneOfMany(texts.flat(), field, (text) => rarestPart(partsOfText(text), field, estimate));
  },
  textOrder: anyValue,
  number: (t, _, field) =>
    t.oneOf.flatMap((text) => {
      const number = numberOf(text);
      return number === undefined ? [] : [{ kind: 'number', field, number: numberKey(number) }];
    }),
  numberOrder: (t, _, field) => [{ kind: 'order', field, order: t.order, than: t.than }],
  // `booleanOf` reads nothing else as true or false.
  boolean: (t, _, field) => (t.is ? ['true'] : ['false', '']).map((text) => textWitness(field, text)),
  ip: (t, _, field) => t.blocks.map((block) => ({ kind: 'block', field, block })),
  ipOrder: anyValue,
  dateOrder: anyValue,
  tokens: (t, _, field, estimate) => {
    const words = t.tokens.map((token) => rarestPart(partsOfText(token), field, estimate));
    if (t.mode === 'any') return oneOfMany(words, field, (word) => word);
    const known = words.filter((word) => word !== undefined).map((word) => [word]);
    return t.tokens.length === 0 ? [] : (rarest(known, estimate) ?? present(field));
  },
  tokenPattern: (t, _, field, estimate) =>
    oneOfMany(t.oneOf, field, (pattern) =>
      rarestPart(partsOfPattern([MANY, ...pattern, MANY], 'exact'), field, estimate),
    ),
  anyOf: (t, go, field, estimate) => t.tests.flatMap((test) => go(test, field, estimate)),
  allOf: (t, go, field, estimate) =>
    rarest(
      t.tests.map((test) => go(test, field, estimate)),
      estimate,
    ) ?? present(field),
});

const textWitness = (field: FieldRef, text: string): Witness => ({
  kind: 'text',
  field,
  text: text.toLowerCase(),
});

/** A witness of each item, or that there is any value when some item has none. */
function oneOfMany<T>(
  items: readonly T[],
  field: PlainField,
  witnessOf: (item: T) => Witness | undefined,
): Need {
  const witnesses = items.map(witnessOf);
  return witnesses.every((witness) => witness !== undefined) ? witnesses : present(field);
}

function rarestPart(parts: readonly Needle[], field: FieldRef, estimate: Estimate): Witness | undefined {
  const needs = parts.map((part): Need => [{ kind: 'part', field, ...part }]);
  return rarest(needs, estimate)?.[0];
}

/** Needs of an expression that is true. */
function needsOfTruth(expression: Expression, estimate: Estimate): readonly Need[] {
  if (expression.kind === 'passes' && expression.arg.kind === 'field' && isPlain(expression.arg.field))
    return [needOfTest(expression.test, expression.arg.field, estimate)];
  if (expression.kind === 'logic' && expression.op === 'and')
    return expression.args.flatMap((arg) => needsOfTruth(arg, estimate));
  if (expression.kind === 'logic' && expression.op === 'or')
    return eitherOf(
      expression.args.map((arg) => needsOfTruth(arg, estimate)),
      estimate,
    );
  const fields = new Map(fieldsThatMustBe(expression).map((field) => [fieldKey(field), field]));
  return [...fields.values()].filter(isPlain).map(present);
}

/** Fields without which the expression is null. */
const fieldsThatMustBe = byKind<Expression, readonly FieldRef[]>({
  literal: () => [],
  field: (e) => [e.field],
  call: (e, go) => (functionOf(e.name).onNull === 'null' ? e.args.flatMap((arg) => go(arg)) : []),
  comparison: (e, go) => [...go(e.left), ...go(e.right)],
  passes: (e, go) => go(e.arg),
  isNull: () => [],
  // A member that is false decides `and` whatever the others are, and a true one `or`.
  logic: (e, go) => (e.op === 'not' ? e.args.flatMap((arg) => go(arg)) : []),
});
