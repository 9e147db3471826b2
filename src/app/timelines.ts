/** Timelines from files: their rules loaded, run as a scan would run them. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { success } from '../base/result.ts';
import { Engine } from '../engine/engine.ts';
import { indexingMatcher } from '../engine/matcher.ts';
import type { RuleFiles } from '../rules/load/files.ts';
import { withInputs } from '../rules/load/inputs.ts';
import { loadRules } from '../rules/load/load.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { Timeline } from '../verify/timeline/model.ts';
import { parseTimeline } from '../verify/timeline/parse.ts';
import { timelineRuleText } from '../verify/timeline/rule-text.ts';
import type { TimelineResult } from '../verify/timeline/run.ts';
import { runTimeline } from '../verify/timeline/run.ts';
import { replayPorts } from './ports.ts';
import { nodeRuleFiles } from './rule-files.ts';

export interface TimelineRun {
  /** One for each case and mode, in their order; none when something is wrong with the file or its rules. */
  readonly results: readonly TimelineResult[];
  readonly problems: readonly Diagnostic[];
}

/** Throws for a file that cannot be read, and `RulePathError` for rules that do not exist. */
export async function runTimelineFile(file: string): Promise<TimelineRun> {
  const parsed = parseTimeline(file, await readFile(file, 'utf8'));
  if (!parsed.ok) return { results: [], problems: parsed.diagnostics };
  const { rules, problems } = await rulesOf(parsed.value);
  if (problems.length > 0) return { results: [], problems };
  const results = runTimeline(
    parsed.value,
    rules,
    (list, options) =>
      new Engine(list, { ...options, matcher: indexingMatcher, ignoreIndex: false }, replayPorts),
  );
  return { results, problems };
}

async function rulesOf(timeline: Timeline): Promise<{
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly Diagnostic[];
}> {
  const paths = timeline.ruleFiles.map((path) => join(dirname(timeline.file), path));
  const sets = await Promise.all([
    loadRules(['.'], ownRules(timeline)),
    ...(paths.length === 0 ? [] : [loadRules(paths, nodeRuleFiles)]),
  ]);
  const found = sets
    .map((set) => withInputs(set, { indicators: true, anomalies: true }))
    .flatMap((set) => set.rules);
  const refused = sets.flatMap((set) => set.refused);
  const said = [...refused, ...found].flatMap(({ diagnostics }) => diagnostics);
  return {
    rules: found.filter(({ status }) => status.runnable),
    problems: said.filter(({ severity }) => severity === 'error'),
  };
}

/** The rules that stand in the timeline, as if they were files. */
function ownRules({ file, rules }: Timeline): RuleFiles {
  const texts = new Map(rules.map((rule) => [`${file}:${rule.line}:${rule.id}`, timelineRuleText(rule)]));
  return {
    list: async () => ({
      files: [...texts.keys()].map((name) => ({ file: name, identity: name, named: true })),
      diagnostics: [],
    }),
    read: async (name) => success(texts.get(name) ?? ''),
  };
}
