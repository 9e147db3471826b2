/** The schedule of a rule in milliseconds, as far as it is written in plain numbers. */
import type { RuleFile } from '../format/rule-file.ts';

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const duration = (count: string | undefined, unit: string | undefined): number | undefined => {
  const size = units[unit ?? ''];
  return count === undefined || size === undefined ? undefined : Number(count) * size;
};

/** How far a run looks back; undefined for rounding, months, years and fixed dates. The default is 6 minutes. */
export function lookBackOf({ document }: RuleFile): number | undefined {
  const [, count, unit] = /^now-(\d+)([a-zA-Z])$/.exec(document.rule.from ?? 'now-6m') ?? [];
  return duration(count, unit);
}

/** How long it is from run to run. The default is 5 minutes. */
export function intervalOf({ document }: RuleFile): number | undefined {
  const [, count, unit] = /^(\d+)([a-z])$/.exec(document.rule.interval ?? '5m') ?? [];
  return duration(count, unit);
}
