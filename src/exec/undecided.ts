/**
 * An evaluation that would go over a limit ends without an answer. That is never the boolean false: under a negation
 * it would become a false alert. It is thrown, so that no caller can take it for an answer by mistake, and whoever runs
 * rules counts it by rule and limit.
 *
 * `and` and `or` still decide where an answer does not depend on the undecided part (false and anything is false), so
 * the outcome does not hang on the order in which an evaluator looks at its parts.
 */

/** Choices of one value for each field of one EQL leaf that are tried at most (eql §3.1 sets no limit). */
export const MAX_COMBINATIONS = 10_000;

export class Undecided extends Error {
  /** The name of the limit: for counting. */
  readonly limit: string;

  constructor(limit: string, message: string) {
    super(message);
    this.name = 'Undecided';
    this.limit = limit;
  }
}

/** @throws {Undecided} when one leaf would try more combinations than `MAX_COMBINATIONS`. */
export function limitCombinations(count: number): void {
  if (count <= MAX_COMBINATIONS) return;
  throw new Undecided(
    'field combinations',
    `One condition would try ${count} combinations of field values; the limit is ${MAX_COMBINATIONS}.`,
  );
}

/** Whether any item holds. @throws {Undecided} when none does and one could not be decided. */
export function anyHolds<T>(items: readonly T[], holds: (item: T) => boolean): boolean {
  let undecided: Undecided | undefined;
  for (const item of items) {
    try {
      if (holds(item)) return true;
    } catch (error) {
      undecided = asUndecided(error);
    }
  }
  if (undecided !== undefined) throw undecided;
  return false;
}

/** Whether every item holds. @throws {Undecided} when none fails and one could not be decided. */
export const everyHolds = <T>(items: readonly T[], holds: (item: T) => boolean): boolean =>
  !anyHolds(items, (item) => !holds(item));

/** The error, if it is an `Undecided`. @throws every other error. */
export function asUndecided(error: unknown): Undecided {
  if (error instanceof Undecided) return error;
  throw error;
}
