/** What is known to be benign, as scans ask it: behaviours, and a catalogue when there is one. */
import type { Result } from '../base/result.ts';
import { failure, success } from '../base/result.ts';
import { ProfileMatcher } from '../catalog/behaviour/match.ts';
import type { Behaviour } from '../catalog/behaviour/model.ts';
import type { AlertRule } from '../catalog/join.ts';
import { joinAlerts } from '../catalog/join.ts';
import type { Catalogue } from '../catalog/model.ts';
import type { BenignKnowledge } from '../engine/ports.ts';
import type { KnownBenign } from '../model/benign.ts';
import type { LoadedRule } from '../rules/rule.ts';
import type { SiteBehaviours } from './behaviours.ts';
import { behavioursFor } from './behaviours.ts';
import { readCatalogue } from './catalog.ts';

export interface BenignSources extends SiteBehaviours {
  /** Folder of a catalogue; without one there are the behaviours, and what rules say themselves. */
  readonly catalogue?: string | undefined;
}

/**
 * Everything that the sources know. Fails for a catalogue that cannot be used (CAT006) and for every mistake in the site's
 * files. Throws `RulePathError` for paths that do not exist.
 */
export async function openBenign(sources: BenignSources): Promise<Result<BenignKnowledge>> {
  const behaviours = await behavioursFor(sources);
  const catalogue =
    sources.catalogue === undefined ? success(undefined) : await readCatalogue(sources.catalogue);
  if (!behaviours.ok || !catalogue.ok) return failure(...behaviours.diagnostics, ...catalogue.diagnostics);
  return success(benignKnowledge(behaviours.value, catalogue.value), behaviours.diagnostics);
}

export function benignKnowledge(
  behaviours: readonly Behaviour[],
  catalogue?: Pick<Catalogue, 'rules' | 'statements'>,
): BenignKnowledge {
  const matcher = new ProfileMatcher(behaviours);
  const join = joinAlerts(behaviours, catalogue);
  const known = new Map<LoadedRule, KnownBenign>();
  return {
    about(rule) {
      const answer = known.get(rule) ?? join(alertRule(rule));
      known.set(rule, answer);
      return answer;
    },
    fitting: (document, now) => matcher.match(document, now),
  };
}

function alertRule({ document: { rule, metadata } }: LoadedRule): AlertRule {
  const techniques = (rule.threat ?? []).flatMap(({ technique }) =>
    technique.flatMap(({ id, subtechnique }) => [id, ...subtechnique.map((sub) => sub.id)]),
  );
  return {
    id: rule.rule_id,
    name: rule.name,
    techniques,
    reads: [
      ...('index' in rule ? (rule.index ?? []) : []),
      ...[metadata.integration ?? []].flat(),
      ...(rule.tags ?? []),
    ],
    falsePositives: rule.false_positives ?? [],
    note: rule.note ?? '',
  };
}
