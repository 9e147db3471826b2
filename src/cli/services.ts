/**
 * What the commands need of the layers below, loaded when first used: `winnow --help` must not wait for the engine.
 * Tests put their own in place.
 */
import type { CatalogueBuild, OpenCatalogue } from '../app/catalog.ts';
import type { SiteBehaviours } from '../app/behaviours.ts';
import type { BenignSources } from '../app/benign.ts';
import type { WrittenFile } from '../app/demo.ts';
import type { Explained, ExplainOptions } from '../app/explain.ts';
import type { Answer, QueryOptions } from '../app/query.ts';
import type { QueryChoices } from '../app/query-inputs.ts';
import type { ExplainBenignOptions, ExplainedInputs } from '../app/explain-benign.ts';
import type { ExplainedPipeline } from '../app/explain-pipeline.ts';
import type { ExplainedState, ExplainStateOptions } from '../app/explain-state.ts';
import type { RuleTestRun, TestedPaths } from '../app/rule-tests.ts';
import type { LocalFiles } from '../app/rules.ts';
import type { ServedSite, WrittenSite } from '../app/site.ts';
import type { BenignKnowledge, RuleFilter, Scan } from '../app/types.ts';
import type { Result } from '../base/result.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import type { Catalogue } from '../catalog/model.ts';
import type { Pipeline } from '../plan/pipeline.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';

export interface Services {
  readonly scan: Scan;
  /** Rules as a scan would choose them; no paths stand for the shipped rules. */
  readonly loadRules: (paths: readonly string[], filter: RuleFilter, local?: LocalFiles) => Promise<RuleSet>;
  readonly explain: (rule: LoadedRule, options: ExplainOptions) => Promise<Result<Explained>>;
  readonly explainPipeline: (
    rule: LoadedRule,
    plan: Pipeline,
    options: ExplainOptions,
  ) => Promise<Result<ExplainedPipeline>>;
  readonly explainState: (rule: LoadedRule, options: ExplainStateOptions) => Promise<Result<ExplainedState>>;
  readonly query: (options: QueryOptions) => Promise<Result<Answer>>;
  /** Rules below the paths that fit one of the words; none of either means all. */
  readonly testRules: (
    paths: TestedPaths,
    words: readonly string[],
    local?: LocalFiles,
    queries?: QueryChoices,
  ) => Promise<RuleTestRun>;
  readonly writeSample: (folder: string, seed: number) => Promise<readonly WrittenFile[]>;
  /** The catalogue of false positives of the checkouts, written into a folder, with behaviours below other paths. */
  readonly buildCatalogue: (
    checkouts: readonly string[],
    folder: string,
    own: readonly string[],
  ) => Promise<Result<CatalogueBuild>>;
  readonly openCatalogue: (folder: string) => Promise<Result<OpenCatalogue>>;
  /** The shipped behaviours with those of the site. */
  readonly behaviours: (site: SiteBehaviours) => Promise<Result<readonly Behaviour[]>>;
  /** What is known to be benign: behaviours, the values of the site for them, and a catalogue. */
  readonly openBenign: (sources: BenignSources) => Promise<Result<BenignKnowledge>>;
  /** All profiles over all events of the inputs. */
  readonly explainBenign: (options: ExplainBenignOptions) => Promise<Result<ExplainedInputs>>;
  /** The catalogue as pages, with the behaviours that Winnow ships and those below the paths. */
  readonly writeSite: (
    catalogue: Catalogue,
    folder: string,
    own: readonly string[],
  ) => Promise<Result<WrittenSite>>;
  readonly isSiteCurrent: (folder: string, catalogue: string) => Promise<boolean>;
  readonly serveSite: (folder: string, port: number) => Promise<Result<ServedSite>>;
}

export const services: Services = {
  scan: async (...given) => (await import('../app/scan.ts')).scan(...given),
  loadRules: async (...given) => (await import('../app/rules.ts')).rulesFor(...given),
  explain: async (...given) => (await import('../app/explain.ts')).explainEvents(...given),
  explainPipeline: async (...given) => (await import('../app/explain-pipeline.ts')).explainPipeline(...given),
  explainState: async (...given) => (await import('../app/explain-state.ts')).explainState(...given),
  query: async (...given) => (await import('../app/query.ts')).queryEvents(...given),
  testRules: async (...given) => (await import('../app/rule-tests.ts')).testRules(...given),
  writeSample: async (...given) => (await import('../app/demo.ts')).writeSample(...given),
  buildCatalogue: async (...given) => (await import('../app/catalog.ts')).buildKnownCatalogue(...given),
  openCatalogue: async (...given) => (await import('../app/catalog.ts')).openCatalogue(...given),
  behaviours: async (...given) => (await import('../app/behaviours.ts')).behavioursFor(...given),
  openBenign: async (...given) => (await import('../app/benign.ts')).openBenign(...given),
  explainBenign: async (...given) => (await import('../app/explain-benign.ts')).explainBenign(...given),
  writeSite: async (...given) => (await import('../app/site.ts')).writeKnownSite(...given),
  isSiteCurrent: async (...given) => (await import('../app/site.ts')).isSiteCurrent(...given),
  serveSite: async (...given) => (await import('../app/site.ts')).serveSite(...given),
};
