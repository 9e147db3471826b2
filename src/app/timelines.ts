/** Timelines from files: their rules loaded, run as a scan would run them. */
import { hash } from 'node:crypto';
import type { Diagnostic } from '../base/diagnostic.ts';
import { diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/typo.ts';
import { builtinFieldTypes } from '../data/fields/index.ts';
import { Engine } from '../engine/engine.ts';
import { exceptionWarnings } from '../engine/exception/warnings.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import type { EngineInputs, QueryInputs } from '../engine/ports.ts';
import { isExceptionName, loadExceptions } from '../rules/exception/load.ts';
import { withInputs } from '../rules/load/inputs.ts';
import { loadRules } from '../rules/load/load.ts';
import { standardToolkit } from '../rules/load/toolkit.ts';
import { loadOverlays } from '../rules/overlay/read.ts';
import type { LoadedRule, RuleSet } from '../rules/rule.ts';
import type { CheckStep, Timeline } from '../verify/timeline/model.ts';
import { BEGINNING } from '../verify/timeline/model.ts';
import { lineOf, parseTimeline } from '../verify/timeline/parse.ts';
import type { TimelineResult } from '../verify/timeline/run.ts';
import { runTimeline } from '../verify/timeline/run.ts';
import { exceptionText, overlayText, ruleText } from '../verify/timeline/section-text.ts';
import { replayPorts } from './ports.ts';
import { filesNamed, nodeRuleFiles } from './rule-files.ts';
import type { LocalFiles } from './rules.ts';
import { TimelineFiles } from './timeline-files.ts';

export interface TimelineRun {
  /** One for each case and mode, in their order; none when something is wrong with the file or its rules. */
  readonly results: readonly TimelineResult[];
  /** The rules that it runs. */
  readonly rules: readonly LoadedRule[];
  /** Errors, and warnings about exceptions and overlays. */
  readonly problems: readonly Diagnostic[];
}

/** What tests run with besides their rules. */
export interface TestFiles extends LocalFiles {
  /** Together with `shapes`. */
  readonly queries?: QueryInputs;
}

/**
 * Runs every case of a timeline; local files come to those that it names itself. Throws `RulePathError` for a local path
 * that does not exist.
 */
export async function runTimelineFile(file: string, local: TestFiles = {}): Promise<TimelineRun> {
  const text = await nodeRuleFiles.read(file);
  const parsed = text.ok ? parseTimeline(file, text.value) : text;
  if (!parsed.ok) return { results: [], rules: [], problems: parsed.diagnostics };
  const files = new TimelineFiles(parsed.value);
  const set = await rulesOf(parsed.value, files, local);
  const rules = set.rules.filter(({ status }) => status.runnable);
  const found = [...problemsOf(set, files), ...unknownRules(parsed.value, set), ...exceptionWarnings(rules)];
  const problems = found.map((one) => files.inTimeline(one));
  if (problems.some(({ severity }) => severity === 'error')) return { results: [], rules, problems };
  const results = runTimeline(
    parsed.value,
    rules,
    (list, options) =>
      new Engine(
        list,
        { ...options, matcher: indexingMatcher, ignoreIndex: false, inputs: withQueries(options, local) },
        replayPorts,
      ),
  );
  return { results, rules, problems };
}

const withQueries = (
  { inputs }: { readonly inputs?: EngineInputs },
  { queries }: TestFiles,
): EngineInputs => ({
  indicators: [],
  ...inputs,
  ...(queries === undefined ? {} : { queries }),
});

async function rulesOf(timeline: Timeline, files: TimelineFiles, local: TestFiles): Promise<RuleSet> {
  const isException = filesNamed(isExceptionName);
  const rules = files.folder(timeline.rules, { ending: '.toml', textOf: ruleText }, nodeRuleFiles);
  const excepted = files.folder(timeline.exceptions, { ending: '.yaml', textOf: exceptionText }, isException);
  const overlaid = files.folder(timeline.overlays, { ending: '.toml', textOf: overlayText }, nodeRuleFiles);
  const [exceptions, overlays] = await Promise.all([
    loadExceptions([...excepted.paths, ...(local.exceptions ?? [])], excepted.files, {
      types: builtinFieldTypes,
      // What has expired on the wall is not what has expired in the timeline.
      now: BEGINNING,
    }),
    loadOverlays([...overlaid.paths, ...(local.overlays ?? [])], overlaid.files, (text) =>
      hash('sha256', text, 'hex'),
    ),
  ]);
  const toolkit = { ...standardToolkit, ...(local.shapes === undefined ? {} : { tables: local.shapes }) };
  const set = await loadRules(rules.paths, rules.files, { deprecated: true, exceptions, overlays, toolkit });
  const completion = local.queries?.completion !== undefined;
  return withInputs(set, { indicators: true, anomalies: true, completion });
}

/** Of rules in files only the errors: a timeline is not where they are linted. */
const problemsOf = ({ rules, refused, diagnostics }: RuleSet, files: TimelineFiles): Diagnostic[] => [
  ...diagnostics.filter(({ severity }) => severity !== 'note'),
  ...[...refused, ...rules]
    .flatMap((one) => one.diagnostics)
    .filter((one) => one.severity === 'error' || (one.severity === 'warning' && files.has(one))),
];

/** Checks of rules that are not there or do not run. */
function unknownRules({ source, cases }: Timeline, { rules }: RuleSet): Diagnostic[] {
  const checks = cases.flatMap(({ steps }) => steps.filter((step) => step.do === 'check'));
  return checks.flatMap((check) => {
    const message = whyNoAlert(check, rules);
    if (message === undefined) return [];
    const known = rules.flatMap(({ document: { rule } }) => [rule.rule_id, rule.name]);
    const hint = didYouMean(check.alert?.rule ?? '', known);
    return [diagnostic('TEST005', message, { ...lineOf(source, check.line), hint })];
  });
}

/** Undefined when the rule can alert, or when the check demands no alert. */
function whyNoAlert({ alert }: CheckStep, rules: readonly LoadedRule[]): string | undefined {
  if (alert === undefined) return undefined;
  const named = rules.filter(
    ({ document: { rule } }) => rule.rule_id === alert.rule || rule.name === alert.rule,
  );
  if (named.length === 0) return `no rule is called "${alert.rule}"`;
  const [status] = named
    .map((rule) => rule.status)
    .toSorted((a, b) => Number(b.runnable) - Number(a.runnable));
  // What is wrong with a faulty rule is told at its place.
  return status?.runnable === false && status.reason !== 'error'
    ? `"${alert.rule}" cannot alert: ${status.explanation}`
    : undefined;
}
