/**
 * What the commands need of the layers below, loaded when first used: `winnow --help` must not wait for the engine.
 * Tests put their own in place.
 */
import type { WrittenFile } from '../app/demo.ts';
import type { RuleFilter, Scan } from '../app/types.ts';
import type { RuleSet } from '../rules/rule.ts';

export interface Services {
  readonly scan: Scan;
  /** Rules as a scan would choose them; no paths stand for the shipped rules. */
  readonly loadRules: (paths: readonly string[], filter: RuleFilter) => Promise<RuleSet>;
  readonly writeSample: (folder: string, seed: number) => Promise<readonly WrittenFile[]>;
}

export const services: Services = {
  scan: async (...given) => (await import('../app/scan.ts')).scan(...given),
  loadRules: async (...given) => (await import('../app/rules.ts')).rulesFor(...given),
  writeSample: async (...given) => (await import('../app/demo.ts')).writeSample(...given),
};
