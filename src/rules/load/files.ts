/** What loading needs from the file system; `app/rule-files.ts` is Node's. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import type { Keep } from '../format/rule-texts.ts';

/** Before the path of a rule that comes with Winnow, wherever Winnow was put: `shipped:kubernetes/NAME.toml`, or all. */
export const SHIPPED = 'shipped:';

export interface RuleFiles {
  /**
   * The rule files that a path stands for: itself, or those at any depth of the folder, in a fixed order.
   * Throws `RulePathError` when there is no such path.
   */
  list(path: string): Promise<Listing>;
  /** The text of a file; RULE002 when it cannot be read or is not UTF-8. */
  read(file: string): Promise<Result<string>>;
  /** Where the texts of many rules are put away; they stay in memory as they are unless this is given. */
  keeper?(): Keep;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  /** Folders that could not be read (RULE002), links that were not followed (RULE005). */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ListedFile {
  /** As messages name it. */
  readonly file: string;
  /** The same for the same file however it was reached, so that none is loaded twice. */
  readonly identity: string;
  /** The user named this very file, so it is meant to be a rule. */
  readonly named: boolean;
}

/** A path of rules that does not exist: the caller's mistake, not a fault of a rule. */
export class RulePathError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
