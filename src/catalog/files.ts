/** What the catalogue needs from the file system; `app/catalog.ts` is Node's. */
import type { Result } from '../base/result.ts';

export interface CheckoutFiles {
  /**
   * Every file below a folder whose name fits `isWanted`, relative to it and with `/`, sorted by code unit. Hidden
   * folders are left out but for `.github`. Throws `RulePathError` when there is no such folder.
   */
  list(folder: string, isWanted: (name: string) => boolean): Promise<readonly string[]>;
  /** The text of a file; CAT001 when it cannot be read or is not UTF-8. */
  read(folder: string, file: string): Promise<Result<string>>;
  /** The commit that is checked out there, when the folder lies in a git checkout. */
  commit(folder: string): Promise<string | undefined>;
  /** The folders that it lies in and itself, from the root on: a part of a checkout is known by what is above it. */
  place(folder: string): readonly string[];
}
