/** What tests need that hold the engine against a definition: small streams of events, and what one rule finds in them. */
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonObject } from '../../src/data/document.ts';
import type { EngineOptions } from '../../src/engine/engine.ts';
import { Engine } from '../../src/engine/engine.ts';
import { indexingMatcher } from '../../src/engine/matcher.ts';
import type { EventEnvelope } from '../../src/model/event.ts';
import type { LoadedRule } from '../../src/rules/rule.ts';
import { ports } from './engine.ts';

export const SECOND = 1000;
/** A full hour: a multiple of the interval of any rule of a test. */
export const START = Date.UTC(2026, 2, 2, 9);

/** All values of a field; none for a missing one. */
export type Values = readonly string[];

/** Mostly one of the values, sometimes several or none. */
export const manyOf = (...values: string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...values).map((value) => [value]) },
    { weight: 1, arbitrary: fc.subarray(values) },
  );

/** What a rule finds, as `says` writes an alert, sorted; the parts of sequences and samples are left out. */
export function found(
  rule: LoadedRule,
  events: readonly EventEnvelope[],
  options: Pick<EngineOptions, 'mode' | 'coldStart' | 'inputs'>,
  says: (document: JsonObject, lines: readonly number[]) => string,
): string[] {
  const engine = new Engine([rule], { ...options, matcher: indexingMatcher, ignoreIndex: false }, ports);
  const alerts = [...events.flatMap((event) => engine.take(event)), ...engine.end()];
  assert.deepEqual(engine.summary().state.evictions, []);
  return alerts
    .filter(({ group }) => group?.index === undefined)
    .map(({ document, sources }) =>
      says(
        document,
        sources.map(({ line }) => line ?? -1),
      ),
    )
    .sort();
}

/** Every way to take one element of each list, the last list changing fastest. */
export const tuples = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((before) => list.map((one) => [...before, one])), [[]]);
