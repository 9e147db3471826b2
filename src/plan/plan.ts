/**
 * What a rule's query asks of the stream of events. `filter` decides each event by itself; the others hold the
 * conditions of their steps as predicates, and the engine gives them windows and memory (eql §6). A pipeline makes rows
 * out of events (esql §2.4).
 */
import type { Pipeline } from './pipeline.ts';
import type { FieldRef, Predicate } from './predicate.ts';

export interface Filter {
  readonly kind: 'filter';
  readonly where: Predicate;
  readonly pipes: readonly Pipe[];
}

export interface Pipe {
  readonly kind: 'head' | 'tail';
  readonly count: number;
}

export interface KeyPart {
  readonly field: FieldRef;
  /** `?field`: a missing value is the key part null, which equals only null (eql §6.1). */
  readonly optional: boolean;
}

export interface Step {
  readonly where: Predicate;
  readonly key: readonly KeyPart[];
  /** `![ … ]`: no such event may occur (eql §6.3). */
  readonly absent: boolean;
  /** Where `[ … ]` stands in the query. */
  readonly span: { readonly start: number; readonly end: number };
}

export interface Sequence {
  readonly kind: 'sequence';
  /** `with runs=N` is already written out as N steps (eql §6.2). */
  readonly steps: readonly Step[];
  readonly until?: Step;
  /** Milliseconds, inclusive. */
  readonly maxspan?: number;
  readonly pipes: readonly Pipe[];
}

export interface Sample {
  readonly kind: 'sample';
  readonly steps: readonly Step[];
  readonly pipes: readonly Pipe[];
}

/** Plans that match events by predicates. */
export type EventPlan = Filter | Sequence | Sample;

export type Plan = EventPlan | Pipeline;
