/** Mistakes that end a command before it has done anything. */
import type { Diagnostic } from '../base/diagnostic.ts';

/** A wrong command line: exit code 3. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Wrong settings: exit code 3, every one of them with its place. */
export class SettingsError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('; '));
    this.diagnostics = diagnostics;
  }
}

/** What layers below throw for a path or a rule that does not exist: exit code 2. */
export function diagnosticOf(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error) || !('diagnostic' in error)) return undefined;
  return error.diagnostic as Diagnostic;
}
