/** What one lint is: a check of a rule, or of all rules together, that says what could be better. */
import type { MessageCode } from '../../base/messages/index.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Path } from '../format/positions.ts';
import type { Profile } from '../format/profile.ts';
import type { RuleFile } from '../format/rule-file.ts';

export interface Subject {
  readonly rule: RuleFile;
  /** Of rules whose query compiles. */
  readonly plan?: Plan | undefined;
}

export interface Finding {
  /** One sentence without a full stop. */
  readonly message: string;
  /** What it is about; the file as a whole when absent. */
  readonly path?: Path;
  readonly hint?: string;
}

export interface Lint {
  readonly code: MessageCode;
  /** The least strict profile that asks for it. */
  readonly profile: Profile;
  check?(subject: Subject): Iterable<Finding>;
  /** Findings that need all rules; each belongs to one of them. */
  finish?(subjects: readonly Subject[]): Iterable<Finding & { readonly subject: Subject }>;
}
