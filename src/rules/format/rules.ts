/** All rules of one file, whatever its format. */
import type { Result } from '../../base/result.ts';
import { parseKibanaExport } from './kibana-export.ts';
import type { Profile } from './profile.ts';
import type { RuleFile } from './rule-file.ts';
import { parseRuleFile } from './rule-file.ts';
import { RuleTexts } from './rule-texts.ts';

/** One result for each rule that the file holds or should hold; the ending of its name tells the format. */
export function parseRules(
  file: string,
  text: string,
  profile: Profile,
  texts = new RuleTexts(),
): readonly Result<RuleFile>[] {
  const isExport = /\.(nd)?json$/i.test(file);
  return isExport
    ? parseKibanaExport(file, text, profile, texts)
    : [parseRuleFile(file, text, profile, texts)];
}
