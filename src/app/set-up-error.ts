import type { Diagnostic } from '../base/diagnostic.ts';

/** What was given beside rules and events cannot be used: nothing was read yet. */
export class SetUpError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(given: Diagnostic) {
    super(given.message);
    this.diagnostic = given;
  }
}
