/** Everything that the engine remembers, as one JSON text, and back. Each rule's memory is kept only for that same rule. */
import type { LoadedRule } from '../rules/rule.ts';
import type { Clock, ClockSnapshot } from './clock/clock.ts';
import type { Ports } from './ports.ts';
import type { StageFolder } from './request-stages.ts';
import type { StreamLimits } from './stream-limits.ts';
import type { Suppressor } from './suppress/suppressor.ts';

/** Version of the snapshot: grows when what an older one means changes. */
const SNAPSHOT_SCHEMA = 2;

export interface Parts {
  readonly clock: Clock;
  readonly stages: StageFolder;
  readonly suppressors: ReadonlyMap<LoadedRule, Suppressor>;
  readonly limits: StreamLimits;
}

interface Snapshot {
  readonly schema: number;
  /** The rules in their order: id, and a hash of what they ask. */
  readonly rules: readonly (readonly [id: string, fingerprint: string])[];
  readonly clock: ClockSnapshot;
  readonly stages: unknown;
  readonly suppressed: Readonly<Record<string, unknown>>;
  /** Of rules that have told alerts in an interval that is not over. */
  readonly limited: Readonly<Record<string, unknown>>;
}

export function snapshotEngine(rules: readonly LoadedRule[], parts: Parts, ports: Ports): string {
  const suppressed = [...parts.suppressors].map(([rule, one]) => [idOf(rule), one.snapshot()] as const);
  const limited = rules.flatMap((rule) => {
    const one = parts.limits.snapshotOf(rule);
    return one.length === 0 ? [] : [[idOf(rule), one] as const];
  });
  const snapshot: Snapshot = {
    schema: SNAPSHOT_SCHEMA,
    rules: rules.map((rule) => [idOf(rule), fingerprint(rule, ports)]),
    clock: parts.clock.snapshot(),
    stages: parts.stages.snapshot(),
    suppressed: Object.fromEntries(suppressed),
    limited: Object.fromEntries(limited),
  };
  return JSON.stringify(snapshot);
}

/**
 * The rules that begin anew. All of them do after a snapshot of another schema, whose state would mean something else.
 * @throws {TypeError} for something that is no snapshot.
 */
export function restoreEngine(
  value: unknown,
  rules: readonly LoadedRule[],
  parts: Parts,
  ports: Ports,
): readonly LoadedRule[] {
  const snapshot = value as Snapshot;
  if (snapshot?.schema === undefined) throw new TypeError('This is no snapshot of an engine.');
  if (snapshot.schema !== SNAPSHOT_SCHEMA) return rules;
  const before = new Map(snapshot.rules.map(([id, hash], position) => [id, { hash, position }] as const));
  const known = rules.map((rule) => {
    const one = before.get(idOf(rule));
    return one?.hash === fingerprint(rule, ports) ? one.position : undefined;
  });
  parts.clock.restore(reordered(snapshot.clock, known), (position) => known[position] !== undefined);
  const same = new Map(rules.flatMap((rule, i) => (known[i] === undefined ? [] : [[idOf(rule), rule]])));
  parts.stages.restore(snapshot.stages, (id) => same.get(id));
  for (const [rule, suppressor] of parts.suppressors)
    if (same.has(idOf(rule))) suppressor.restore(snapshot.suppressed[idOf(rule)]);
  for (const [id, rule] of same) parts.limits.restoreOf(rule, snapshot.limited[id]);
  return rules.filter((_, position) => known[position] === undefined);
}

/** The clock's snapshot in the order that the rules have now. */
function reordered({ clock, rules }: ClockSnapshot, known: readonly (number | undefined)[]): ClockSnapshot {
  const now = new Map(
    known.flatMap((before, position) => (before === undefined ? [] : [[before, position]])),
  );
  return {
    clock: withPositions(clock, now),
    rules: known.map((before) => (before === undefined ? null : rules[before])),
  };
}

/** Matches that wait name their rule by its position; those of rules that are gone go too. */
function withPositions(clock: unknown, now: ReadonlyMap<number | undefined, number | undefined>): unknown {
  const { waiting, ...rest } = clock as { readonly waiting?: readonly { readonly position: number }[] };
  if (waiting === undefined) return rest;
  const moved = waiting.flatMap((one) => {
    const position = now.get(one.position);
    return position === undefined ? [] : { ...one, position };
  });
  return { ...rest, waiting: moved };
}

const idOf = ({ document }: LoadedRule): string => document.rule.rule_id;

const fingerprint = ({ document }: LoadedRule, { digest }: Ports): string =>
  digest(JSON.stringify(document.rule)).slice(0, 16);
