import type { RuleFilter } from '../app/types.ts';
import type { Settings } from './options/table.ts';

/** Which rules of a set the options ask for. */
export const ruleFilter = (settings: Settings): RuleFilter => ({
  rules: settings.rule,
  tags: settings.tag,
  deprecated: settings.deprecated,
  buildingBlocks: settings.buildingBlocks,
  ...(settings.severity === undefined ? {} : { severity: settings.severity }),
});
