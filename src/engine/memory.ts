/**
 * What something remembers, as plain JSON: a few values, and lists of any length. An entry of a list is small, so a long
 * list can be written in parts; what the lists are called is what the memory is counted by.
 */
import type { KindOfMemory } from '../model/state.ts';

export interface Memory {
  readonly values?: unknown;
  readonly lists: Lists;
}

export type Lists = Readonly<Partial<Record<KindOfMemory, readonly unknown[]>>>;

/** The entries of a list; none when it is not there. Its owner knows what they are. */
export const listOf = ({ lists }: Memory, kind: KindOfMemory): readonly unknown[] => lists[kind] ?? [];

/** Rules are written down by their id, and come back with what else they are. */
export const withoutRule = <T extends { readonly rule: unknown }>({ rule: _, ...rest }: T): Omit<T, 'rule'> =>
  rest;
