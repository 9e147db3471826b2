/** All rules of one file, whatever its format. */
import type { Result } from '../../base/result.ts';
import type { Profile } from './profile.ts';
import type { RuleFile } from './rule-file.ts';
import { parseRuleFile } from './rule-file.ts';

/** One result for each rule that the file holds or should hold. */
export function parseRules(file: string, text: string, profile: Profile): readonly Result<RuleFile>[] {
  return [parseRuleFile(file, text, profile)];
}
