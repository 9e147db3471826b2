/** Defend for Containers: what ECS does not have (kubernetes §4.1). */
import type { FieldTable } from './table.ts';

export const cloudDefendFields: FieldTable = {
  types: {
    keyword: `
      cloud_defend.hook_point[] cloud_defend.matched_selectors[] cloud_defend.package_policy_id
      cloud_defend.trace_point[]`,
    long: 'cloud_defend.package_policy_revision',
  },
};
