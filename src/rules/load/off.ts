/** Rules that are off unless asked for. */
import type { RuleDocument } from '../format/schema.ts';
import type { RuleStatus } from '../rule.ts';

type Described = { readonly file: string; readonly document: RuleDocument };

/** By its maturity, or by lying in a `_deprecated` folder (engine A13). */
export const isDeprecated = ({ file, document }: Described): boolean =>
  document.metadata.maturity === 'deprecated' || /(^|[/\\])_deprecated[/\\]/.test(file);

/** Its alerts are meant to feed other rules (engine A15). */
export const isBuildingBlock = ({ document }: Described): boolean =>
  document.rule.building_block_type !== undefined;

export const offByDefault = {
  deprecated: {
    runnable: false,
    reason: 'deprecated',
    explanation: 'Deprecated rules are off unless asked for.',
  },
  buildingBlock: {
    runnable: false,
    reason: 'building_block',
    explanation: 'Building blocks are off unless asked for: their alerts are meant to feed other rules.',
  },
} as const satisfies Record<string, RuleStatus>;
