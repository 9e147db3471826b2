import type { Diagnostic } from './diagnostic.ts';

/** Either a value, perhaps with warnings, or at least one error saying why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const success = <T>(value: T, diagnostics: readonly Diagnostic[] = []): Result<T> => ({
  ok: true,
  value,
  diagnostics,
});

export const failure = (...diagnostics: readonly Diagnostic[]): Result<never> => ({ ok: false, diagnostics });
