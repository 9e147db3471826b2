/** How much is remembered at a moment: of each kind, and by the rules that need most. */
import type { MemoryUse } from '../../model/state.ts';
import type { StateSummary } from '../../model/summary.ts';
import type { Memory } from '../memory.ts';
import type { Owner } from '../parts.ts';
import type { KnownSizes } from './bytes.ts';
import { ByteCounter } from './bytes.ts';
import { byText } from './distinct.ts';

/** Rules that are named. */
const NAMED = 5;

export type Remembered = Pick<StateSummary, 'remembered' | 'largest'>;

/** An event that several rules hold counts once in all, and once for each of the rules. */
export function rememberedOf(
  memories: Iterable<readonly [Owner, Memory]>,
  nameOf: (ruleId: string) => string,
): Remembered {
  const sizes: KnownSizes = new WeakMap();
  const all = new ByteCounter(sizes);
  const [kinds, rules] = [new Map<string, MemoryUse>(), new Map<string, number>()];
  for (const [{ rule }, memory] of memories) {
    for (const use of all.of(memory)) kinds.set(use.kind, sumOf(kinds.get(use.kind), use));
    if (rule !== undefined)
      rules.set(rule, (rules.get(rule) ?? 0) + bytesOf(new ByteCounter(sizes).of(memory)));
  }
  return {
    remembered: [...kinds.values()]
      .map(({ kind: what, entries: count, bytes }) => ({ what, count, bytes }))
      .sort((a, b) => b.bytes - a.bytes || byText(a.what, b.what)),
    largest: [...rules]
      .filter(([, bytes]) => bytes > 0)
      .map(([id, bytes]) => ({ rule: nameOf(id), bytes }))
      .sort((a, b) => b.bytes - a.bytes || byText(a.rule, b.rule))
      .slice(0, NAMED),
  };
}

const bytesOf = (uses: readonly MemoryUse[]): number => uses.reduce((sum, { bytes }) => sum + bytes, 0);

const sumOf = (before: MemoryUse | undefined, { kind, entries, bytes }: MemoryUse): MemoryUse => ({
  kind,
  entries: (before?.entries ?? 0) + entries,
  bytes: (before?.bytes ?? 0) + bytes,
});
