import type { Finding, Lint } from './lint.ts';
import { intervalOf, lookBackOf } from './schedule.ts';
import type { RuleFile } from '../format/rule-file.ts';

const HOUR = 3_600_000;
const LOOK_BACK = 119 * 60_000;

/** Key, folder, tag and schedule of a building block agree (engine A15). */
export const buildingBlock: Lint = {
  code: 'RULE043',
  profile: 'elastic',
  *check({ rule }) {
    const { building_block_type: kind, tags = [] } = rule.document.rule;
    const inFolder = /(^|[/\\])rules_building_block[/\\]/.test(rule.file);
    if (kind === undefined) {
      if (inFolder)
        yield { message: 'a rule in rules_building_block has no "building_block_type"', path: ['rule'] };
      return;
    }
    const path = ['rule', 'building_block_type'];
    if (!inFolder) yield { message: 'a building block lies outside rules_building_block', path };
    if (!tags.includes('Rule Type: BBR')) {
      yield { message: 'a building block has no tag "Rule Type: BBR"', path: ['rule', 'tags'] };
    }
    if (rule.document.metadata.bypass_bbr_timing !== true) yield* timing(rule);
  },
};

function* timing(rule: RuleFile): Generator<Finding> {
  if ((lookBackOf(rule) ?? Infinity) < LOOK_BACK) {
    yield { message: 'a building block looks back less than 119 minutes', path: ['rule', 'from'] };
  }
  if ((intervalOf(rule) ?? Infinity) < HOUR) {
    yield { message: 'a building block runs more often than hourly', path: ['rule', 'interval'] };
  }
}
