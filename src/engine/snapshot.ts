/** Everything that the engine remembers, as JSON in parts, and back. Each rule's memory is kept only for that same rule. */
import { printPredicate } from '../plan/print.ts';
import type { LoadedRule, RuleException } from '../rules/rule.ts';
import type { Clock } from './clock/clock.ts';
import type { Excepter } from './exception/excepter.ts';
import type { Memory } from './memory.ts';
import type { Owner } from './parts.ts';
import { memoriesIn, partTexts } from './parts.ts';
import type { Ports } from './ports.ts';
import type { StageFolder } from './request-stages.ts';
import type { StreamLimits } from './stream-limits.ts';
import { SharedEvents } from './shared-events.ts';
import type { Suppressor } from './suppress/suppressor.ts';

/** Version of the snapshot: grows when what an older one means changes. */
const SNAPSHOT_SCHEMA = 3;

export interface Remembering {
  readonly clock: Clock;
  readonly stages: StageFolder;
  readonly suppressors: ReadonlyMap<LoadedRule, Suppressor>;
  readonly limits: StreamLimits;
  readonly excepter: Excepter;
}

/** The first part. */
interface Head {
  readonly schema: number;
  /** The rules in their order: id, a hash of what they ask, and one of what keeps their events from becoming alerts. */
  readonly rules: readonly (readonly [id: string, fingerprint: string, exceptions: string])[];
}

export interface Restored {
  /** Rules that begin anew, because they have changed or were not there. */
  readonly anew: readonly LoadedRule[];
  /** Rules that go on with other exceptions: what they remember is as the earlier ones had it (docs/decisions/0413). */
  readonly otherExceptions: readonly LoadedRule[];
}

/** The memory of each part of the engine and of each rule. */
export function* memoriesOf(
  rules: readonly LoadedRule[],
  remembering: Remembering,
): Generator<readonly [Owner, Memory]> {
  yield [{ of: 'clock' }, remembering.clock.memory()];
  yield [{ of: 'stages' }, remembering.stages.memory()];
  yield [{ of: 'exceptions' }, remembering.excepter.memory()];
  for (const [place, rule] of rules.entries()) yield* memoriesOfRule(rule, place, remembering);
}

/** What the rule at this place remembers. */
export function* memoriesOfRule(
  rule: LoadedRule,
  place: number,
  { clock, suppressors, limits }: Remembering,
): Generator<readonly [Owner, Memory]> {
  const memory = clock.memoryOf(place);
  if (memory !== undefined) yield [{ of: 'rule', rule: idOf(rule) }, memory];
  const suppressor = suppressors.get(rule);
  if (suppressor !== undefined) yield [{ of: 'suppression', rule: idOf(rule) }, suppressor.memory()];
  yield [{ of: 'limits', rule: idOf(rule) }, limits.memoryOf(rule)];
}

/** Parts of about this length, in UTF-16 code units; they are made one by one as they are taken. */
export function* snapshotEngine(
  rules: readonly LoadedRule[],
  remembering: Remembering,
  ports: Ports,
  length: number,
): Generator<string> {
  const head: Head = {
    schema: SNAPSHOT_SCHEMA,
    rules: rules.map((rule) => [idOf(rule), fingerprint(rule, ports), exceptionsOf(rule, ports)]),
  };
  yield JSON.stringify(head);
  for (const [owner, memory] of memoriesOf(rules, remembering)) yield* partTexts(owner, memory, length);
}

/**
 * All rules begin anew after a snapshot of another schema, whose state would mean something else.
 * @throws {TypeError} for something that is no snapshot.
 */
export function restoreEngine(
  parts: Iterable<unknown>,
  rules: readonly LoadedRule[],
  remembering: Remembering,
  ports: Ports,
): Restored {
  const left = parts[Symbol.iterator]();
  const head = left.next().value as Head | undefined;
  if (head?.schema === undefined) throw new TypeError('This is no snapshot of an engine.');
  if (head.schema !== SNAPSHOT_SCHEMA) return { anew: rules, otherExceptions: [] };
  const known = new KnownRules(head, rules, ports);
  for (const [owner, memory] of memoriesIn(withSharedEvents(left)))
    restore(owner, memory, remembering, known);
  return {
    anew: rules.filter((rule) => !known.has(rule)),
    otherExceptions: rules.filter((rule) => known.has(rule) && known.hasOtherExceptions(rule)),
  };
}

function* withSharedEvents(parts: Iterator<unknown>): Generator {
  const events = new SharedEvents();
  for (let next = parts.next(); next.done !== true; next = parts.next()) yield events.in(next.value);
}

function restore(
  { of, rule: id = '' }: Owner,
  memory: Memory,
  { clock, stages, suppressors, limits, excepter }: Remembering,
  known: KnownRules,
): void {
  const rule = known.ruleOf(id);
  const place = known.placeOf(id);
  if (of === 'clock') clock.restore(memory, (before) => known.placeNow(before));
  else if (of === 'stages') stages.restore(memory, (one) => known.ruleOf(one));
  else if (of === 'exceptions') excepter.restoreMemory(memory);
  else if (rule === undefined || place === undefined) return;
  else if (of === 'suppression') suppressors.get(rule)?.restore(memory);
  else if (of === 'limits') limits.restoreOf(rule, memory);
  else clock.restoreOf(place, memory);
}

/** The rules that are the same now as they were then. */
class KnownRules {
  readonly #rules: readonly LoadedRule[];
  /** By id, their place now. */
  readonly #places: ReadonlyMap<string, number>;
  readonly #before: Head['rules'];
  readonly #exceptions: ReadonlyMap<string, string>;
  readonly #ports: Ports;

  constructor(head: Head, rules: readonly LoadedRule[], ports: Ports) {
    const then = new Map(head.rules.map(([id, asked]) => [id, asked]));
    this.#exceptions = new Map(head.rules.map(([id, , exceptions]) => [id, exceptions]));
    this.#ports = ports;
    this.#rules = rules;
    this.#before = head.rules;
    this.#places = new Map(
      rules.flatMap((rule, place) =>
        then.get(idOf(rule)) === fingerprint(rule, ports) ? [[idOf(rule), place]] : [],
      ),
    );
  }

  has(rule: LoadedRule): boolean {
    return this.placeOf(idOf(rule)) !== undefined;
  }

  hasOtherExceptions(rule: LoadedRule): boolean {
    return this.#exceptions.get(idOf(rule)) !== exceptionsOf(rule, this.#ports);
  }

  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** From the place that a rule had then. */
  placeNow(before: number): number | undefined {
    return this.#places.get(this.#before[before]?.[0] ?? '');
  }

  ruleOf(id: string): LoadedRule | undefined {
    return this.#rules[this.#places.get(id) ?? -1];
  }
}

const idOf = ({ document }: LoadedRule): string => document.rule.rule_id;

/** Which lists of exceptions it names says nothing about what it asks. */
function fingerprint({ document }: LoadedRule, { digest }: Ports): string {
  const { exceptions_list: _, ...asked } = document.rule;
  return digest(JSON.stringify(asked)).slice(0, 16);
}

/** The same for the same conditions in whatever order; the empty text when there are none. */
const exceptionsOf = ({ exceptions = [] }: LoadedRule, { digest }: Ports): string =>
  exceptions.length === 0
    ? ''
    : digest(
        exceptions
          .map((one) => conditionOf(one, digest))
          .sort()
          .join(),
      ).slice(0, 16);

/** Many rules share an exception, which may hold a long list of values, and a snapshot is taken every second. */
const conditions = new WeakMap<RuleException, string>();

function conditionOf(exception: RuleException, digest: Ports['digest']): string {
  const known = conditions.get(exception) ?? digest(printPredicate(exception.where));
  conditions.set(exception, known);
  return known;
}
